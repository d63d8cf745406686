import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyAnalysis } from '../../../src/engine/analysis/accuracy.ts';
import { tallyUnits, type UnitTallies } from '../../../src/engine/analysis/unit-tallies.ts';
import type { UnitId } from '../../../src/engine/ids.ts';
import { accuracyOn } from '../../../src/engine/results/class-accuracy.ts';
import { explained, is, layer, randomClasses, without } from './support/made-layer.ts';

const tallies = (units: readonly (readonly [firing: number, compared: number, right: number])[]): UnitTallies => ({
  overall: { compared: 400, right: 300 },
  withoutGold: 7,
  withoutClass: 3,
  units: units.map(([firing, compared, right], unit) => ({ unit: unit as UnitId, firing, compared, right })),
});

describe('accuracy where units fire', () => {
  it('is counted as on any samples', () => {
    fc.assert(
      fc.property(randomClasses, ({ results, gold, firing }) => {
        const { classes } = results;
        if (!classes) throw new Error('There are classes.');
        const found = tallyUnits(results, gold, firing);
        const overall = accuracyOn(gold.keys(), gold, classes);
        if (!overall || overall.of === 0) {
          expect(found).toBeNull();
          return;
        }
        expect(found?.overall).toEqual({ compared: overall.of, right: overall.right });
        expect((found?.withoutGold ?? 0) + (found?.withoutClass ?? 0)).toBe(overall.withoutGold);
        const wanted = results.units.map(({ unit }) => {
          const { of, right } = accuracyOn(firing(unit), gold, classes) ?? { of: NaN, right: NaN };
          return { unit, firing: firing(unit).length, compared: of, right };
        });
        expect(found?.units).toEqual(wanted);
      }),
    );
  });

  it('cannot be said without predictions, without gold labels, with none of the classes', () => {
    const units = [explained(0, [[is(0), 0.1]])];
    const classes = { names: ['river', 'street'], weights: null, predicted: [0, 1] };
    const none = (): number[] => [];
    expect(tallyUnits(layer(units, 1), ['river', 'street'], none)).toBeNull();
    expect(tallyUnits(layer(units, 1, classes), [null, null], none)).toBeNull();
    expect(tallyUnits(layer(units, 1, classes), ['lake', 'lake'], none)).toBeNull();
    expect(tallyUnits(layer(units, 1, classes), ['River', null], none)).toEqual({
      overall: { compared: 1, right: 1 },
      withoutGold: 1,
      withoutClass: 0,
      units: [{ unit: 0, firing: 0, compared: 0, right: 0 }],
    });
  });
});

describe('interpretability and accuracy', () => {
  const units = [
    ...[0.1, 0.2, 0.3, 0.4].map((iou, unit) =>
      explained(unit, [
        [is(0), 0.05 * (4 - unit)],
        [is(0), iou],
      ]),
    ),
    without(4, 'constant'),
    without(5, 'unrelated'),
    explained(6, [[is(0), 0.9]]),
    explained(7, [[is(0), 0.9]]),
  ];
  const counts = tallies([
    ...[10, 12, 14, 16].map((right) => [25, 20, right] as const),
    [0, 0, 0],
    [50, 50, 50],
    [0, 0, 0],
    [90, 19, 19],
  ]);

  it('finds what was planted, at each length', () => {
    const { lengths, points, ...found } = accuracyAnalysis(layer(units, 2), counts);
    expect(points.map(({ unit, iou, accuracy }) => [unit, iou, accuracy])).toEqual([
      [0, 0.1, 0.5],
      [1, 0.2, 0.6],
      [2, 0.3, 0.7],
      [3, 0.4, 0.8],
    ]);
    expect(points[0].interval.low).toBeCloseTo(0.2993, 4);
    expect(points[0].interval.high).toBeCloseTo(0.7007, 4);
    expect(lengths.map(({ length, pearson, spearman }) => [length, pearson?.r, spearman?.r, pearson?.n])).toEqual([
      [1, expect.closeTo(-1, 12), expect.closeTo(-1, 12), 4],
      [2, expect.closeTo(1, 12), expect.closeTo(1, 12), 4],
    ]);
    expect(found).toMatchObject({
      least: 20,
      accuracy: 0.75,
      withoutGold: 7,
      withoutClass: 3,
      overall: { compared: 400, right: 300 },
    });
  });

  it('says which units it leaves out, and why', () => {
    const { leftOut } = accuracyAnalysis(layer(units, 2), counts);
    expect(leftOut.map(({ unit, why }) => [unit, why])).toEqual([
      [4, 'fires-nowhere'],
      [5, 'not-explained'],
      [6, 'fires-nowhere'],
      [7, 'few'],
    ]);
    expect(accuracyAnalysis(layer(units, 2), counts, 21).points).toEqual([]);
    expect(accuracyAnalysis(layer(units, 2), counts, 19).points.map(({ unit }) => unit)).toEqual([0, 1, 2, 3, 7]);
  });

  it('has no r of fewer than three units', () => {
    const { lengths } = accuracyAnalysis(
      layer(units.slice(0, 2), 2),
      tallies([
        [20, 20, 3],
        [20, 20, 9],
      ]),
    );
    expect(lengths).toEqual([1, 2].map((length) => ({ length, pearson: null, spearman: null })));
  });
});
