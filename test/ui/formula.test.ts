import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { ScoredFormula } from '../../src/engine/results/explanation.ts';
import { lengthSteps } from '../../src/ui/charts/length-steps.ts';
import { isPartOf, sameFormula } from '../../src/ui/formula/same-formula.ts';
import { tokens } from '../../src/ui/formula/tokens.ts';

const c = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });
const or = (left: Formula, right: Formula): Formula => ({ kind: 'or', left, right });
const and = (left: Formula, right: Formula): Formula => ({ kind: 'and', left, right });
const not = (of: Formula): Formula => ({ kind: 'not', of });
const written = (formula: Formula): string =>
  tokens(formula)
    .map((token) => (token.kind === 'concept' ? String(token.concept) : token.text))
    .join(' ');

describe('tokens', () => {
  it.each<[Formula, string]>([
    [c(1), '1'],
    [or(or(c(1), c(2)), c(3)), '1 OR 2 OR 3'],
    [and(or(c(1), c(2)), not(c(3))), '( 1 OR 2 ) AND NOT 3'],
    [and(and(c(1), c(2)), not(c(3))), '1 AND 2 AND NOT 3'],
    [or(and(c(1), c(2)), c(3)), '( 1 AND 2 ) OR 3'],
    [not(or(c(1), c(2))), 'NOT ( 1 OR 2 )'],
    [or(c(1), { kind: 'neighbors', of: 4 as ConceptId }), '1 OR NEIGHBORS 4'],
  ])('%#', (formula, text) => {
    expect(written(formula)).toBe(text);
  });
});

describe('sameFormula and isPartOf', () => {
  it('tell writing apart, not only concepts', () => {
    expect(sameFormula(or(c(1), c(2)), or(c(1), c(2)))).toBe(true);
    expect(sameFormula(or(c(1), c(2)), or(c(2), c(1)))).toBe(false);
    expect(sameFormula(or(c(1), c(2)), and(c(1), c(2)))).toBe(false);
  });

  it('finds a part at any depth', () => {
    const whole = and(or(c(1), c(2)), not(c(3)));
    expect(isPartOf(c(3), whole)).toBe(true);
    expect(isPartOf(or(c(1), c(2)), whole)).toBe(true);
    expect(isPartOf(c(4), whole)).toBe(false);
  });
});

describe('lengthSteps', () => {
  const scored = (formula: Formula, iou: number): ScoredFormula => ({
    formula,
    iou,
    score: iou,
    size: 1,
    intersection: 1,
  });

  it('names what each length added', () => {
    const two = or(c(1), c(2));
    const steps = lengthSteps([
      scored(c(1), 0.1),
      scored(two, 0.2),
      scored(two, 0.2),
      scored(and(two, not(c(3))), 0.3),
      scored(and(c(5), c(6)), 0.4),
    ]);
    expect(steps.map(({ change, operator }) => [change, operator])).toEqual([
      ['first', ''],
      ['added', 'OR'],
      ['same', ''],
      ['added', 'AND NOT'],
      ['other', ''],
    ]);
    expect(steps[3].part).toEqual(c(3));
  });
});
