import type { ThresholdRule } from '../engine/results/explanation.ts';
import { pipelineFaults } from './errors.ts';

/**
 * Bytes up to which every map is kept, of all layers collected at a time together, so that any threshold can be tried without running the
 * model again.
 */
export const KEEP_ALL_BYTES = 512 * 2 ** 20;

/** Bytes beyond which a threshold that needs every map is refused. */
const MOST_BYTES = 2 * 2 ** 30;

/** Where maps are pruned, thresholds up to this quantile stay possible. */
const LEAST_KEPT_QUANTILE = 0.02;

/** Size of a layer's activations over the samples that are read. */
export interface LayerSize {
  readonly sampleCount: number;
  readonly unitCount: number;
  readonly height: number;
  readonly width: number;
}

/**
 * How much of a layer's activations is kept (see ActivationCollector).
 *
 * Everything, while that is the layer's part of 512 MB or less. Beyond, quantiles keep the maps that can reach a threshold of 0.02 or of the larger
 * quantile asked for: for each unit at most floor(quantile * samples * height * width) + 1 maps, mostly far fewer, since strong values
 * lie together. Thresholds that are fixed say nothing about how many maps reach them, so they need all.
 *
 * While collecting, memory is twice what is kept, since it is laid out once more at the end; three times where maps are dropped, since
 * buffers then grow by doubling. Besides, the largest value of every map is kept: 4 bytes a unit and sample.
 *
 * @param layerCount layers collected at the same time, this one among them: each has an equal part of the bytes
 * @throws Fault `pipeline/too-many-values`, if all are needed and they are more than 2 GB
 */
export function keptQuantileFor(
  { sampleCount, unitCount, height, width }: LayerSize,
  rule: ThresholdRule,
  layerCount = 1,
): number {
  const bytes = sampleCount * unitCount * height * width * 4;
  if (bytes <= KEEP_ALL_BYTES / layerCount) return 1;
  if (rule.kind === 'quantile') return Math.max(rule.quantile, LEAST_KEPT_QUANTILE);
  if (bytes > MOST_BYTES / layerCount) throw pipelineFaults['too-many-values']((bytes / 2 ** 30).toFixed(1));
  return 1;
}
