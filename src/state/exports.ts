import { explanationsJson } from '../engine/results/explanations-json.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { tallyCsv } from '../engine/results/tally.ts';

/** A file to be saved. */
export interface ExportedFile {
  readonly name: string;
  readonly text: string;
  readonly type: string;
}

/** The units as the reference's table; named after the layer. */
export function exportCsv(results: LayerResults): ExportedFile {
  const { activations } = results;
  const layer = activations.kind === 'model' ? `_${activations.layer.replace(/[^\w.-]+/g, '_')}` : '';
  return { name: `tally${layer}.csv`, text: tallyCsv(results), type: 'text/csv' };
}

/** Everything about the results, in the documented schema. */
export function exportJson(results: LayerResults): ExportedFile {
  return { name: 'explanations.json', text: explanationsJson(results), type: 'application/json' };
}
