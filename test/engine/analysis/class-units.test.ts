import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classAnalysis,
  classesOfUnit,
  correlationLinks,
  largestWeight,
} from '../../../src/engine/analysis/class-units.ts';
import type { UnitId } from '../../../src/engine/ids.ts';
import { explained, is, layer, randomClasses, without } from './support/made-layer.ts';

const unitId = (unit: number): UnitId => unit as UnitId;
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
    expect(found).toMatchObject({ by: 'weight', samples: null, names: ['river', 'street'] });
    expect(found?.classes).toEqual([
      {
        ...{ place: 0, name: 'river' },
        push: [
          { unit: 0, place: 0, value: 5, iou: 0.2 },
          { unit: 3, place: 0, value: 1, iou: null },
        ],
        hold: [{ unit: 2, place: 0, value: -4, iou: null }],
      },
      {
        ...{ place: 1, name: 'street' },
        push: [
          { unit: 3, place: 1, value: 3, iou: null },
          { unit: 1, place: 1, value: 2, iou: null },
        ],
        hold: [{ unit: 0, place: 1, value: -1, iou: 0.2 }],
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
          expect(push.map(({ value }) => value)).toEqual(column.filter((weight) => weight > 0).slice(0, 10));
          expect(hold.map(({ value }) => value)).toEqual(
            column
              .filter((weight) => weight < 0)
              .reverse()
              .slice(0, 10),
          );
        }
        for (const { unit, push, hold } of found?.units ?? []) {
          const row = weights[unit].toSorted((a, b) => b - a);
          expect(push.map(({ value }) => value)).toEqual(row.filter((weight) => weight > 0).slice(0, 10));
          expect(hold.map(({ value }) => value)).toEqual(
            row
              .filter((weight) => weight < 0)
              .reverse()
              .slice(0, 10),
          );
          for (const one of [...push, ...hold]) expect(one.value).toBe(weights[unit][one.place]);
        }
      }),
    );
  });

  it('are by correlation where there are no weights, and by weight where there are', () => {
    const r = Float32Array.of(0.5, NaN, -1, 0.25, 0, 0.75);
    const units = [explained(1, [[is(0), 0.2]])];
    const [names, correlations] = [['river', 'street'], { samples: 9, r }];
    const found = classAnalysis(layer(units, 1, classes(names, null)), correlations);
    expect(found).toMatchObject({ by: 'correlation', samples: 9, names });
    expect(found?.classes.map(({ push, hold }) => [push, hold].map((some) => some.map(({ unit }) => unit)))).toEqual([
      [[0], [1]],
      [[2, 1], []],
    ]);
    expect(found?.units).toEqual([
      {
        unit: 1,
        push: [{ unit: 1, place: 1, value: 0.25, iou: 0.2 }],
        hold: [{ unit: 1, place: 0, value: -1, iou: 0.2 }],
      },
    ]);
    expect(classAnalysis(layer(units, 1, classes(names, [[1, 2]])), correlations)?.by).toBe('weight');
    expect(classAnalysis(layer(units, 1), correlations)).toBeNull();
  });

  it('of one unit are those of all units', () => {
    const r = Float32Array.of(0.5, -0.5, 0.25, 0.75);
    const named = classes(['river', 'street'], null);
    const whole = correlationLinks(named, { samples: 9, r });
    const alone = correlationLinks(named, { samples: 9, r: r.subarray(2) }, 1);
    expect([alone, whole].map(({ unitCount }) => unitCount)).toEqual([2, 2]);
    for (const place of [0, 1]) expect(alone.value(1, place)).toBe(whole.value(1, place));
    expect(alone.value(0, 0)).toBeNaN();
    expect(whole.value(2, 0)).toBeNaN();
    expect(classesOfUnit(alone, unitId(1), new Map())).toEqual(classesOfUnit(whole, unitId(1), new Map()));
  });

  it('have a largest weight, whatever its sign', () => {
    const weights = [
      [1, -7],
      [NaN, Infinity],
    ];
    expect(largestWeight(classes(['river', 'street'], weights))).toBe(7);
    expect(largestWeight(classes(['river'], null))).toBe(0);
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
