import type { WordVectors } from '../concepts.ts';

/** Steps of the power iteration; the direction settles after a few. */
const STEPS = 30;

/**
 * Word vectors without what common words share whatever they mean: each at length 1, less the mean of all, less its part along the direction in which all vary
 * most (Mu & Viswanath, All-but-the-Top, ICLR 2018, with one direction). Without that the cosine of `on` and `later` is as large as that of `river` and
 * `lake`. Zero vectors stay as they are.
 */
export function centeredVectors({ words, values, dimensions }: WordVectors): WordVectors {
  const centered = new Float32Array(values.length);
  const mean = new Float64Array(dimensions);
  const starts = Array.from(words.keys(), (row) => row * dimensions).filter((start) =>
    values.subarray(start, start + dimensions).some((value) => value !== 0),
  );
  for (const start of starts) {
    const size = Math.sqrt(product(values, start, values, start, dimensions));
    for (let i = 0; i < dimensions; i++) {
      centered[start + i] = values[start + i] / size;
      mean[i] += centered[start + i] / starts.length;
    }
  }
  for (const start of starts) for (let i = 0; i < dimensions; i++) centered[start + i] -= mean[i];
  const direction = mainDirection(centered, starts, dimensions);
  for (const start of starts) {
    const along = product(centered, start, direction, 0, dimensions);
    for (let i = 0; i < dimensions; i++) centered[start + i] -= along * direction[i];
  }
  return { words, values: centered, dimensions };
}

/** The direction of length 1 along which rows vary most; zero where they do not vary. */
function mainDirection(rows: Float32Array, starts: readonly number[], dimensions: number): Float64Array {
  let direction = new Float64Array(dimensions).fill(1);
  for (let step = 0; step < STEPS; step++) {
    const next = new Float64Array(dimensions);
    for (const start of starts) {
      const along = product(rows, start, direction, 0, dimensions);
      for (let i = 0; i < dimensions; i++) next[i] += along * rows[start + i];
    }
    const size = Math.hypot(...next);
    if (size === 0) return next;
    direction = next.map((value) => value / size);
  }
  return direction;
}

type Numbers = Float32Array | Float64Array;

function product(one: Numbers, oneStart: number, other: Numbers, otherStart: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += one[oneStart + i] * other[otherStart + i];
  return sum;
}
