import { formulaConcepts } from '../engine/formula/length.ts';
import type { UnitState } from '../engine/results/explanation.ts';
import { formulaOperators, type FormulaOperator } from '../engine/formula/operators.ts';
import type { UnitRow } from './unit-rows.ts';

/** A layer's units in numbers. Means are over the explained units, null where there is none. */
export interface LayerSummary {
  readonly units: number;
  readonly states: Readonly<Partial<Record<UnitState, number>>>;
  readonly explained: number;
  /** Units that fire nowhere: constant ones, and those with nothing above their threshold. */
  readonly dead: number;
  readonly meanIou: number | null;
  readonly medianIou: number | null;
  /** Mean IoU of the best single concept. */
  readonly meanIou1: number | null;
  readonly meanLength: number | null;
  /** Formulas that are written differently. */
  readonly distinct: number;
  /** Concepts by the number of units that use them, most first; equal ones by number. */
  readonly concepts: readonly { readonly concept: number; readonly units: number }[];
  /** How often the formulas name a concept of each category, in the order of first use. */
  readonly categories: ReadonlyMap<string, number>;
  /** How often the formulas use each operator; `single` counts formulas of one concept. */
  readonly operators: ReadonlyMap<FormulaOperator | 'single', number>;
  /** Entry k: mean over the explained units of the IoU of the best formula of at most k + 1 concepts. */
  readonly byLength: readonly number[];
}

/** Sums up rows. */
export function layerSummary(rows: readonly UnitRow[], categoryOf: (concept: number) => string): LayerSummary {
  const states: Partial<Record<UnitState, number>> = {};
  const users = new Map<number, number>();
  const categories = new Map<string, number>();
  const operators = new Map<FormulaOperator | 'single', number>();
  const explained: UnitRow[] = [];
  for (const row of rows) {
    const { best, state } = row.explanation;
    states[state] = (states[state] ?? 0) + 1;
    if (best === null) continue;
    explained.push(row);
    for (const concept of row.concepts) add(users, concept);
    for (const concept of formulaConcepts(best.formula)) add(categories, categoryOf(concept));
    const used = formulaOperators(best.formula);
    if (used.length === 0) add(operators, 'single');
    for (const operator of used) add(operators, operator);
  }
  const longest = Math.max(0, ...explained.map(({ explanation }) => explanation.byLength.length));
  return {
    units: rows.length,
    states,
    explained: explained.length,
    dead: (states.constant ?? 0) + (states.silent ?? 0),
    meanIou: mean(explained.map(({ iou }) => iou)),
    medianIou: median(explained.map(({ iou }) => iou)),
    meanIou1: mean(explained.map(({ iou1 }) => iou1)),
    meanLength: mean(explained.map(({ length }) => length)),
    distinct: new Set(explained.map(({ text }) => text)).size,
    concepts: [...users]
      .map(([concept, units]) => ({ concept, units }))
      .sort((one, other) => other.units - one.units || one.concept - other.concept),
    categories,
    operators,
    byLength: Array.from(
      { length: longest },
      (_, index) => mean(explained.flatMap(({ explanation }) => explanation.byLength.at(index)?.iou ?? [])) ?? 0,
    ),
  };
}

/** How many units use each concept, over one or more layers. */
export function usersOfConcepts(layers: readonly (readonly UnitRow[])[]): ReadonlyMap<number, number> {
  const users = new Map<number, number>();
  for (const rows of layers) for (const row of rows) for (const concept of row.concepts) add(users, concept);
  return users;
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
