import { countsOfMeasure } from '../engine/analysis/measures.ts';
import type { CountedShare, MeasureName, MeasuresAnalysis } from '../engine/analysis/measures.ts';
import type { Formula } from '../engine/formula/formula.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';

/** A unit's measures as a table shows them. */
export interface MeasureRow {
  readonly unit: number;
  readonly formula: Formula;
  readonly values: Readonly<Record<MeasureName, number | null>>;
  /** What each value is counted from; null where it has none. */
  readonly counts: Readonly<Record<MeasureName, CountedShare | null>>;
}

/** A row an explained unit, in the order of the results. */
export function measureRows(
  { units, measures }: Pick<MeasuresAnalysis, 'units' | 'measures'>,
  results: Pick<LayerResults, 'units'>,
): readonly MeasureRow[] {
  const formulas = new Map(results.units.map(({ unit, best }) => [unit, best?.formula]));
  return units.flatMap((measured) => {
    const formula = formulas.get(measured.unit);
    if (!formula) return [];
    const of = <Value>(value: (name: MeasureName) => Value) =>
      Object.fromEntries(measures.map(({ measure }) => [measure, value(measure)])) as Record<MeasureName, Value>;
    return [
      {
        unit: measured.unit,
        formula,
        values: of((name) => measured[name]),
        counts: of((name) => countsOfMeasure(measured, name)),
      },
    ];
  });
}

/** What a table of measures is sorted by. */
export type MeasureColumn = MeasureName | 'unit';

/** Rows in the order of a column; those without a value last either way, equal ones by unit. */
export function sortMeasureRows(
  rows: readonly MeasureRow[],
  by: MeasureColumn,
  order: 'up' | 'down',
): readonly MeasureRow[] {
  const sign = order === 'up' ? 1 : -1;
  const valueOf = ({ unit, values }: MeasureRow): number | null => (by === 'unit' ? unit : values[by]);
  return rows.toSorted((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a.unit - b.unit;
    return sign * (one - other) || a.unit - b.unit;
  });
}
