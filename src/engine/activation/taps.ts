/** Along one direction: which source values count for each position of a grid, and how much. */
export interface Taps {
  /** `[positions]` the first source value that counts. */
  readonly first: Int32Array;
  /** `[positions]` how many count. */
  readonly count: Int32Array;
  /** `[positions * most]` their weights; 0 past the last. */
  readonly weights: Float64Array;
  /** Largest of `count`. */
  readonly most: number;
  /** `[source]` the first position for which a source value counts. */
  readonly from: Int32Array;
  /** `[source]` one past the last; as `from` where it counts for none. */
  readonly to: Int32Array;
}

/**
 * Weights of a triangle filter with half-pixel centres, cut off and renormalised at the edges; when enlarging, this is bilinear
 * interpolation with clamped edges (Pillow's BILINEAR; PyTorch's `align_corners=False`). When shrinking, the filter widens.
 */
export function taps(source: number, positions: number): Taps {
  const scale = source / positions;
  const spread = Math.max(scale, 1);
  const first = new Int32Array(positions);
  const count = new Int32Array(positions);
  const rows: number[][] = [];
  for (let out = 0; out < positions; out++) {
    const center = (out + 0.5) * scale;
    const low = Math.max(0, Math.trunc(center - spread + 0.5));
    const high = Math.min(source, Math.trunc(center + spread + 0.5));
    const row = [];
    let sum = 0;
    for (let i = low; i < high; i++) {
      const weight = Math.max(0, 1 - Math.abs((i - center + 0.5) / spread));
      row.push(weight);
      sum += weight;
    }
    rows.push(row.map((weight) => weight / sum));
    first[out] = low;
    count[out] = high - low;
  }
  const most = count.reduce((a, b) => Math.max(a, b), 1);
  const weights = new Float64Array(positions * most);
  for (const [out, row] of rows.entries()) weights.set(row, out * most);
  return { first, count, weights, most, ...reach(source, first, count) };
}

function reach(source: number, first: Int32Array, count: Int32Array): Pick<Taps, 'from' | 'to'> {
  const from = new Int32Array(source);
  const to = new Int32Array(source);
  for (let out = first.length - 1; out >= 0; out--) {
    for (let i = first[out]; i < first[out] + count[out]; i++) {
      from[i] = out;
      if (to[i] === 0) to[i] = out + 1;
    }
  }
  return { from, to };
}
