import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchLabels, type LabelMatch } from '../../../src/engine/analysis/class-match.ts';
import { tallyUnits } from '../../../src/engine/analysis/unit-tallies.ts';
import type { UnitId } from '../../../src/engine/ids.ts';
import { labelOf } from '../../../src/engine/results/class-accuracy.ts';
import { explained, is, layer } from './support/made-layer.ts';

const found = (matches: readonly LabelMatch[]) =>
  Object.fromEntries(matches.map(({ label, places, by }) => [label, [...places, by]]));

describe('the class of a gold label', () => {
  it('is one of the same name, as names are compared', () => {
    const names = ['/t/taxi_rank', 'Harbour', 'crane', 'crane', 'street'];
    expect(found(matchLabels(['taxi rank', 'HARBOUR', 'crane', 'lake', null], names))).toEqual({
      'taxi rank': [0, 'name'],
      HARBOUR: [1, 'name'],
      crane: [2, 3, 'name'],
      lake: ['nothing'],
    });
  });

  it('is the only one that shares one of several names', () => {
    const names = ['tench, Tinca tinca', 'crane, bird', 'crane', 'maillot', 'maillot, tank suit'];
    const gold = ['Tinca tinca', 'bird', 'tank suit', 'tench, doctor fish', 'maillot, swimsuit'];
    expect(found(matchLabels(gold, names))).toEqual({
      'Tinca tinca': [0, 'synonym'],
      bird: [1, 'synonym'],
      'tank suit': [4, 'synonym'],
      'tench, doctor fish': [0, 'synonym'],
      'maillot, swimsuit': ['nothing'],
    });
  });

  it('is the one of that number, where all labels are numbers of classes', () => {
    const names = ['street', 'lake', 'park'];
    expect(found(matchLabels(['2', '0', null], names))).toEqual({ 0: [0, 'number'], 2: [2, 'number'] });
    expect(found(matchLabels(['2', '3'], names))).toEqual({ 2: ['nothing'], 3: ['nothing'] });
    expect(found(matchLabels(['2', 'lake'], names))).toEqual({ 2: ['nothing'], lake: [1, 'name'] });
  });

  it('is what a person says', () => {
    const corrections = new Map([
      ['lake', 0],
      ['park', null],
    ]);
    expect(found(matchLabels(['lake', 'park'], ['street', 'lake', 'park'], corrections))).toEqual({
      lake: [0, 'person'],
      park: ['person'],
    });
  });

  it('is told of every label once, those without a class first', () => {
    const label = fc.constantFrom('street', 'Street', 'lake', 'park', 'sea', 'a, b', null);
    fc.assert(
      fc.property(
        fc.array(label, { maxLength: 30 }),
        fc.uniqueArray(fc.constantFrom('street', 'lake', 'b', 'sea')),
        (gold, names) => {
          const matches = matchLabels(gold, names);
          expect(new Set(matches.map((match) => match.label))).toEqual(new Set(gold.flatMap((one) => one ?? [])));
          expect(matches.reduce((sum, { samples }) => sum + samples, 0)).toBe(
            gold.filter((one) => one !== null).length,
          );
          const without = matches.filter(({ places }) => places.length === 0).length;
          expect(matches.slice(0, without).every(({ places }) => places.length === 0)).toBe(true);
          for (const { label: own, places, by } of matches) {
            const same = [...names.keys()].filter((place) => labelOf(names[place]) === labelOf(own));
            if (same.length > 0) expect({ places, by }).toEqual({ places: same, by: 'name' });
            else expect(by).not.toBe('name');
          }
        },
      ),
    );
  });
});

describe('accuracy with labels that were matched', () => {
  const names = ['street', 'lake', 'park'];
  const place = fc.integer({ min: -1, max: 2 });
  const label = fc.constantFrom('street', 'lake', 'sea', null);
  const said = fc.option(fc.integer({ min: 0, max: 2 }), { nil: null });
  const corrected = fc.dictionary(fc.constantFrom('street', 'sea'), said).map((all) => new Map(Object.entries(all)));

  it('counts what is counted one by one, and leaves out labels of no class', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, label), { maxLength: 40 }), corrected, (samples, corrections) => {
        const classes = { names, weights: null, predicted: samples.map(([one]) => one) };
        const gold = samples.map(([, one]) => one);
        const classOf = (one: string): number | null =>
          corrections.has(one) ? (corrections.get(one) ?? null) : names.includes(one) ? names.indexOf(one) : null;
        const read = samples.filter(([predicted]) => predicted >= 0);
        const labelled = read.flatMap(([predicted, one]) =>
          one === null ? [] : [{ predicted, wanted: classOf(one) }],
        );
        const compared = labelled.filter(({ wanted }) => wanted !== null);
        const firing = [...samples.keys()].filter((sample) => sample % 2 === 0);
        const tallies = tallyUnits(layer([explained(0, [[is(0), 0.1]])], 1, classes), gold, () => firing, corrections);
        if (compared.length === 0) {
          expect(tallies).toBeNull();
          return;
        }
        const right = compared.filter(({ predicted, wanted }) => predicted === wanted).length;
        expect(tallies).toMatchObject({
          overall: { compared: compared.length, right },
          withoutGold: read.length - labelled.length,
          withoutClass: labelled.length - compared.length,
        });
        const here = samples.filter(
          ([predicted, one], at) => at % 2 === 0 && predicted >= 0 && one !== null && classOf(one) !== null,
        );
        expect(tallies?.units).toEqual([
          {
            ...{ unit: 0 as UnitId, firing: firing.length, compared: here.length },
            right: here.filter(([predicted, one]) => classOf(one ?? '') === predicted).length,
          },
        ]);
      }),
    );
  });
});
