import { Reader } from '@zip.js/zip.js';

/** Lets zip.js read memory that may be shared, a piece at a time: streams refuse shared memory, so pieces are copied. */
export class MemoryReader extends Reader<ArrayBufferLike> {
  readonly #memory: ArrayBufferLike;

  constructor(memory: ArrayBufferLike) {
    super(memory);
    this.#memory = memory;
    this.size = memory.byteLength;
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const end = Math.min(index + length, this.#memory.byteLength);
    return Promise.resolve(Uint8Array.from(new Uint8Array(this.#memory, index, end - index)));
  }
}
