/** For each output position, where its source values start, and how much each counts. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `taps.most` weights for each output position. */
  readonly weights: Float64Array;
  readonly most: number;
}

/**
 * Weights of a triangle filter with half-pixel centres, cut off and renormalised at the edges; when enlarging, this is bilinear
 * interpolation with clamped edges (Pillow's BILINEAR; PyTorch's `align_corners=False`). When shrinking, the filter widens.
 */
function taps(from: number, to: number): Taps {
  const scale = from / to;
  const spread = Math.max(scale, 1);
  const most = Math.ceil(spread) * 2 + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Float64Array(to * most);
  for (let out = 0; out < to; out++) {
    const center = (out + 0.5) * scale;
    const low = Math.max(0, Math.trunc(center - spread + 0.5));
    const high = Math.min(from, Math.trunc(center + spread + 0.5));
    let sum = 0;
    for (let i = low; i < high; i++) {
      const weight = Math.max(0, 1 - Math.abs((i - center + 0.5) / spread));
      weights[out * most + i - low] = weight;
      sum += weight;
    }
    for (let i = 0; i < high - low; i++) weights[out * most + i] /= sum;
    first[out] = low;
    count[out] = high - low;
  }
  return { first, count, weights, most };
}

/**
 * Marks the positions of a grid where a map, resampled to that grid, lies above a threshold.
 *
 * Sums are float64, rounded to float32 after rows and after columns, as the reference's resampling does; so masks agree to the
 * last position. A position is a mean of the rows it lies between, so only columns in which one of them is above the threshold are
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
  /** How far apart rows are that count for one position, at most. */
  readonly #reach: number;
  /** For each row of it the first column above the threshold, and one past the last; equal where none is. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;

  constructor(height: number, width: number, gridHeight: number, gridWidth: number) {
    this.#height = height;
    this.#width = width;
    this.#gridHeight = gridHeight;
    this.#gridWidth = gridWidth;
    this.#rows = taps(height, gridHeight);
    this.#columns = taps(width, gridWidth);
    this.#reach = this.#rows.count.reduce((most, count) => Math.max(most, count), 1) - 1;
    this.#wide = new Float32Array(height * gridWidth);
    this.#from = new Int32Array(height);
    this.#to = new Int32Array(height);
  }

  /**
   * Calls `mark` with the index (row-major on the grid) of each position above the threshold, ascending.
   *
   * @param map `height * width` values
   */
  above(map: Float32Array, threshold: number, mark: (position: number) => void): void {
    this.#widen(map, threshold);
    const { first, count, weights, most } = this.#rows;
    const wide = this.#wide;
    const width = this.#gridWidth;
    for (let y = 0; y < this.#gridHeight; y++) {
      let from = width;
      let to = 0;
      for (let row = first[y]; row < first[y] + count[y]; row++) {
        if (this.#from[row] === this.#to[row]) continue;
        if (this.#from[row] < from) from = this.#from[row];
        if (this.#to[row] > to) to = this.#to[row];
      }
      for (let x = from; x < to; x++) {
        let sum = wide[first[y] * width + x] * weights[y * most];
        for (let i = 1; i < count[y]; i++) sum += wide[(first[y] + i) * width + x] * weights[y * most + i];
        if (Math.fround(sum) > threshold) mark(y * width + x);
      }
    }
  }

  /** The whole map on the grid, row by row: the values that {@link above} compares. */
  enlarge(map: Float32Array): Float32Array {
    this.#widen(map, -Infinity);
    const { first, count, weights, most } = this.#rows;
    const wide = this.#wide;
    const width = this.#gridWidth;
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

  /** Widens the rows that lie near one with a value above the threshold; minus infinity: all. */
  #widen(map: Float32Array, threshold: number): void {
    this.#from.fill(0);
    this.#to.fill(0);
    let widened = 0;
    for (let row = 0; row < this.#height; row++) {
      let reachable = threshold === -Infinity;
      const end = (row + 1) * this.#width;
      for (let i = row * this.#width; i < end && !reachable; i++) reachable = map[i] > threshold;
      if (!reachable) continue;
      widened = Math.max(widened, row - this.#reach);
      const last = Math.min(this.#height - 1, row + this.#reach);
      for (; widened <= last; widened++) this.#widenRow(map, widened, threshold);
    }
  }

  #widenRow(map: Float32Array, row: number, threshold: number): void {
    const { first, count, weights, most } = this.#columns;
    const width = this.#gridWidth;
    const start = row * this.#width;
    let from = width;
    let to = 0;
    for (let x = 0; x < width; x++) {
      const at = start + first[x];
      let sum = map[at] * weights[x * most];
      for (let i = 1; i < count[x]; i++) sum += map[at + i] * weights[x * most + i];
      const value = Math.fround(sum);
      this.#wide[row * width + x] = value;
      if (value > threshold) {
        if (from === width) from = x;
        to = x + 1;
      }
    }
    this.#from[row] = Math.min(from, to);
    this.#to[row] = to;
  }
}
