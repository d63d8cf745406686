/** Values a unit may hold beyond k, at least and as a share of k, before it looks which k are the largest. */
const LEAST_ROOM = 256;
const ROOM = 0.5;

/**
 * The k largest of a stream of values, exactly, in memory for about 1.5 k values.
 */
export class LargestValues {
  readonly #k: number;
  readonly #most: number;
  #values: Float32Array;
  #count = 0;
  #bound = -Infinity;
  /** Does `#bound` come from k values, so that only larger ones can raise it? */
  #settled = false;

  /** @param k how many; 1 or more */
  constructor(k: number) {
    this.#k = k;
    this.#most = k + Math.max(LEAST_ROOM, Math.ceil(ROOM * k));
    this.#values = new Float32Array(Math.min(this.#most, 1024));
  }

  /** A lower bound of the k-th largest of everything added: values below it cannot matter any more. Of the two zeros it is 0. */
  get bound(): number {
    return this.#bound;
  }

  /** Adds the values of a map, or those of a stretch of it; NaN is passed over. */
  add(values: Float32Array, from = 0, to: number = values.length): void {
    for (let i = from; i < to; i++) {
      const value = values[i];
      if (!(value > this.#bound)) {
        // Minus infinity counts while there are fewer than k values.
        if (this.#settled || Number.isNaN(value)) continue;
      }
      if (this.#count === this.#values.length) this.#makeRoom();
      this.#values[this.#count++] = value;
    }
  }

  /** Raises {@link bound} to the k-th largest value added so far, if there are k. */
  settle(): void {
    if (this.#count < this.#k || (this.#settled && this.#count === this.#k)) return;
    this.#bound = toFront(this.#values, this.#count, this.#k) + 0;
    this.#count = this.#k;
    this.#settled = true;
  }

  #makeRoom(): void {
    if (this.#values.length === this.#most) this.settle();
    else {
      const larger = new Float32Array(Math.min(this.#most, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
  }
}

/**
 * Brings the k largest of the first `count` values to the front, in any order: Hoare's selection.
 *
 * @param values none of them NaN
 * @returns the smallest of the k
 */
function toFront(values: Float32Array, count: number, k: number): number {
  let from = 0;
  let to = count - 1;
  const place = k - 1;
  let state = 1;
  while (from < to) {
    // Drawn by a fixed series: activations follow patterns that fixed places might follow too.
    const draw = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return values[from + Math.floor((state / 2 ** 32) * (to - from + 1))];
    };
    const pivot = medianOf(draw(), draw(), draw());
    let left = from;
    let right = to;
    while (left <= right) {
      while (values[left] > pivot) left++;
      while (values[right] < pivot) right--;
      if (left > right) break;
      const value = values[left];
      values[left++] = values[right];
      values[right--] = value;
    }
    if (place <= right) to = right;
    else if (place >= left) from = left;
    else break;
  }
  return values[place];
}

function medianOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
