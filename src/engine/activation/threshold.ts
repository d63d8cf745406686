import type { ThresholdRule } from '../results/explanation.ts';
import type { KeptActivations } from './kept.ts';
import { kthLargest } from './kth-largest.ts';

/** How many of `total` values may lie at or above the threshold of a quantile: the threshold is the k-th largest, k = floor(q n) + 1. */
export const rankOfQuantile = (quantile: number, total: number): number =>
  Math.min(total, Math.floor(quantile * total) + 1);

/**
 * A unit's threshold T, as float32: the mask is where the activation lies strictly above.
 *
 * By quantile it is the exact order statistic of all un-upsampled values of the samples read, so that at most a share `quantile` of them lies above it.
 * (The reference takes a sketch of the same order statistic; docs/method.md, Thresholds.)
 *
 * @throws RangeError, if maps that the rule needs were not kept
 */
export function unitThreshold(activations: KeptActivations, unit: number, rule: ThresholdRule): number {
  if (rule.kind === 'given') return Math.fround(rule.thresholds[unit]);
  if (rule.kind === 'fixed') {
    const above = Math.fround(rule.above);
    if (above < activations.floor[unit]) throw new RangeError('Maps above this threshold were not kept.');
    return above;
  }
  if (rule.quantile > activations.keptQuantile) throw new RangeError('Maps for this quantile were not kept.');
  const mapSize = activations.height * activations.width;
  const total = activations.samplesRead * mapSize;
  const { start, maps } = activations;
  const kept = maps.subarray(start[unit] * mapSize, start[unit + 1] * mapSize);
  // Adding 0 makes one zero of the two.
  return kthLargest(kept, rankOfQuantile(rule.quantile, total)) + 0;
}
