import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthAnalysis } from '../../../src/engine/analysis/lengths.ts';
import { explained, is, layer, or, randomLayer, without } from './support/made-layer.ts';

const growing = (unit: number, ious: readonly number[]) =>
  explained(
    unit,
    ious.map((iou) => [is(0), iou]),
  );

describe('IoU against length', () => {
  it('has every explained unit at every length', () => {
    const units = [
      explained(0, [
        [is(0), 0.1],
        [or(is(0), is(1)), 0.2],
      ]),
      without(1, 'constant'),
      explained(2, [[is(2), 0.3]]),
      { ...explained(3, [[is(0), 0]]), state: 'too-few' as const },
    ];
    const { lengths, ...found } = lengthAnalysis(layer(units, 3));
    expect(found.units).toEqual([0, 2]);
    expect(lengths.map(({ length, ious }) => [length, ious])).toEqual([
      [1, [0.1, 0.3]],
      [2, [0.2, 0.3]],
      [3, [0.2, 0.3]],
    ]);
    expect(lengths.map(({ spread }) => spread?.mean)).toEqual([0.2, 0.25, 0.25]);
    expect(lengths.map(({ increase }) => Math.round(increase ?? NaN))).toEqual([0, 25, 25]);
    expect(found.tests?.wilcoxon).toEqual({ statistic: 0, p: 1, pairs: 2, zeros: 1, method: 'exact' });
    expect(found.tests?.pairedT?.t).toBeCloseTo(1, 12);
    expect(found.flatFrom).toBe(2);
  });

  it('says from where it is flat', () => {
    const flat = (ious: readonly number[]) => lengthAnalysis(layer([growing(0, ious)], ious.length)).flatFrom;
    expect(flat([0.1])).toBeNull();
    expect(flat([0.1, 0.2])).toBeNull();
    expect(flat([0.1, 0.2, 0.2])).toBe(2);
    expect(flat([0.1, 0.1, 0.1])).toBe(1);
    expect(flat([0.1, 0.1001, 0.2, 0.2019])).toBe(3);
    expect(flat([0.1, 0.1001, 0.2, 0.2021])).toBeNull();
    expect(flat([0, 0, 0])).toBe(1);
  });

  it('says nothing of what cannot be said', () => {
    expect(lengthAnalysis(layer([without(0, 'unrelated')], 2))).toEqual({
      units: [],
      lengths: [1, 2].map((length) => ({ length, ious: [], spread: null, increase: null })),
      tests: { length: 2, wilcoxon: null, pairedT: null },
      flatFrom: null,
    });
    const { lengths, tests } = lengthAnalysis(layer([growing(0, [0])], 1));
    expect(lengths[0].increase).toBeNull();
    expect(tests).toBeNull();
  });

  it('agrees with means by hand', () => {
    fc.assert(
      fc.property(randomLayer, (results) => {
        const { units, lengths, flatFrom, tests } = lengthAnalysis(results);
        const means = lengths.map(({ ious, spread }, at) => {
          const wanted = units.map((unit) => {
            const { best, byLength } = results.units[unit];
            return (byLength[at] ?? best).iou;
          });
          expect(ious).toEqual(wanted);
          const middle = wanted.reduce((sum, iou) => sum + iou, 0) / wanted.length;
          if (spread) expect(spread.mean).toBeCloseTo(middle, 12);
          return middle;
        });
        const flat = means.flatMap((_, at) => {
          const rest = means.slice(at);
          const still = rest.slice(1).every((mean, step) => mean <= rest[step] || mean < 1.01 * rest[step]);
          return still && rest.length > 1 ? [at + 1] : [];
        });
        expect(flatFrom).toBe(units.length > 0 ? (flat.at(0) ?? null) : null);
        const moved = units.filter((_, at) => lengths[0].ious[at] !== lengths.at(-1)?.ious[at]);
        expect((tests?.wilcoxon ?? null) !== null).toBe(moved.length > 0);
      }),
    );
  });
});
