import type { ThresholdRule } from '../engine/results/explanation.ts';
import { pipelineFaults } from './errors.ts';

/** Bytes up to which every map of a layer is kept, so that any threshold can be tried without running the model again. */
export const KEEP_ALL_BYTES = 512 * 2 ** 20;

/** Bytes beyond which a threshold that needs every map is refused. */
const MOST_BYTES = 2 * 2 ** 30;

/** Where maps are pruned, thresholds up to this quantile stay possible. */
const LEAST_KEPT_QUANTILE = 0.02;

/** Size of a layer's activations over a probing set. */
export interface LayerSize {
  readonly sampleCount: number;
  readonly unitCount: number;
  readonly height: number;
  readonly width: number;
}

/**
 * How much of a layer's activations is kept (see ActivationCollector).
 *
 * Everything, while that is 512 MB or less. Beyond, quantiles keep the maps that can reach a threshold of 0.02 or of the larger
 * quantile asked for: for each unit at most floor(quantile * samples * height * width) + 1 maps, mostly far fewer, since strong values
 * lie together. Thresholds that are fixed say nothing about how many maps reach them, so they need all.
 *
 * While collecting, memory is up to three times what is kept: buffers grow by doubling and are laid out once more at the end.
 *
 * @throws Fault `pipeline/too-many-values`, if all are needed and they are more than 2 GB
 */
export function keptQuantileFor({ sampleCount, unitCount, height, width }: LayerSize, rule: ThresholdRule): number {
  const bytes = sampleCount * unitCount * height * width * 4;
  if (bytes <= KEEP_ALL_BYTES) return 1;
  if (rule.kind === 'quantile') return Math.max(rule.quantile, LEAST_KEPT_QUANTILE);
  if (bytes > MOST_BYTES) throw pipelineFaults['too-many-values']((bytes / 2 ** 30).toFixed(1));
  return 1;
}
