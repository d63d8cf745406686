import type { SearchOperator } from '../../engine/results/explanation.ts';

/** Operators as formulas write them. */
export const operatorTexts: Readonly<Record<SearchOperator, string>> = {
  or: 'OR',
  and: 'AND',
  'and-not': 'AND NOT',
  neighbors: 'NEIGHBORS',
};
