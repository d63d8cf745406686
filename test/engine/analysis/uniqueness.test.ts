import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniquenessAnalysis } from '../../../src/engine/analysis/uniqueness.ts';
import type { Formula } from '../../../src/engine/formula/formula.ts';
import { randomFormula } from '../support/random-probing.ts';
import { and, concepts, explained, is, layer, near, not, or, randomLayer, without } from './support/made-layer.ts';

const of = (formulas: readonly Formula[]) =>
  uniquenessAnalysis(
    layer(
      formulas.map((formula, unit) => explained(unit, [[formula, 0.1]])),
      1,
    ),
  ).lengths[0];

/** The same formula with sides turned where `turn` says so. */
function turned(formula: Formula, turn: () => boolean): Formula {
  if (formula.kind === 'not') return not(turned(formula.of, turn));
  if (formula.kind === 'concept' || formula.kind === 'neighbors') return formula;
  const [left, right] = [turned(formula.left, turn), turned(formula.right, turn)];
  return turn() ? { ...formula, left: right, right: left } : { ...formula, left, right };
}

/** For which of all ways of the concepts being true a formula holds. */
function truths(formula: Formula): string {
  const holds = (one: Formula, world: number): boolean => {
    if (one.kind === 'concept') return ((world >> one.concept) & 1) === 1;
    if (one.kind === 'not') return !holds(one.of, world);
    if (one.kind === 'neighbors') return false;
    const sides = [holds(one.left, world), holds(one.right, world)];
    return one.kind === 'and' ? sides.every(Boolean) : sides.some(Boolean);
  };
  return Array.from({ length: 2 ** concepts.length }, (_, world) => (holds(formula, world) ? '1' : '0')).join('');
}

describe('uniqueness', () => {
  it('counts formulas whose sides stand in another order once', () => {
    const found = of([
      or(or(is(0), is(1)), is(2)),
      or(or(is(2), is(0)), is(1)),
      or(is(1), or(is(0), is(2))),
      and(or(is(0), is(1)), not(is(2))),
      and(not(is(2)), or(is(1), is(0))),
      or(and(is(0), is(1)), is(2)),
      is(0),
      is(4),
      near(0),
    ]);
    expect(found).toMatchObject({ distinct: 6, unique: 4, uniqueShare: 4 / 9 });
    expect(found.shared).toEqual([
      { formula: or(or(is(0), is(1)), is(2)), units: [0, 1, 2] },
      { formula: and(or(is(0), is(1)), not(is(2))), units: [3, 4] },
    ]);
  });

  it('counts concepts, categories and operators, by units and by times', () => {
    const found = of([and(or(is(0), is(1)), not(is(0))), or(is(0), near(2)), not(or(is(3), is(3)))]);
    expect(found.conceptCount).toBe(4);
    expect(found.concepts).toEqual([
      { concept: 0, name: 'water', category: 'object', units: 2, times: 3 },
      { concept: 3, name: 'street', category: 'scene', units: 1, times: 2 },
      { concept: 1, name: 'river', category: 'object', units: 1, times: 1 },
      { concept: 2, name: 'blue', category: 'color', units: 1, times: 1 },
    ]);
    expect(found.categories).toEqual([
      { category: 'object', units: 2, times: 4 },
      { category: 'scene', units: 1, times: 2 },
      { category: 'color', units: 1, times: 1 },
    ]);
    expect(found.operators).toEqual([
      { operator: 'or', units: 3, times: 3 },
      { operator: 'and', units: 0, times: 0 },
      { operator: 'and-not', units: 1, times: 1 },
      { operator: 'not', units: 1, times: 1 },
      { operator: 'neighbors', units: 1, times: 1 },
    ]);
  });

  it('lists the 20 concepts that most units have', () => {
    const many = Array.from({ length: 30 }, (_, id) => ({
      ...concepts[0],
      id: id as (typeof concepts)[0]['id'],
      name: `c${id}`,
    }));
    const units = Array.from({ length: 31 }, (_, unit) => explained(unit, [[is(Math.max(0, unit - 1)), 0.1]]));
    const [step] = uniquenessAnalysis({ ...layer(units, 1), concepts: many }).lengths;
    expect(step.conceptCount).toBe(30);
    expect(step.concepts.map(({ name, units: having }) => [name, having])).toEqual(
      Array.from({ length: 20 }, (_, id) => [`c${id}`, id === 0 ? 2 : 1]),
    );
  });

  it('has nothing of layers without formulas', () => {
    expect(uniquenessAnalysis(layer([without(0, 'silent')], 1))).toMatchObject({
      units: 0,
      lengths: [{ distinct: 0, unique: 0, uniqueShare: null, shared: [], concepts: [], categories: [] }],
    });
  });

  it('does not change where sides are turned, and parts what holds elsewhere', () => {
    const formulas = fc.array(fc.tuple(randomFormula(concepts.length), fc.infiniteStream(fc.boolean())), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(formulas, (drawn) => {
        const plain = drawn.map(([formula]) => formula);
        const other = drawn.map(([formula, turns]) => turned(formula, () => turns.next().value === true));
        const found = of([...plain, ...other]);
        expect(found.distinct).toBe(of(plain).distinct);
        expect(found.unique).toBe(0);
        expect(found.distinct).toBeGreaterThanOrEqual(new Set(plain.map(truths)).size);
      }),
    );
  });

  it('adds up', () => {
    fc.assert(
      fc.property(randomLayer, (results) => {
        const { units, lengths } = uniquenessAnalysis(results);
        for (const { distinct, unique, shared, concepts: named, categories, operators } of lengths) {
          expect(unique + shared.reduce((sum, one) => sum + one.units.length, 0)).toBe(units);
          expect(unique + shared.length).toBe(distinct);
          const times = (uses: readonly { times: number }[]) => uses.reduce((sum, use) => sum + use.times, 0);
          expect(times(named)).toBe(times(categories));
          const joins = operators.filter(({ operator }) => ['or', 'and', 'and-not'].includes(operator));
          expect(times(named)).toBe(times(joins) + units);
          for (const use of [...named, ...categories]) expect(use.units).toBeLessThanOrEqual(use.times);
        }
      }),
    );
  });
});
