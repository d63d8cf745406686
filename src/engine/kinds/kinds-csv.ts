import { csvParseRows } from 'd3-dsv';
import { formulaText } from '../formula/print.ts';
import type { UnitId } from '../ids.ts';
import { csvText } from '../results/csv.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { kindFaults } from './errors.ts';
import { kindLabels, type KindLabel } from './kind.ts';
import type { KindAnalysis } from './kind-analysis.ts';

/** Labels by unit. */
export type LabelsByUnit = ReadonlyMap<UnitId, KindLabel>;

/** Kinds as a table: a row a unit with its label, its suggestion, the formula judged and the evidence; `label` is empty where there is none. */
export function kindsCsv(
  { units }: KindAnalysis,
  { concepts }: Pick<LayerResults, 'concepts'>,
  labels: LabelsByUnit = new Map(),
): string {
  const header = ['unit', 'label', 'suggestion', 'confidence', 'iou', 'formula', 'evidence'];
  const rows = units.map(({ unit, kind, confidence, iou, formula, evidence }) => [
    ...[unit, labels.get(unit) ?? null, kind, confidence, iou],
    formulaText(formula, (id) => concepts[id].name),
    evidence.map(({ text, value }) => (value === null ? text : `${text}: ${value}`)).join('; '),
  ]);
  return csvText([header, ...rows]);
}

/**
 * Reads labels out of a table as {@link kindsCsv} writes it, or any with the columns `unit` and `label`; other columns are passed over, and rows without
 * a label.
 *
 * @param file its name, for messages
 * @param known the units that can have a label
 * @throws Fault `kinds/labels-...`, naming file and row (the header is row 1)
 */
export function readLabelsCsv(text: string, file: string, known: ReadonlySet<UnitId>): LabelsByUnit {
  const [header = [], ...rows] = csvParseRows(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  const columns = header.map((column) => column.trim());
  const [unitAt, labelAt] = [columns.indexOf('unit'), columns.indexOf('label')];
  if (unitAt < 0 || labelAt < 0) throw kindFaults['labels-columns'](file, columns.join(', ') || 'nothing');
  const labels = new Map<UnitId, KindLabel>();
  for (const [at, row] of rows.entries()) {
    const [written, label] = [(row[unitAt] ?? '').trim(), (row[labelAt] ?? '').trim()];
    if (label === '') continue;
    const unit = Number(written) as UnitId;
    if (!/^\d+$/.test(written) || !known.has(unit)) throw kindFaults['labels-unit'](file, at + 2, written);
    const found = kindLabels.find((one) => one === label);
    if (!found) throw kindFaults['labels-label'](file, at + 2, label, kindLabels.join(', '));
    if (labels.has(unit)) throw kindFaults['labels-twice'](file, at + 2, unit);
    labels.set(unit, found);
  }
  return labels;
}
