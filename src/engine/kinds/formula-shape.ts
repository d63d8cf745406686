import type { Formula } from '../formula/formula.ts';

/** A side of an OR: what must hold in it, and what must not. */
export interface Branch {
  /** Concepts and NEIGHBORS that must hold, each once. */
  readonly positives: readonly Formula[];
  /** Formulas that must not hold, each once; concepts, where a search has made the formula. */
  readonly negatives: readonly Formula[];
}

/** A formula as an OR of branches. */
export interface FormulaShape {
  /** One or more; a formula without OR has one. */
  readonly branches: readonly Branch[];
  /** What must hold in all branches, where there are several; else nothing. */
  readonly common: readonly Formula[];
  /** What must not hold in any branch: `C` of `L AND NOT C`. */
  readonly without: readonly Formula[];
}

/** Branches beyond which an AND of two ORs is not multiplied out. Search makes none: it joins one concept at a time. */
const MOST_BRANCHES = 64;

/** A formula's shape: ANDs multiplied out over ORs, so that `(a OR b) AND c AND NOT d` has the branches `a AND c`, `b AND c`, both without `d`. */
export function formulaShape(formula: Formula): FormulaShape {
  const branches = branchesOf(formula);
  const inAll = (side: keyof Branch): readonly Formula[] =>
    branches[0][side].filter((part) => branches.every((branch) => has(branch[side], part)));
  return { branches, common: branches.length > 1 ? inAll('positives') : [], without: inAll('negatives') };
}

/** What a branch has of its own, besides what all have; all that it has, where that is nothing. */
export function ownParts({ positives }: Branch, { common }: Pick<FormulaShape, 'common'>): readonly Formula[] {
  const own = positives.filter((part) => !has(common, part));
  return own.length > 0 ? own : positives;
}

/** A branch as a formula; null where it has no parts. */
export function branchFormula({ positives, negatives }: Branch): Formula | null {
  const parts: readonly Formula[] = [...positives, ...negatives.map((of): Formula => ({ kind: 'not', of }))];
  const [first, ...rest] = parts;
  return parts.length === 0 ? null : rest.reduce((left, right) => ({ kind: 'and', left, right }), first);
}

function branchesOf(formula: Formula): readonly Branch[] {
  switch (formula.kind) {
    case 'concept':
    case 'neighbors':
      return [{ positives: [formula], negatives: [] }];
    case 'not':
      return [{ positives: [], negatives: orParts(formula.of) }];
    case 'or':
      return [...branchesOf(formula.left), ...branchesOf(formula.right)];
    default: {
      const [left, right] = [branchesOf(formula.left), branchesOf(formula.right)];
      if (left.length * right.length > MOST_BRANCHES) return [joined(left.reduce(joined), right.reduce(joined))];
      return left.flatMap((one) => right.map((other) => joined(one, other)));
    }
  }
}

const orParts = (formula: Formula): readonly Formula[] =>
  formula.kind === 'or' ? [...orParts(formula.left), ...orParts(formula.right)] : [formula];

const joined = (one: Branch, other: Branch): Branch => ({
  positives: distinct([...one.positives, ...other.positives]),
  negatives: distinct([...one.negatives, ...other.negatives]),
});

const distinct = (parts: readonly Formula[]): readonly Formula[] =>
  parts.filter((part, at) => !has(parts.slice(0, at), part));

const has = (parts: readonly Formula[], wanted: Formula): boolean =>
  parts.some((part) => JSON.stringify(part) === JSON.stringify(wanted));
