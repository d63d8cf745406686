import { formulaText } from '../formula/print.ts';
import type { UnitId } from '../ids.ts';
import { csvText } from '../results/csv.ts';
import type { LayerResults } from '../results/layer-results.ts';
import type { AccuracyAnalysis } from './accuracy.ts';
import type { ClassAnalysis } from './class-units.ts';
import type { LengthAnalysis } from './lengths.ts';
import type { UniquenessAnalysis, Use } from './uniqueness.ts';

/** What tables need of the results besides an analysis. */
type Formulas = Pick<LayerResults, 'concepts' | 'units'>;

const spreadColumns = [
  ['mean', 'mean'],
  ['least', 'least'],
  ['lower_whisker', 'lowerWhisker'],
  ['lower_quartile', 'lowerQuartile'],
  ['median', 'median'],
  ['upper_quartile', 'upperQuartile'],
  ['upper_whisker', 'upperWhisker'],
  ['most', 'most'],
] as const;

/** IoU against length as a table: a row a length, behind the summary a column an explained unit with its IoU. */
export function lengthsCsv({ units, lengths }: LengthAnalysis): string {
  const header = [
    ...['length', 'units', 'increase_percent'],
    ...spreadColumns.map(([column]) => column),
    ...units.map((unit) => `unit_${unit}`),
  ];
  const rows = lengths.map(({ length, ious, spread, increase }) => [
    ...[length, ious.length, increase],
    ...spreadColumns.map(([, field]) => spread && spread[field]),
    ...ious,
  ]);
  return csvText([header, ...rows]);
}

/** Uniqueness as a table: a row a length, with the units whose formula has each operator and each category. */
export function uniquenessCsv({ units, lengths }: UniquenessAnalysis): string {
  const operators = lengths.at(0)?.operators.map(({ operator }) => operator) ?? [];
  const categories = [...new Set(lengths.flatMap((step) => step.categories.map(({ category }) => category)))];
  const header = [
    ...['length', 'units', 'distinct', 'unique', 'unique_share', 'concepts', 'most_repeated'],
    ...operators.map((operator) => `operator:${operator}`),
    ...categories.map((category) => `category:${category}`),
  ];
  const rows = lengths.map((step) => [
    ...[step.length, units, step.distinct, step.unique, step.uniqueShare, step.conceptCount],
    step.concepts.map((concept) => `${concept.name} (${concept.units})`).join('; '),
    ...operators.map((wanted) => unitsOf(step.operators.find(({ operator }) => operator === wanted))),
    ...categories.map((wanted) => unitsOf(step.categories.find(({ category }) => category === wanted))),
  ]);
  return csvText([header, ...rows]);
}

const unitsOf = (use: Use | undefined): number => use?.units ?? 0;

/** Accuracy as a table: a row a unit, those that are left out too; `left_out` says why. No rows where it is not known. */
export function accuracyCsv(accuracy: AccuracyAnalysis | null, results: Formulas): string {
  const header = ['unit', 'firing', 'compared', 'right', 'accuracy', 'low', 'high', 'iou', 'left_out', 'formula'];
  const points = new Map(accuracy?.points.map((point) => [point.unit, point]));
  const leftOut = new Map(accuracy?.leftOut.map((one) => [one.unit, one]));
  const rows = results.units.flatMap(({ unit, best }) => {
    const point = points.get(unit);
    const tally = point ?? leftOut.get(unit);
    if (!tally) return [];
    const { firing, compared, right } = tally;
    const shown = point ? [point.accuracy, point.interval.low, point.interval.high] : [null, null, null];
    const why = leftOut.get(unit)?.why ?? null;
    return [[unit, firing, compared, right, ...shown, best?.iou ?? null, why, formulaOf(results, unit)]];
  });
  return csvText([header, ...rows]);
}

/** Classes as a table: a row a class and unit, the units that push the class most, then those that hold it back most. No rows where they are not known. */
export function classesCsv(classes: ClassAnalysis | null, results: Formulas): string {
  const header = ['class', 'by', 'way', 'rank', 'unit', 'value', 'iou', 'formula'];
  const by = classes?.by ?? null;
  const rows = (classes?.classes ?? []).flatMap(({ name, push, hold }) =>
    Object.entries({ push, hold }).flatMap(([way, pulls]) =>
      pulls.map(({ unit, value, iou }, at) => [name, by, way, at + 1, unit, value, iou, formulaOf(results, unit)]),
    ),
  );
  return csvText([header, ...rows]);
}

/** A unit's best formula as text; null where it has none. */
function formulaOf({ units, concepts }: Formulas, wanted: UnitId): string | null {
  const best = units.find(({ unit }) => unit === wanted)?.best ?? null;
  return best && formulaText(best.formula, (id) => concepts[id].name);
}
