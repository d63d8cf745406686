import type { FormulaOperator } from '../../engine/formula/operators.ts';

/** Operators as formulas write them; `single` is a formula without one. */
export const operatorNames: Readonly<Record<FormulaOperator | 'single', string>> = {
  or: 'OR',
  and: 'AND',
  'and-not': 'AND NOT',
  not: 'NOT',
  neighbors: 'NEIGHBORS',
  single: 'single concept',
};

/** An operator's name by its name in the address; the text itself where it is none. */
export function operatorName(operator: string): string {
  return operatorNames[operator as keyof typeof operatorNames] ?? operator;
}
