import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlateClasses } from '../../../src/engine/analysis/class-correlations.ts';
import type { HighestValues } from '../../../src/engine/analysis/class-correlations.ts';
import { classAnalysis } from '../../../src/engine/analysis/class-units.ts';
import { pearson } from '../../../src/engine/statistics/correlation.ts';
import { layer, without } from './support/made-layer.ts';

/** Rows of numbers, a row a unit. */
function valuesOf(rows: readonly (readonly number[])[], sampleCount = rows[0]?.length ?? 0): HighestValues {
  return { unitCount: rows.length, sampleCount, highest: Float32Array.from(rows.flat()) };
}

/** Units and classes over the same samples; some of these were not read, and small whole numbers often make a row constant. */
const randomRows = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 3 })).chain(([read, unread]) => {
  const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.float({ noNaN: true, min: -50, max: 50 }));
  const row = fc
    .array(value, { minLength: read, maxLength: read })
    .map((some) => [...some.slice(0, 2), ...Array.from({ length: unread }, () => NaN), ...some.slice(2)]);
  const rows = fc.array(row, { minLength: 1, maxLength: 9 });
  return fc.record({ units: rows, classes: rows, read: fc.constant(read) });
});

describe('correlations of units and classes', () => {
  it("are Pearson's r of each two, over the samples read", () => {
    fc.assert(
      fc.property(randomRows, ({ units, classes, read }) => {
        const { samples, r } = correlateClasses(valuesOf(units), valuesOf(classes));
        expect(samples).toBe(read);
        expect(r).toHaveLength(units.length * classes.length);
        const numbers = (row: readonly number[]) => row.filter((value) => !Number.isNaN(value)).map(Math.fround);
        for (const [unit, xs] of units.entries()) {
          for (const [place, ys] of classes.entries()) {
            const twin = pearson(numbers(xs), numbers(ys));
            const found = r[unit * classes.length + place];
            if (twin) expect(found).toBeCloseTo(twin.r, 5);
            else expect(found).toBeNaN();
          }
        }
      }),
    );
  });

  it('of some units are those of all', () => {
    fc.assert(
      fc.property(randomRows, fc.nat(), fc.nat(), ({ units, classes }, one, other) => {
        const ends = [one, other].map((end) => end % (units.length + 1));
        const [first, end] = [Math.min(...ends), Math.max(...ends)];
        const [all, some] = [undefined, [first, end] as const].map(
          (range) => correlateClasses(valuesOf(units), valuesOf(classes), range).r,
        );
        const shown = (values: Float32Array) => Array.from(values, (value) => value.toFixed(6));
        expect(shown(some)).toEqual(shown(all.subarray(first * classes.length, end * classes.length)));
      }),
    );
  });

  it('leave out what is the same on all samples, or no finite number on one', () => {
    const units = [
      [1, 2, 3, 5],
      [2, 2, 2, 2],
      [1, -Infinity, 3, 4],
    ];
    const { samples, r } = correlateClasses(
      valuesOf(units),
      valuesOf([
        [1, 2, 3, 5],
        [0, 0, 0, 0],
        [1, 2, Infinity, 3],
      ]),
    );
    expect(samples).toBe(4);
    expect([...r]).toEqual([1, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN]);
  });

  it('need three samples', () => {
    expect([...correlateClasses(valuesOf([[1, 2]]), valuesOf([[2, 1]])).r]).toEqual([NaN]);
    expect([...correlateClasses(valuesOf([[1, 2, 3]]), valuesOf([[2, 1, 0]])).r]).toEqual([-1]);
  });

  it('are of the same samples', () => {
    const wrong = () => correlateClasses(valuesOf([[1, 2, 3]]), valuesOf([[1, 2]]));
    expect(wrong).toThrow(new RangeError('units and classes are of different samples'));
  });

  it('find the unit that decides a class, and the one that holds it back', () => {
    const samples = 200;
    const noise = (seed: number) =>
      Array.from({ length: samples }, (_, at) => Math.sin(seed * 37.7 + at * (seed + 2.3)));
    const units = Array.from({ length: 24 }, (_, unit) => noise(unit));
    const classes = [
      noise(90).map((value, at) => value + 4 * units[17][at] - 3 * units[5][at]),
      noise(91).map((value, at) => value + 4 * units[2][at]),
    ];
    const results = layer(
      units.map((_, unit) => without(unit, 'unrelated')),
      1,
      { names: ['river', 'street'], weights: null, predicted: [] },
    );
    const found = classAnalysis(results, correlateClasses(valuesOf(units), valuesOf(classes)));
    expect(found?.classes[0].push[0]).toMatchObject({ unit: 17, place: 0 });
    expect(found?.classes[0].hold[0]).toMatchObject({ unit: 5, place: 0 });
    expect(found?.classes[1].push[0]).toMatchObject({ unit: 2, place: 1 });
    expect(found?.units[17].push[0]).toMatchObject({ unit: 17, place: 0 });
  });
});
