import type { Concept } from '../concepts.ts';
import type { Formula } from '../formula/formula.ts';
import { formulaConcepts } from '../formula/length.ts';
import { formulaOperators, type FormulaOperator } from '../formula/operators.ts';
import type { ConceptId, UnitId } from '../ids.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { explainedUnits, formulaAt, lengthsOf } from './explained-units.ts';

/** How often something occurs in the formulas of a layer. */
export interface Use {
  /** Units whose formula has it. */
  readonly units: number;
  /** Times it stands in formulas; a formula may have it more than once. */
  readonly times: number;
}

/** A concept and how often formulas name it. */
export interface ConceptUse extends Use {
  readonly concept: ConceptId;
  readonly name: string;
  readonly category: string;
}

/** A category and how often formulas name concepts of it. */
export interface CategoryUse extends Use {
  readonly category: string;
}

/** An operator and how often formulas have it. */
export interface OperatorUse extends Use {
  readonly operator: FormulaOperator;
}

/** A formula that several units have. */
export interface SharedFormula {
  /** As the first of the units has it. */
  readonly formula: Formula;
  /** Two or more, ascending. */
  readonly units: readonly UnitId[];
}

/** How varied the formulas of at most so many concepts are. */
export interface UniquenessStep {
  /** Most concepts in a formula, from 1. */
  readonly length: number;
  /** Formulas that differ; sides of AND and OR in another order make no difference, nor do brackets within a chain of one operator. */
  readonly distinct: number;
  /** Units whose formula no other unit has. */
  readonly unique: number;
  /** `unique` over the explained units, 0 to 1; null where there is none. */
  readonly uniqueShare: number | null;
  /** Formulas that several units have, most units first; with as many, by first unit. */
  readonly shared: readonly SharedFormula[];
  /** At most 20, named by most units first. */
  readonly concepts: readonly ConceptUse[];
  /** Concepts that any formula names. */
  readonly conceptCount: number;
  /** Those that occur, named by most units first. */
  readonly categories: readonly CategoryUse[];
  /** All five, zeros too, in a fixed order. */
  readonly operators: readonly OperatorUse[];
}

/** How unique explanations are, and of what categories, against the length of formulas (paper, Appendix A). */
export interface UniquenessAnalysis {
  /** Explained units. */
  readonly units: number;
  /** Every length from 1 to the one asked for. */
  readonly lengths: readonly UniquenessStep[];
}

const MOST_CONCEPTS = 20;

const OPERATORS: readonly FormulaOperator[] = ['or', 'and', 'and-not', 'not', 'neighbors'];

/** How unique explanations are against the length of formulas. */
export function uniquenessAnalysis(results: Pick<LayerResults, 'units' | 'settings' | 'concepts'>): UniquenessAnalysis {
  const units = explainedUnits(results);
  const lengths = lengthsOf(results).map((length) => {
    const held = units.map((unit) => ({ unit: unit.unit, formula: formulaAt(unit, length).formula }));
    return { length, ...repeats(held), ...uses(held, results.concepts) };
  });
  return { units: units.length, lengths };
}

interface HeldFormula {
  readonly unit: UnitId;
  readonly formula: Formula;
}

function repeats(held: readonly HeldFormula[]): Pick<UniquenessStep, 'distinct' | 'unique' | 'uniqueShare' | 'shared'> {
  const groups = new Map<string, { formula: Formula; units: UnitId[] }>();
  for (const { unit, formula } of held) {
    const key = formulaKey(formula);
    const group = groups.get(key);
    if (group) group.units.push(unit);
    else groups.set(key, { formula, units: [unit] });
  }
  const all = [...groups.values()];
  const shared = all.filter(({ units }) => units.length > 1);
  const unique = all.length - shared.length;
  return {
    distinct: all.length,
    unique,
    uniqueShare: held.length > 0 ? unique / held.length : null,
    shared: shared.sort((a, b) => b.units.length - a.units.length || a.units[0] - b.units[0]),
  };
}

function uses(
  held: readonly HeldFormula[],
  concepts: readonly Concept[],
): Pick<UniquenessStep, 'concepts' | 'conceptCount' | 'categories' | 'operators'> {
  const named = held.map(({ formula }) => formulaConcepts(formula).map((id) => concepts[id]));
  const found = countUses(named).sort(([a, one], [b, other]) => moreFirst(one, other) || a.id - b.id);
  const categories = countUses(named.map((list) => list.map(({ category }) => category)));
  const operators = new Map(countUses(held.map(({ formula }) => formulaOperators(formula))));
  return {
    conceptCount: found.length,
    concepts: found
      .slice(0, MOST_CONCEPTS)
      .map(([{ id, name, category }, use]) => ({ concept: id, name, category, ...use })),
    categories: categories
      .sort(([a, one], [b, other]) => moreFirst(one, other) || (a < b ? -1 : 1))
      .map(([category, use]) => ({ category, ...use })),
    operators: OPERATORS.map((operator) => ({ operator, ...(operators.get(operator) ?? { units: 0, times: 0 }) })),
  };
}

const moreFirst = (one: Use, other: Use): number => other.units - one.units || other.times - one.times;

/** How often each thing occurs. @param lists what each unit's formula has, repeated things too */
function countUses<Thing>(lists: readonly (readonly Thing[])[]): [Thing, Use][] {
  const uses = new Map<Thing, { units: number; times: number }>();
  for (const list of lists) {
    for (const thing of new Set(list)) {
      const use = uses.get(thing) ?? { units: 0, times: 0 };
      use.units += 1;
      uses.set(thing, use);
    }
    for (const thing of list) {
      const use = uses.get(thing);
      if (use) use.times += 1;
    }
  }
  return [...uses];
}

/** A text that two formulas share where they differ in no more than the order and the brackets of sides of AND and OR. */
function formulaKey(formula: Formula): string {
  switch (formula.kind) {
    case 'concept':
      return `${formula.concept}`;
    case 'neighbors':
      return `NEIGHBORS(${formula.of})`;
    case 'not':
      return `NOT(${formulaKey(formula.of)})`;
    default:
      return `${formula.kind}(${chain(formula, formula.kind).map(formulaKey).sort().join(',')})`;
  }
}

/** What a chain of one operator joins. */
function chain(formula: Formula, kind: 'and' | 'or'): readonly Formula[] {
  return formula.kind === kind ? [...chain(formula.left, kind), ...chain(formula.right, kind)] : [formula];
}
