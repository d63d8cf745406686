import type { Concept } from '../engine/concepts.ts';
import { formulaConcepts } from '../engine/formula/length.ts';
import { formulaText } from '../engine/formula/print.ts';
import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { Route, SortColumn } from './route.ts';

/** A unit as the table shows, sorts and finds it. */
export interface UnitRow {
  readonly unit: number;
  readonly explanation: UnitExplanation;
  /** The formula as text; empty where there is none. */
  readonly text: string;
  /** IoU of the best formula, 0 where there is none. */
  readonly iou: number;
  /** IoU of the best single concept. */
  readonly iou1: number;
  /** Categories the formula uses, in the order of writing, each once. */
  readonly categories: readonly string[];
}

/** What the table is narrowed to. */
export type RowFilter = Pick<Route, 'find' | 'category' | 'state' | 'from' | 'to'>;

/** Makes a unit's row. */
export function unitRow(explanation: UnitExplanation, concepts: readonly Concept[]): UnitRow {
  const { best, byLength, unit } = explanation;
  const formula = best?.formula;
  return {
    unit,
    explanation,
    text: formula ? formulaText(formula, (concept) => concepts[concept].name) : '',
    iou: best?.iou ?? 0,
    iou1: byLength[0]?.iou ?? 0,
    categories: formula ? [...new Set(formulaConcepts(formula).map((concept) => concepts[concept].category))] : [],
  };
}

/** The rows a filter leaves, in their order. A number finds the unit, and formulas with that text. */
export function filterRows(rows: readonly UnitRow[], filter: RowFilter): readonly UnitRow[] {
  const words = filter.find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const ranged = filter.from > 0 || filter.to < 1;
  return rows.filter((row) => {
    if (filter.state !== '' && row.explanation.state !== filter.state) return false;
    if (filter.category !== '' && !row.categories.includes(filter.category)) return false;
    if (ranged && (row.explanation.best === null || row.iou < filter.from || row.iou > filter.to)) return false;
    const text = row.text.toLowerCase();
    return words.every((word) => text.includes(word) || String(row.unit) === word || `unit ${row.unit}` === word);
  });
}

const compare: Record<SortColumn, (one: UnitRow, other: UnitRow) => number> = {
  unit: (one, other) => one.unit - other.unit,
  formula: (one, other) => one.text.localeCompare(other.text),
  iou: (one, other) => one.iou - other.iou,
  iou1: (one, other) => one.iou1 - other.iou1,
  firing: (one, other) => one.explanation.firing - other.explanation.firing,
  categories: (one, other) => one.categories.join(' ').localeCompare(other.categories.join(' ')),
};

/** Rows in the order asked for; equal ones by unit. */
export function sortRows(rows: readonly UnitRow[], column: SortColumn, order: 'up' | 'down'): readonly UnitRow[] {
  const sign = order === 'up' ? 1 : -1;
  return [...rows].sort((one, other) => sign * compare[column](one, other) || one.unit - other.unit);
}
