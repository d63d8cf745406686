/**
 * The k largest of a stream of values, exactly, in memory for 2k values.
 */
export class LargestValues {
  readonly #k: number;
  #values: Float32Array;
  #count = 0;
  #bound = -Infinity;

  /** @param k how many; 1 or more */
  constructor(k: number) {
    this.#k = k;
    this.#values = new Float32Array(Math.min(2 * k, 1024));
  }

  /** A lower bound of the k-th largest of everything added: values below it cannot matter any more. */
  get bound(): number {
    return this.#bound;
  }

  /** Adds the values of one map; NaN is passed over. */
  add(values: Float32Array): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!(value >= this.#bound)) continue;
      if (this.#count === this.#values.length) this.#makeRoom();
      this.#values[this.#count++] = value;
    }
  }

  /** Raises {@link bound} to the k-th largest value added so far, if there are k. */
  settle(): void {
    if (this.#count < this.#k) return;
    const sorted = this.#values.subarray(0, this.#count).sort();
    this.#bound = sorted[this.#count - this.#k];
    this.#values.copyWithin(0, this.#count - this.#k, this.#count);
    this.#count = this.#k;
  }

  #makeRoom(): void {
    if (this.#values.length < 2 * this.#k) {
      const larger = new Float32Array(Math.min(2 * this.#k, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    } else this.settle();
  }
}
