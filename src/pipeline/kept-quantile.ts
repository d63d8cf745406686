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

/** How fast the share of maps that reach a threshold grows with the values that do; see {@link expectedBytes}. */
const SPREAD = 0.35;
const GROWTH = 0.7;

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
 * Bytes of the maps that are kept for a quantile, about. With p positions a map has quantile * p values that count, on average; they lie
 * together, so that this is the share of maps that have one:
 *
 *     min(quantile * p, 1 - exp(-0.35 * (quantile * p) ** 0.7))
 *
 * On layers of the sample networks the share grows like that; the factor was 0.17 for the drawn scenes and 0.7 for MobileNet, whose strong
 * values lie far apart. So half as much or twice as much may be kept.
 */
export function expectedBytes(size: LayerSize, quantile: number): number {
  const values = quantile * size.height * size.width;
  return allBytes(size) * Math.min(values, 1 - Math.exp(-SPREAD * values ** GROWTH));
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
