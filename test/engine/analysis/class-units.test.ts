import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classAnalysis } from '../../../src/engine/analysis/class-units.ts';
import { explained, is, layer, randomClasses, without } from './support/made-layer.ts';

const classes = (names: readonly string[], weights: readonly (readonly number[])[] | null) => ({
  ...{ names, weights, predicted: [] },
});

describe('classes and units', () => {
  it('finds the unit that decides a class, one that was not asked for too', () => {
    const weights = [
      [5, -1],
      [0, 2],
      [-4, 0],
      [1, 3],
    ];
    const units = [explained(0, [[is(0), 0.2]]), without(2, 'unrelated')];
    const found = classAnalysis(layer(units, 1, classes(['river', 'street'], weights)));
    expect(found?.names).toEqual(['river', 'street']);
    expect(found?.classes).toEqual([
      {
        ...{ place: 0, name: 'river' },
        push: [
          { unit: 0, place: 0, weight: 5, iou: 0.2 },
          { unit: 3, place: 0, weight: 1, iou: null },
        ],
        hold: [{ unit: 2, place: 0, weight: -4, iou: null }],
      },
      {
        ...{ place: 1, name: 'street' },
        push: [
          { unit: 3, place: 1, weight: 3, iou: null },
          { unit: 1, place: 1, weight: 2, iou: null },
        ],
        hold: [{ unit: 0, place: 1, weight: -1, iou: 0.2 }],
      },
    ]);
    expect(found?.units.map(({ unit, push, hold }) => [unit, push.length, hold.length])).toEqual([
      [0, 1, 1],
      [2, 0, 1],
    ]);
  });

  it('are not known without weights; a weight that is no number counts as none', () => {
    expect(classAnalysis(layer([], 1))).toBeNull();
    expect(classAnalysis(layer([], 1, classes(['river'], null)))).toBeNull();
    const found = classAnalysis(layer([], 1, classes(['river'], [[NaN], [Infinity], [2], [-Infinity]])));
    expect(found?.classes[0].push.map(({ unit }) => unit)).toEqual([2]);
    expect(found?.classes[0].hold).toEqual([]);
  });

  it('has at most ten each way, none of those left out further out', () => {
    const random = fc.array(fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 14, maxLength: 14 }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(random, (weights) => {
        const names = Array.from({ length: 14 }, (_, place) => `class ${place}`);
        const units = weights.map((_, unit) => without(unit, 'constant'));
        const found = classAnalysis(layer(units, 1, classes(names, weights)));
        for (const { place, push, hold } of found?.classes ?? []) {
          const column = weights.map((row) => row[place]).sort((a, b) => b - a);
          expect(push.map(({ weight }) => weight)).toEqual(column.filter((weight) => weight > 0).slice(0, 10));
          expect(hold.map(({ weight }) => weight)).toEqual(
            column
              .filter((weight) => weight < 0)
              .reverse()
              .slice(0, 10),
          );
        }
        for (const { unit, push, hold } of found?.units ?? []) {
          const row = weights[unit].toSorted((a, b) => b - a);
          expect(push.map(({ weight }) => weight)).toEqual(row.filter((weight) => weight > 0).slice(0, 10));
          expect(hold.map(({ weight }) => weight)).toEqual(
            row
              .filter((weight) => weight < 0)
              .reverse()
              .slice(0, 10),
          );
          for (const one of [...push, ...hold]) expect(one.weight).toBe(weights[unit][one.place]);
        }
      }),
    );
  });

  it('are of the units of the results', () => {
    fc.assert(
      fc.property(randomClasses, ({ results }) => {
        const found = classAnalysis(results);
        expect(found === null).toBe(!results.classes?.weights);
        if (found) expect(found.units.map(({ unit }) => unit)).toEqual(results.units.map(({ unit }) => unit));
      }),
    );
  });
});
