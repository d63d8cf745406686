import type { Concept } from '../engine/concepts.ts';
import { formulaConcepts, formulaLength } from '../engine/formula/length.ts';
import { formulaOperators, type FormulaOperator } from '../engine/formula/operators.ts';
import { formulaText } from '../engine/formula/print.ts';
import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { SortableColumn } from './columns.ts';

/** A unit as the table shows, sorts and finds it. */
export interface UnitRow {
  readonly unit: number;
  readonly explanation: UnitExplanation;
  /** Share of the samples the explanation comes from; 1: final. */
  readonly share: number;
  /** The formula as text; empty where there is none. */
  readonly text: string;
  /** IoU of the best formula, 0 where there is none. */
  readonly iou: number;
  /** IoU of the best single concept, 0 where there is none. */
  readonly iou1: number;
  /** Concepts in the formula. */
  readonly length: number;
  /** The formula's concepts, in the order of writing, each once. */
  readonly concepts: readonly number[];
  /** Categories the formula uses, in the order of writing, each once. */
  readonly categories: readonly string[];
  /** Operators the formula uses, each once; none: a single concept, or no formula. */
  readonly operators: readonly FormulaOperator[];
  /** Largest activation on the unit's strongest sample; null where it fires nowhere. */
  readonly peak: number | null;
  /** Its weights in the classes' outputs, in the order of the classes; null where they are not known. */
  readonly weights: readonly number[] | null;
}

/** What the table is narrowed to; an empty text and -1 stand for anything. */
export interface RowFilter {
  /** Words and unit numbers; `uses:water` asks for a concept. */
  readonly find: string;
  /** Category a formula uses. */
  readonly category: string;
  /** Operator a formula uses; `single`: it has none. */
  readonly operator: string;
  readonly state: string;
  /** Lowest and highest IoU, 0 to 1. */
  readonly from: number;
  readonly to: number;
  /** Concept a formula uses. */
  readonly uses: number;
}

/** A filter that leaves everything. */
export const noFilter: RowFilter = { find: '', category: '', operator: '', state: '', from: 0, to: 1, uses: -1 };

/** Makes a unit's row. */
export function unitRow(
  explanation: UnitExplanation,
  concepts: readonly Concept[],
  share = 1,
  weights: readonly number[] | null = null,
): UnitRow {
  const { best, byLength, top, unit } = explanation;
  const formula = best?.formula;
  const used = formula ? [...new Set(formulaConcepts(formula))] : [];
  return {
    unit,
    explanation,
    share,
    text: formula ? formulaText(formula, (concept) => concepts[concept].name) : '',
    iou: best?.iou ?? 0,
    iou1: byLength.at(0)?.iou ?? 0,
    length: formula ? formulaLength(formula) : 0,
    concepts: used,
    categories: [...new Set(used.map((concept) => concepts[concept].category))],
    operators: formula ? [...new Set(formulaOperators(formula))] : [],
    peak: top.at(0)?.peak ?? null,
    weights,
  };
}

/** Text that is searched for, in its parts. */
export interface FindParts {
  /** Lower-case words; each must be in the formula's text or be the unit's number. */
  readonly words: readonly string[];
  /** Lower-case parts of names of concepts the formula must use. */
  readonly uses: readonly string[];
}

/** Takes a search apart: `uses:water`, `uses:"traffic light"`, `unit 12`, and plain words. */
export function findParts(find: string): FindParts {
  const uses: string[] = [];
  const rest = find.toLowerCase().replace(/\buses:\s*("[^"]*"?|\S*)/g, (_, name: string) => {
    const bare = name.replaceAll('"', '').trim();
    if (bare !== '') uses.push(bare);
    return ' ';
  });
  const words = rest
    .replace(/\bunit (?=\d)/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  return { words, uses };
}

/** The rows a filter leaves, in their order. A number finds the unit, and formulas with that text. */
export function filterRows(
  rows: readonly UnitRow[],
  filter: RowFilter,
  concepts: readonly Concept[],
): readonly UnitRow[] {
  const { words, uses } = findParts(filter.find);
  const ranged = filter.from > 0 || filter.to < 1;
  const spoken = (text: string): string => text.toLowerCase().replaceAll('_', ' ');
  const named = uses.map((name) => {
    const ids = (fits: (text: string) => boolean): number[] =>
      concepts.filter((concept) => fits(spoken(concept.name))).map(({ id }) => id);
    const wanted = spoken(name);
    const exact = ids((text) => text === wanted || text.replace(/-[cs]$/, '') === wanted);
    return new Set(exact.length > 0 ? exact : ids((text) => text.includes(wanted)));
  });
  return rows.filter((row) => {
    if (filter.state !== '' && row.explanation.state !== filter.state) return false;
    if (filter.category !== '' && !row.categories.includes(filter.category)) return false;
    if (filter.operator !== '' && !usesOperator(row, filter.operator)) return false;
    if (ranged && (row.explanation.best === null || row.iou < filter.from || row.iou > filter.to)) return false;
    if (filter.uses >= 0 && !row.concepts.includes(filter.uses)) return false;
    if (named.some((ids) => !row.concepts.some((concept) => ids.has(concept)))) return false;
    const text = spoken(row.text);
    return words.every((word) => text.includes(spoken(word)) || String(row.unit) === word);
  });
}

function usesOperator(row: UnitRow, operator: string): boolean {
  if (operator === 'single') return row.length === 1 && row.operators.length === 0;
  return row.operators.some((used) => used === operator);
}

/** What each column is sorted by; null where a unit has no such value. */
const values: Readonly<Record<SortableColumn, (row: UnitRow) => number | string | null>> = {
  unit: (row) => row.unit,
  formula: (row) => row.text || null,
  iou: (row) => explained(row, row.iou),
  iou1: (row) => explained(row, row.iou1),
  gain: (row) => explained(row, row.iou - row.iou1),
  length: (row) => explained(row, row.length),
  'weight-0': (row) => row.weights?.[0] ?? null,
  'weight-1': (row) => row.weights?.[1] ?? null,
  'weight-2': (row) => row.weights?.[2] ?? null,
  'weight-3': (row) => row.weights?.[3] ?? null,
  categories: (row) => row.categories.join(' ') || null,
  operators: (row) => explained(row, row.operators.join(' ')),
  area: (row) => row.explanation.area,
  firing: (row) => row.explanation.firing,
  threshold: (row) => row.explanation.threshold,
  peak: (row) => row.peak,
  state: (row) => row.explanation.state,
};

function explained<Value>(row: UnitRow, value: Value): Value | null {
  return row.explanation.best === null ? null : value;
}

/** Rows in the order asked for; those without a value last either way; equal ones by unit. */
export function sortRows(rows: readonly UnitRow[], column: SortableColumn, order: 'up' | 'down'): readonly UnitRow[] {
  const sign = order === 'up' ? 1 : -1;
  const keyed = rows.map((row) => ({ row, value: values[column](row) }));
  keyed.sort((one, other) => {
    const missing = Number(one.value === null) - Number(other.value === null);
    return missing || sign * compare(one.value, other.value) || one.row.unit - other.row.unit;
  });
  return keyed.map(({ row }) => row);
}

const collator = new Intl.Collator('en');

function compare(one: number | string | null, other: number | string | null): number {
  if (typeof one === 'string' && typeof other === 'string') return collator.compare(one, other);
  return typeof one === 'number' && typeof other === 'number' ? one - other : 0;
}

/** The place of each unit in a list. */
export function placesOf(units: readonly number[]): ReadonlyMap<number, number> {
  return new Map(units.map((unit, index) => [unit, index]));
}
