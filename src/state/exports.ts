import { explanationsJson } from '../engine/results/explanations-json.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { resultCsv } from '../engine/results/result-csv.ts';
import { tallyCsv } from '../engine/results/tally.ts';
import { version } from '../engine/version.ts';
import type { CellTableFormat, Evidence } from '../jobs/api.ts';
import { askedOf, askedText } from './asked.ts';

/** A file to be saved. */
export interface ExportedFile {
  readonly name: string;
  readonly text: string;
  readonly type: string;
}

/** Hex digits of a hash in a file's name. */
const digits = 8;

/**
 * How results stand in the name of a file: model and probing set with their hashes, layer, what was asked for where it differs from the
 * defaults, day and version, as `scenes-e73eb023_layer4-relu_Drawn-scenes-8d97cdcc_length-5_2026-11-23_v0.1.0`. A table's own lines stay
 * free of it, so that programs read it as the reference program's.
 */
export function exportName(results: LayerResults): string {
  const { activations, probing, madeAt } = results;
  const named = (name: string, hash: string): string =>
    `${name.replace(/\.(onnx|npy|zip|parquet|arrow)$/i, '')}-${hash.slice(0, digits)}`;
  return [
    named(activations.name, activations.hash),
    ...(activations.kind === 'model' ? [activations.layer] : []),
    named(probing.title, probing.contentHash),
    ...askedText(askedOf(results)).split('_'),
    madeAt.slice(0, 10),
    `v${version}`,
  ]
    .map((part) => part.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('_')
    .slice(0, 200);
}

/** The units as the reference's table. */
export function exportCsv(results: LayerResults): ExportedFile {
  return { name: `tally_${exportName(results)}.csv`, text: tallyCsv(results), type: 'text/csv' };
}

/**
 * The units of a model of sentence pairs as the reference's table, with the class weights and with how the model does where each unit fires.
 * What is not kept is left empty.
 *
 * @param onprogress called with the units done
 */
export async function exportResult(
  results: LayerResults,
  evidence: Pick<Evidence, 'goldLabels' | 'sampleList'>,
  onprogress: (done: number) => void,
): Promise<ExportedFile> {
  const gold = await evidence.goldLabels().catch(() => null);
  const firing = new Map<number, Uint32Array>();
  for (const [index, { unit, threshold, state }] of results.units.entries()) {
    if (threshold !== null && (state === 'explained' || state === 'unrelated')) {
      const list = await evidence.sampleList(unit, threshold, null, 'firing').catch(() => null);
      if (list) firing.set(unit, list.samples);
    }
    onprogress(index + 1);
  }
  const text = resultCsv(results, gold, (unit) => firing.get(unit) ?? null);
  return { name: `result_${exportName(results)}.csv`, text, type: 'text/csv' };
}

/** What the cells behind results are called as a file. */
export function cellTableName(results: LayerResults, format: CellTableFormat): string {
  return `formulens_cells_${exportName(results)}.${format}`;
}

/** Everything about the results, in the documented schema. */
export function exportJson(results: LayerResults): ExportedFile {
  return {
    name: `explanations_${exportName(results)}.json`,
    text: explanationsJson(results),
    type: 'application/json',
  };
}
