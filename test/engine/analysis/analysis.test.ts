import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysisOf } from '../../../src/engine/analysis/analysis.ts';
import { tallyUnits } from '../../../src/engine/analysis/unit-tallies.ts';
import { layer, randomClasses } from './support/made-layer.ts';

/** Every number in a tree of objects and lists. */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('the analysis of a layer', () => {
  it('has nothing that JSON cannot hold', () => {
    fc.assert(
      fc.property(randomClasses, fc.boolean(), ({ results, gold, firing }, withTallies) => {
        const analysis = analysisOf(results, withTallies ? tallyUnits(results, gold, firing) : null);
        const numbers = numbersIn(analysis);
        expect(numbers.length).toBeGreaterThan(0);
        expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
        if (!withTallies) expect(analysis.accuracy).toBeNull();
      }),
    );
  });

  it('is made of a layer without units too', () => {
    const { lengths, uniqueness, accuracy, classes } = analysisOf(layer([], 1), null);
    expect(lengths.units).toEqual([]);
    expect(uniqueness.units).toBe(0);
    expect([accuracy, classes]).toEqual([null, null]);
  });
});
