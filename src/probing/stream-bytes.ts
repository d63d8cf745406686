/** A stream of bytes taken piece by piece, as much at a time as is asked for. */
export class StreamBytes {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #pieces: Uint8Array[] = [];
  #held = 0;
  #ended = false;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** The next bytes, fewer where the stream ends before, without taking them. @throws what the stream throws */
  async peek(count: number): Promise<Uint8Array<ArrayBuffer>> {
    await this.#hold(count);
    return this.#first(Math.min(count, this.#held));
  }

  /** Takes the next bytes. @throws RangeError, if the stream ends before; what the stream throws */
  async read(count: number): Promise<Uint8Array<ArrayBuffer>> {
    await this.#hold(count);
    if (this.#held < count) throw new RangeError('The stream ends too early.');
    const bytes = this.#first(count);
    this.#drop(count);
    return bytes;
  }

  /** Passes over the next bytes, or over all that are left. @throws what the stream throws */
  async skip(count: number): Promise<void> {
    let left = count;
    while (left > 0) {
      await this.#hold(1);
      if (this.#held === 0) return;
      const dropped = Math.min(left, this.#held);
      this.#drop(dropped);
      left -= dropped;
    }
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined);
  }

  async #hold(count: number): Promise<void> {
    while (this.#held < count && !this.#ended) {
      const { done, value } = await this.#reader.read();
      if (done) this.#ended = true;
      else {
        this.#pieces.push(value);
        this.#held += value.length;
      }
    }
  }

  #first(count: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(count);
    let at = 0;
    for (const piece of this.#pieces) {
      if (at === count) break;
      const part = piece.subarray(0, count - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  #drop(count: number): void {
    let left = count;
    let whole = 0;
    while (whole < this.#pieces.length && this.#pieces[whole].length <= left) left -= this.#pieces[whole++].length;
    this.#pieces = this.#pieces.slice(whole);
    if (left > 0) this.#pieces[0] = this.#pieces[0].subarray(left);
    this.#held -= count;
  }
}
