import type { Formula } from './formula.ts';

/** An operator as formulas are counted by: an AND with a negated side is `and-not`, a NOT anywhere else is `not`. */
export type FormulaOperator = 'or' | 'and' | 'and-not' | 'not' | 'neighbors';

/** The operators of a formula in the order of writing, repeated ones too. */
export function formulaOperators(formula: Formula): readonly FormulaOperator[] {
  switch (formula.kind) {
    case 'concept':
      return [];
    case 'neighbors':
      return ['neighbors'];
    case 'not':
      return ['not', ...formulaOperators(formula.of)];
    default: {
      const { kind, left, right } = formula;
      if (kind === 'and' && right.kind === 'not')
        return [...formulaOperators(left), 'and-not', ...formulaOperators(right.of)];
      if (kind === 'and' && left.kind === 'not')
        return [...formulaOperators(left.of), 'and-not', ...formulaOperators(right)];
      return [...formulaOperators(left), kind, ...formulaOperators(right)];
    }
  }
}
