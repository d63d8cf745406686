const PIECE = 64 * 2 ** 20;

/**
 * Hex SHA-256 of a file. Browsers hash only what is in memory as a whole, so for files above 64 MB it is the SHA-256 of the
 * SHA-256s of its pieces of 64 MB, one after the other.
 */
export async function hashFile(file: Blob): Promise<string> {
  const digests: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < file.size; at += PIECE) {
    const piece = await file.slice(at, at + PIECE).arrayBuffer();
    digests.push(new Uint8Array(await crypto.subtle.digest('SHA-256', piece)));
  }
  if (digests.length === 1) return hex(digests[0]);
  const joined = new Uint8Array(digests.length * 32);
  for (const [i, digest] of digests.entries()) joined.set(digest, i * 32);
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', joined)));
}

/** One hash of several files in their order: that of a single file, else the SHA-256 of their hashes, a line each. */
export async function hashFiles(files: readonly Blob[]): Promise<string> {
  const hashes: string[] = [];
  for (const file of files) hashes.push(await hashFile(file));
  if (hashes.length === 1) return hashes[0];
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(hashes.join('\n')))));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
