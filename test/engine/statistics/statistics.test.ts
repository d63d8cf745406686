import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson, spearman } from '../../../src/engine/statistics/correlation.ts';
import { normalTwoSided, studentTwoSided } from '../../../src/engine/statistics/distributions.ts';
import { pairedT } from '../../../src/engine/statistics/paired-t.ts';
import { averageRanks } from '../../../src/engine/statistics/ranks.ts';
import { spreadOf } from '../../../src/engine/statistics/spread.ts';
import { wilcoxon } from '../../../src/engine/statistics/wilcoxon.ts';
import { wilsonInterval } from '../../../src/engine/statistics/wilson.ts';

const few = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 9 });

describe('what is not defined is null', () => {
  it('of no numbers, and of too few', () => {
    expect(spreadOf([])).toBeNull();
    expect(wilcoxon([], [])).toBeNull();
    expect(pairedT([], [])).toBeNull();
    expect(pairedT([1], [2])).toBeNull();
    expect(pearson([1, 2], [3, 5])).toBeNull();
    expect(spearman([1, 2], [3, 5])).toBeNull();
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  it('where nothing varies', () => {
    expect(wilcoxon([1, 2, 3], [1, 2, 3])).toBeNull();
    expect(pairedT([1, 2, 3], [2, 3, 4])).toBeNull();
    expect(pearson([0.1, 0.1, 0.1], [1, 2, 3])).toBeNull();
    expect(spearman([1, 2, 3], [0.1, 0.1, 0.1])).toBeNull();
  });
});

describe('Wilcoxon', () => {
  it('has the p of all ways of giving signs, with ties and zeros', () => {
    fc.assert(
      fc.property(few, (differences) => {
        const found = wilcoxon(
          differences.map(() => 0),
          differences,
        );
        const sizes = differences.filter((difference) => difference !== 0).map(Math.abs);
        expect(found === null).toBe(sizes.length === 0);
        if (found === null) return;
        const ranks = sizes.map(
          (size) =>
            sizes.filter((other) => other < size).length + (sizes.filter((other) => other === size).length + 1) / 2,
        );
        const total = ranks.reduce((sum, rank) => sum + rank, 0);
        const farther = Array.from({ length: 2 ** sizes.length }, (_, signs) => {
          const positive = ranks.reduce((sum, rank, at) => ((signs >> at) & 1 ? sum + rank : sum), 0);
          return Math.min(positive, total - positive) <= found.statistic;
        });
        const share = farther.filter(Boolean).length / farther.length;
        expect(found).toMatchObject({
          method: 'exact',
          pairs: differences.length,
          zeros: differences.length - sizes.length,
        });
        expect(found.p).toBeCloseTo(share, 12);
      }),
    );
  });

  it('is the same the other way round', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.25, 0.5)), {
          maxLength: 70,
        }),
        (both) => {
          const [first, second] = [both.map(([one]) => one), both.map(([, other]) => other)];
          expect(wilcoxon(first, second)).toEqual(wilcoxon(second, first));
        },
      ),
    );
  });
});

describe('the paired t-test', () => {
  it('is above 0 where the second is larger', () => {
    expect(pairedT([0, 0, 0], [1, 2, 3])).toMatchObject({ df: 2, meanDifference: 2 });
    expect(pairedT([0, 0, 0], [1, 2, 3])?.t).toBeCloseTo(2 * Math.sqrt(3), 12);
    expect(pairedT([1, 2, 3], [0, 0, 0])?.t).toBeCloseTo(-2 * Math.sqrt(3), 12);
  });
});

describe('correlations', () => {
  it('are 1 and -1 on a line, with p 0', () => {
    expect(pearson([1, 2, 4], [2, 4, 8])).toEqual({ r: 1, p: 0, n: 3 });
    expect(pearson([1, 2, 4], [-2, -4, -8])).toEqual({ r: -1, p: 0, n: 3 });
    expect(spearman([1, 2, 3, 4], [1, 10, 100, 1000])?.r).toBeCloseTo(1, 14);
  });

  it('do not change with scale and place', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 3,
    });
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), (both, scale, shift) => {
        const [xs, ys] = [both.map(([x]) => x), both.map(([, y]) => y)];
        const found = pearson(xs, ys);
        const moved = pearson(
          xs.map((x) => scale * x + shift),
          ys.map((y) => -y),
        );
        expect(moved === null).toBe(found === null);
        expect(moved?.r ?? 0).toBeCloseTo(-(found?.r ?? 0), 12);
        const grown = spearman(
          xs.map((x) => x ** 3),
          ys,
        );
        expect(grown).toEqual(spearman(xs, ys));
      }),
    );
  });
});

describe('ranks', () => {
  it('are one more than the numbers below, and half of the other equal ones', () => {
    fc.assert(
      fc.property(few, (values) => {
        const { ranks, ties } = averageRanks(values);
        const same = (value: number): number => values.filter((other) => other === value).length;
        const wanted = values.map((value) => values.filter((other) => other < value).length + (same(value) + 1) / 2);
        expect(ranks).toEqual(wanted);
        const tied = [...new Set(values)].map(same).filter((count) => count > 1);
        expect(ties.toSorted()).toEqual(tied.toSorted());
      }),
    );
  });
});

describe('spread', () => {
  it('has whiskers at numbers, outliers beyond them', () => {
    expect(spreadOf([3, 1, 2, 4, 100])).toEqual({
      ...{
        least: 1,
        lowerWhisker: 1,
        lowerQuartile: 2,
        median: 3,
        upperQuartile: 4,
        upperWhisker: 4,
        most: 100,
        mean: 22,
      },
    });
  });

  it('keeps its order', () => {
    fc.assert(
      fc.property(few, (values) => {
        const spread = spreadOf(values);
        if (!spread) throw new Error('There are numbers.');
        const { least, lowerWhisker, lowerQuartile, median, upperQuartile, upperWhisker, most } = spread;
        for (const ordered of [
          [least, lowerWhisker, upperWhisker, most],
          [least, lowerQuartile, median, upperQuartile, most],
        ])
          expect(ordered.toSorted((a, b) => a - b)).toEqual(ordered);
        expect(values).toContain(lowerWhisker);
        expect(values).toContain(upperWhisker);
      }),
    );
  });
});

describe('intervals and tails', () => {
  it('have the share inside', () => {
    fc.assert(
      fc.property(fc.nat({ max: 400 }), fc.integer({ min: 1, max: 400 }), (some, of) => {
        const hits = Math.min(some, of);
        const { low, high } = wilsonInterval(hits, of) ?? { low: NaN, high: NaN };
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(hits / of);
        expect(high).toBeGreaterThanOrEqual(hits / of);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('end at 0, without a jump where they are summed up otherwise', () => {
    expect(normalTwoSided(Infinity)).toBe(0);
    expect(normalTwoSided(1000)).toBe(0);
    expect(studentTwoSided(Infinity, 3)).toBe(0);
    expect(studentTwoSided(-2, 3)).toBe(studentTwoSided(2, 3));
    expect(normalTwoSided(2.9999999999) / normalTwoSided(3)).toBeCloseTo(1, 8);
  });
});
