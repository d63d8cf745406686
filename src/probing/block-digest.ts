import { sha256 } from './hash.ts';

const BLOCK = 4 * 1024 * 1024;

/**
 * A digest of bytes that come in pieces, whatever their sizes: the SHA-256 of the SHA-256s (hexadecimal, a line each) of blocks of 4 MiB, since
 * browsers hash only what is in memory as a whole.
 */
export class BlockDigest {
  readonly #block = new Uint8Array(BLOCK);
  readonly #digests: string[] = [];
  #filled = 0;

  /** The next bytes. One call must end before the next begins. */
  async add(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + BLOCK - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === BLOCK) await this.#close();
    }
  }

  /** The digest, as 64 hexadecimal digits. */
  async finish(): Promise<string> {
    await this.#close();
    return sha256(this.#digests.join('\n'));
  }

  async #close(): Promise<void> {
    this.#digests.push(await sha256(this.#block.subarray(0, this.#filled)));
    this.#filled = 0;
  }
}
