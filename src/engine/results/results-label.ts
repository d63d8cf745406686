import type { ExplainSettings } from './explanation.ts';
import type { ActivationProvenance, LayerResults } from './layer-results.ts';

/** Kept results, as lists show them and as an address finds them. */
export interface ResultsLabel {
  readonly key: string;
  readonly madeAt: string;
  /** Title of the probing set. */
  readonly title: string;
  /** Name of the probed tensor, or of the file of activations. */
  readonly layer: string;
  /** Units explained. */
  readonly unitCount: number;
  readonly unitRange: readonly [number, number];
  readonly samplesRead: number;
  readonly probingHash: string;
  readonly activations: Pick<ActivationProvenance, 'kind' | 'name' | 'hash'>;
  readonly settings: ExplainSettings;
  /** Mean IoU of the explained units; null where there is none. */
  readonly meanIou: number | null;
}

/** What lists show of results. */
export function labelOf(results: LayerResults): ResultsLabel {
  const { key, madeAt, probing, activations, units, unitRange, samplesRead, settings } = results;
  const { kind, name, hash } = activations;
  const ious = units.flatMap(({ state, best }) => (state === 'explained' && best ? [best.iou] : []));
  return {
    ...{ key, madeAt, unitRange, samplesRead, settings },
    title: probing.title,
    layer: activations.kind === 'model' ? activations.layer : name,
    unitCount: units.length,
    probingHash: probing.contentHash,
    activations: { kind, name, hash },
    meanIou: ious.length === 0 ? null : ious.reduce((sum, iou) => sum + iou, 0) / ious.length,
  };
}
