import type { ThresholdRule } from '../engine/results/explanation.ts';
import { pipelineFaults } from './errors.ts';

/**
 * Bytes up to which every map is kept, of all layers collected at a time together, so that any threshold can be tried without running the
 * model again.
 */
export const KEEP_ALL_BYTES = 512 * 2 ** 20;

/** Bytes beyond which a threshold that needs every map is refused. */
const MOST_BYTES = 2 * 2 ** 30;

/** Where maps are pruned, thresholds up to one of these quantiles stay possible, if there is room. */
const WIDER_QUANTILES = [0.02, 0.01];

/** Of the positions of a map that reaches a threshold at all, this share reaches it, about: strong values lie together. */
const SHARE_TOGETHER = 0.08;

/** Size of a layer's activations over the samples that are read. */
export interface LayerSize {
  readonly sampleCount: number;
  readonly unitCount: number;
  readonly height: number;
  readonly width: number;
}

/** Bytes of all maps of a layer. */
const allBytes = ({ sampleCount, unitCount, height, width }: LayerSize): number =>
  sampleCount * unitCount * height * width * Float32Array.BYTES_PER_ELEMENT;

/**
 * Bytes of the maps that are kept for a quantile, about. The values that count are the share `quantile` of all; each map that has some
 * has one, or as many as {@link SHARE_TOGETHER} of its positions, so that this is the share of maps kept:
 *
 *     min(1, quantile * positions / max(1, 0.08 * positions))
 */
export function expectedBytes(size: LayerSize, quantile: number): number {
  const positions = size.height * size.width;
  return allBytes(size) * Math.min(1, (quantile * positions) / Math.max(1, SHARE_TOGETHER * positions));
}

/**
 * How much of a layer's activations is kept (see ActivationCollector).
 *
 * Everything, while that is the layer's part of 512 MB or less. Beyond, quantiles keep the maps that can reach the threshold asked for, and
 * those of a wider one, 0.02 or else 0.01, where they are expected to fit into the same 512 MB ({@link expectedBytes}). Thresholds that are
 * fixed say nothing about how many maps reach them, so they need all.
 *
 * @param layerCount layers collected at the same time, this one among them: each has an equal part of the bytes
 * @throws Fault `pipeline/too-many-values`, if all are needed and they are more than 2 GB
 */
export function keptQuantileFor(size: LayerSize, rule: ThresholdRule, layerCount = 1): number {
  const bytes = allBytes(size);
  const room = KEEP_ALL_BYTES / layerCount;
  if (bytes <= room) return 1;
  if (rule.kind === 'quantile') {
    const wider = WIDER_QUANTILES.find((quantile) => quantile > rule.quantile && expectedBytes(size, quantile) <= room);
    return wider ?? rule.quantile;
  }
  if (bytes > MOST_BYTES / layerCount) throw pipelineFaults['too-many-values']((bytes / 2 ** 30).toFixed(1));
  return 1;
}
