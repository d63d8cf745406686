import type { Formula } from '../../engine/formula/formula.ts';
import type { ScoredFormula } from '../../engine/results/explanation.ts';
import { sameFormula } from '../formula/same-formula.ts';

/** What one more concept brought. */
export interface LengthStep {
  readonly length: number;
  readonly scored: ScoredFormula;
  /** `first` and `added`: the concept joined; `same`: nothing better was found; `other`: a formula written anew. */
  readonly change: 'first' | 'added' | 'same' | 'other';
  /** The operator of what was added; empty unless `added`. */
  readonly operator: string;
  /** What was added, or the whole formula. */
  readonly part: Formula;
}

/** Names for each length what it changed against the length before. */
export function lengthSteps(byLength: readonly ScoredFormula[]): readonly LengthStep[] {
  return byLength.map((scored, index) => {
    const { formula } = scored;
    const whole = { length: index + 1, scored, operator: '', part: formula };
    if (index === 0) return { ...whole, change: 'first' };
    const before = byLength[index - 1].formula;
    if (sameFormula(before, formula)) return { ...whole, change: 'same' };
    if ((formula.kind === 'and' || formula.kind === 'or') && sameFormula(formula.left, before)) {
      const negated = formula.right.kind === 'not';
      const operator = formula.kind === 'or' ? 'OR' : negated ? 'AND NOT' : 'AND';
      return {
        ...whole,
        change: 'added',
        operator,
        part: formula.right.kind === 'not' ? formula.right.of : formula.right,
      };
    }
    return { ...whole, change: 'other' };
  });
}
