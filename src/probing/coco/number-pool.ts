const FIRST_BYTES = 1 << 16;

/**
 * Lists of whole numbers, packed one behind the other: each number as its difference to the one two before it (so points of an outline
 * and runs of a mask are mostly small), 7 bits a byte. Takes fewer bytes than the same numbers as text.
 */
export class NumberPool {
  #bytes = new Uint8Array(FIRST_BYTES);
  #used = 0;

  /** Bytes in use. */
  get bytes(): number {
    return this.#used;
  }

  /**
   * Adds a list.
   *
   * @param numbers whole numbers between -2^31 and 2^31 - 1
   * @returns where it starts; less than 2^32
   */
  add(numbers: ArrayLike<number>): number {
    const start = this.#used;
    this.#reserve(10 * (numbers.length + 1));
    this.#write(numbers.length);
    for (let at = 0; at < numbers.length; at++) {
      const change = at < 2 ? numbers[at] : numbers[at] - numbers[at - 2];
      this.#write(change < 0 ? -2 * change - 1 : 2 * change);
    }
    return start;
  }

  /** The list that starts there. */
  list(start: number): Int32Array {
    const bytes = this.#bytes;
    let at = start;
    const next = (): number => {
      let value = 0;
      let weight = 1;
      for (;;) {
        const byte = bytes[at++];
        value += (byte & 127) * weight;
        if (byte < 128) return value;
        weight *= 128;
      }
    };
    const numbers = new Int32Array(next());
    for (let index = 0; index < numbers.length; index++) {
      const coded = next();
      const change = coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2;
      numbers[index] = index < 2 ? change : numbers[index - 2] + change;
    }
    return numbers;
  }

  /** Gives back what was reserved and is not used. */
  trim(): void {
    this.#bytes = this.#bytes.slice(0, this.#used);
  }

  #write(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#used++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#used++] = rest;
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#used + more, Math.ceil(1.5 * this.#bytes.length)));
    grown.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = grown;
  }
}
