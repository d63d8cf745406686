import { describe, expect, it } from 'vitest';
import { pearson, spearman } from '../../../src/engine/statistics/correlation.ts';
import { mcnemarExact } from '../../../src/engine/statistics/mcnemar.ts';
import { normalTwoSided, studentTwoSided } from '../../../src/engine/statistics/distributions.ts';
import { pairedT } from '../../../src/engine/statistics/paired-t.ts';
import { quantile } from '../../../src/engine/statistics/quantile.ts';
import { wilcoxon } from '../../../src/engine/statistics/wilcoxon.ts';
import { wilsonInterval } from '../../../src/engine/statistics/wilson.ts';
import fixture from '../fixtures/statistics.json' with { type: 'json' };

/** Says how far a number is from scipy's, as a share of it. */
const off = (found: number | undefined, wanted: number): number =>
  wanted === 0 ? Math.abs(found ?? NaN) : Math.abs((found ?? NaN) / wanted - 1);

const EXACT = 1e-10;
const STUDENT = 1e-6;

describe(`statistics as ${fixture.made} has them`, () => {
  it('quantiles', () => {
    for (const { values, shares, quantiles } of fixture.quantiles) {
      const sorted = values.toSorted((a, b) => a - b);
      shares.forEach((share, at) => expect(off(quantile(sorted, share), quantiles[at])).toBeLessThan(EXACT));
    }
  });

  it.each(fixture.tests.map((test) => ({ ...test, pairs: test.first.length })))(
    'tests of $pairs pairs',
    ({ first, second, ...wanted }) => {
      const signed = wilcoxon(first, second);
      expect(signed?.statistic).toBe(wanted.wilcoxon.statistic);
      expect(off(signed?.p, wanted.wilcoxon.p)).toBeLessThan(EXACT);
      const student = pairedT(first, second);
      expect(student?.df).toBe(wanted.pairedT.df);
      expect(off(student?.t, wanted.pairedT.t)).toBeLessThan(EXACT);
      expect(off(student?.p, wanted.pairedT.p)).toBeLessThan(STUDENT);
    },
  );

  it('has tests by every way there is to p', () => {
    const ways = fixture.tests.map(({ first, second }) => {
      const { method, zeros } = wilcoxon(first, second) ?? {};
      return `${method} ${(zeros ?? 0) > 0 ? 'with' : 'without'} zeros`;
    });
    expect([...new Set(ways)].sort()).toEqual([
      'exact with zeros',
      'exact without zeros',
      'normal with zeros',
      'normal without zeros',
    ]);
  });

  it.each(fixture.correlations.map((one) => ({ ...one, n: one.x.length })))(
    'correlations of $n pairs',
    ({ x, y, n, ...wanted }) => {
      for (const [found, { r, p }] of [
        [pearson(x, y), wanted.pearson],
        [spearman(x, y), wanted.spearman],
      ] as const) {
        expect(found?.n).toBe(n);
        expect(off(found?.r, r)).toBeLessThan(EXACT);
        expect(off(found?.p, p)).toBeLessThan(STUDENT);
      }
    },
  );

  it.each(fixture.shares)('the interval of $hits of $of', ({ hits, of, low, high }) => {
    const found = wilsonInterval(hits, of);
    expect(found?.low).toBeCloseTo(low, 12);
    expect(found?.high).toBeCloseTo(high, 12);
  });

  it.each(fixture.tails)('the tails beyond $value, df $df', ({ value, df, p }) => {
    const found = df === null ? normalTwoSided(value) : studentTwoSided(value, df);
    expect(off(found, p)).toBeLessThan(df === null ? EXACT : STUDENT);
  });

  it.each(fixture.turned)('the exact test of $one against $other', ({ one, other, p }) => {
    expect(off(mcnemarExact(one, other) ?? NaN, p)).toBeLessThan(EXACT);
  });
});
