/** First bytes of a gzip file (RFC 1952). */
const gzipStart = [0x1f, 0x8b] as const;

/**
 * Fetches WebAssembly that is kept compressed with gzip. Some hosts say of such a file that it is encoded so for the way, and then
 * the browser has unpacked it already: the first bytes tell.
 *
 * @returns the bytes of the module
 * @throws Error or TypeError, where it cannot be fetched or is damaged
 */
export async function loadWasm(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answers ${response.status}`);
  const bytes = await response.arrayBuffer();
  const [first, second] = new Uint8Array(bytes, 0, Math.min(bytes.byteLength, 2));
  if (first !== gzipStart[0] || second !== gzipStart[1]) return bytes;
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}
