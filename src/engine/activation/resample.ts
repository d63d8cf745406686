import { taps, type Taps } from './taps.ts';

/**
 * Finds the positions of a grid where a map, resampled to that grid, lies above a threshold.
 *
 * Sums are float64, rounded to float32 after rows and after columns, as the reference's resampling does; so masks agree to the
 * last position. A position is a mean of the source values it lies between, so only positions next to one above the threshold are
 * looked at.
 */
export class MaskResampler {
  readonly #rows: Taps;
  readonly #columns: Taps;
  readonly #height: number;
  readonly #width: number;
  readonly #gridHeight: number;
  readonly #gridWidth: number;
  /** The map widened to the grid's columns, row by row. */
  readonly #wide: Float32Array;
  /** For each row of it the first column above the threshold, and one past the last; equal where none is. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #positions: Uint32Array;

  constructor(height: number, width: number, gridHeight: number, gridWidth: number) {
    this.#height = height;
    this.#width = width;
    this.#gridHeight = gridHeight;
    this.#gridWidth = gridWidth;
    this.#rows = taps(height, gridHeight);
    this.#columns = taps(width, gridWidth);
    this.#wide = new Float32Array(height * gridWidth);
    this.#from = new Int32Array(height);
    this.#to = new Int32Array(height);
    this.#positions = new Uint32Array(gridHeight * gridWidth);
  }

  /**
   * Positions (row-major on the grid) above the threshold, ascending.
   *
   * @param map `height * width` values, finite
   * @returns a view of memory that the next call writes to
   */
  above(map: Float32Array, threshold: number): Uint32Array {
    const height = this.#height;
    const width = this.#width;
    let lowest = width;
    let highest = -1;
    let firstRow = height;
    let lastRow = -1;
    for (let row = 0, at = 0; row < height; row++) {
      for (let column = 0; column < width; column++, at++) {
        if (!(map[at] > threshold)) continue;
        if (column < lowest) lowest = column;
        if (column > highest) highest = column;
        if (lastRow < 0) firstRow = row;
        lastRow = row;
      }
    }
    if (lastRow < 0) return this.#positions.subarray(0, 0);
    const y0 = this.#rows.from[firstRow];
    const y1 = this.#rows.to[lastRow];
    const x0 = this.#columns.from[lowest];
    const x1 = this.#columns.to[highest];
    const { first, count } = this.#rows;
    const end = y1 > y0 ? first[y1 - 1] + count[y1 - 1] : 0;
    for (let row = end > 0 ? first[y0] : 0; row < end; row++) this.#widen(map, row, x0, x1, threshold);
    return this.#positions.subarray(0, this.#compare(y0, y1, threshold));
  }

  /** The whole map on the grid, row by row: the values that {@link above} compares. */
  enlarge(map: Float32Array): Float32Array {
    const width = this.#gridWidth;
    for (let row = 0; row < this.#height; row++) this.#widen(map, row, 0, width, -Infinity);
    const { first, count, weights, most } = this.#rows;
    const wide = this.#wide;
    const out = new Float32Array(this.#gridHeight * width);
    for (let y = 0; y < this.#gridHeight; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let i = 0; i < count[y]; i++) sum += wide[(first[y] + i) * width + x] * weights[y * most + i];
        out[y * width + x] = sum;
      }
    }
    return out;
  }

  /** Widens columns `x0` to `x1` of a row. */
  #widen(map: Float32Array, row: number, x0: number, x1: number, threshold: number): void {
    const { first, count, weights, most } = this.#columns;
    const wide = this.#wide;
    const start = row * this.#width;
    const out = row * this.#gridWidth;
    let from = x1;
    let to = x0;
    for (let x = x0; x < x1; x++) {
      const at = start + first[x];
      const weight = x * most;
      const taken = count[x];
      let sum = map[at] * weights[weight];
      for (let i = 1; i < taken; i++) sum += map[at + i] * weights[weight + i];
      const value = Math.fround(sum);
      wide[out + x] = value;
      if (value > threshold) {
        if (from === x1) from = x;
        to = x + 1;
      }
    }
    this.#from[row] = Math.min(from, to);
    this.#to[row] = to;
  }

  /** Writes the positions of rows `y0` to `y1` above the threshold; how many they are. */
  #compare(y0: number, y1: number, threshold: number): number {
    const { first, count, weights, most } = this.#rows;
    const wide = this.#wide;
    const width = this.#gridWidth;
    const positions = this.#positions;
    let found = 0;
    for (let y = y0; y < y1; y++) {
      const start = first[y];
      const taken = count[y];
      let from = width;
      let to = 0;
      for (let row = start; row < start + taken; row++) {
        if (this.#from[row] === this.#to[row]) continue;
        if (this.#from[row] < from) from = this.#from[row];
        if (this.#to[row] > to) to = this.#to[row];
      }
      for (let x = from; x < to; x++) {
        let at = start * width + x;
        let sum = wide[at] * weights[y * most];
        for (let i = 1; i < taken; i++) {
          at += width;
          sum += wide[at] * weights[y * most + i];
        }
        if (Math.fround(sum) > threshold) positions[found++] = y * width + x;
      }
    }
    return found;
  }
}
