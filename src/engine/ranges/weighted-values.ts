import type { WeightedValues } from './one-dimension.ts';

/** Different values up to which every one is looked at; beyond, steps of equal width take their place. */
export const mostValues = 2 ** 18;

/** Steps of equal width. */
const steps = 2 ** 16;

/** Values of a unit that are to be split, with what is said of them. */
export interface SplitValues extends WeightedValues {
  /** `[values]` the smallest and the largest number that each stands for; equal unless they were taken together. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  /** Width of the steps in which values were taken together; 0 where every value stands for itself. */
  readonly step: number;
  /** How many values lie above `above`. */
  readonly count: number;
}

/**
 * The values above a number, as they are split. At most 262,144 different ones are taken as they are; more are taken together in 65,536 steps of
 * equal width, each with its mean: the split is then the best of those at the ends of steps. Memory: 32 bytes for each value that
 * stands for itself or for a step, 8 MB at most, besides a copy of the values.
 *
 * @param values un-upsampled activations; NaN and what is not above `above` are passed over
 * @param above a number, 0 or more
 */
export function splitValues(values: Float32Array, above: number): SplitValues {
  const sorted = values.filter((value) => value > above && value < Infinity).sort();
  const count = sorted.length;
  let different = 0;
  for (let i = 0; i < count; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) different++;
  const step = different <= mostValues ? 0 : (sorted[count - 1] - sorted[0]) / steps;
  const most = step === 0 ? different : steps;
  const [sums, weights, lows, highs] = Array.from({ length: 4 }, () => new Float64Array(most));
  let found = 0;
  let open = -1;
  for (let i = 0; i < count; i++) {
    const value = sorted[i];
    const place = step === 0 ? value : Math.min(steps - 1, Math.floor((value - sorted[0]) / step));
    if (i === 0 || place !== open) {
      open = place;
      lows[found++] = value;
    }
    sums[found - 1] += value;
    weights[found - 1]++;
    highs[found - 1] = value;
  }
  const means = Float64Array.from(weights.subarray(0, found), (weight, i) =>
    lows[i] === highs[i] ? lows[i] : sums[i] / weight,
  );
  const kept = (array: Float64Array): Float64Array => array.subarray(0, found);
  return { values: means, weights: kept(weights), lows: kept(lows), highs: kept(highs), step, count };
}
