import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import { noFilter } from '../../src/state/unit-rows.ts';
import { bins, countInto } from '../../src/figures/charts/bins.ts';
import { binAt } from '../../src/figures/charts/iou-histogram-options.ts';
import { spread } from '../../src/figures/charts/spread.ts';
import { CalmText } from '../../src/ui/pages/layer/calm-text.svelte.ts';
import { filterChips } from '../../src/ui/pages/layer/filter-chips.ts';
import { conceptsNamed, lastWord, withoutLastWord } from '../../src/ui/pages/layer/find-concepts.ts';
import { comparedName } from '../../src/ui/text/compared-name.ts';
import { fakeConcepts } from './fake-data.ts';

const numbered = (name: string): number => fakeConcepts.findIndex((concept) => concept.name === name);

describe('filterChips', () => {
  it('has one for each filter that is set, and each takes its own away', () => {
    const filter = {
      ...noFilter,
      uses: numbered('water'),
      find: 'sky',
      category: 'part',
      operator: 'and-not',
      state: 'silent',
      from: 0.1,
      to: 0.25,
    };
    const chips = filterChips(filter, fakeConcepts);
    expect(chips.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'uses water',
      'text sky',
      'category part',
      'operator AND NOT',
      'state silent',
      'IoU 0.1 to 0.25',
    ]);
    expect(Object.assign({ ...filter }, ...chips.map(({ without }) => without))).toEqual(noFilter);
    expect(filterChips(noFilter, fakeConcepts)).toEqual([]);
  });
});

describe('the search for concepts', () => {
  it.each([
    ['wat', 'wat', ''],
    ['12', '', ''],
    ['blue wat', 'wat', 'blue'],
    ['uses:traffic li', 'traffic li', ''],
    ['blue uses:"traffic li', 'traffic li', 'blue'],
    ['', '', ''],
  ])('%j ends with %j', (find, last, rest) => {
    expect(lastWord(find)).toBe(last);
    expect(withoutLastWord(find)).toBe(rest);
  });

  it('puts names that start with the text first, then those used more', () => {
    const users = new Map([[numbered('lighthouse'), 9]]);
    const names = (text: string): string[] => conceptsNamed(text, fakeConcepts, users).map(({ name }) => name);
    expect(names('light')).toEqual(['lighthouse', 'traffic light']);
    expect(names('house')).toEqual(['house', 'lighthouse']);
    expect(names('')).toEqual([]);
  });
});

describe('comparedName', () => {
  const base = {
    key: 'a',
    layer: 'conv1',
    madeAt: '2026-11-23T10:00:00Z',
    settings: defaultSettings,
    unitRange: [0, 9] as const,
    samplesRead: 100,
  };

  it('is the layer where that is enough, and otherwise says what differs', () => {
    const other = { ...base, key: 'b', layer: 'conv2' };
    const longer = { ...base, key: 'c', settings: { ...defaultSettings, length: 9 } };
    expect(comparedName(other, [base, other])).toBe('conv2');
    expect(comparedName(longer, [base, other, longer])).toBe('conv1, length 9');
    const fewer = { ...base, key: 'd', samplesRead: 50 };
    expect(comparedName(fewer, [base, fewer])).toBe('conv1, 50 samples');
  });
});

describe('spread', () => {
  it('agrees with counting: no more than the share lies below, and no more than the rest above', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
        const { least, lower, median, upper, most, mean } = spread(values);
        expect([least, lower, median, upper, most]).toEqual([least, lower, median, upper, most].sort((a, b) => a - b));
        expect([least, most]).toEqual([Math.min(...values), Math.max(...values)]);
        for (const [share, at] of [
          [0.25, lower],
          [0.5, median],
          [0.75, upper],
        ]) {
          expect(values.filter((value) => value < at - 1e-12).length).toBeLessThanOrEqual(
            share * (values.length - 1) + 1,
          );
          expect(values.filter((value) => value > at + 1e-12).length).toBeLessThanOrEqual(
            (1 - share) * (values.length - 1) + 1,
          );
        }
        expect(mean).toBeGreaterThanOrEqual(least - 1e-12);
        expect(mean).toBeLessThanOrEqual(most + 1e-12);
      }),
    );
    expect(spread([1, 2, 3, 4])).toEqual({ least: 1, lower: 1.75, median: 2.5, mean: 2.5, upper: 3.25, most: 4 });
  });
});

describe('the histogram', () => {
  it('counts some of the values in the bins of all of them', () => {
    const all = bins([0.1, 0.2, 0.31, 0.31], 10);
    const some = countInto(all, [0.2, 0.31]);
    expect(some.map(({ from, to }) => [from, to])).toEqual(all.map(({ from, to }) => [from, to]));
    expect(some.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  });

  it('finds the bin under the pointer, and the nearest one beside the bars', () => {
    expect(binAt(32, 400, 10)).toBe(0);
    expect(binAt(0, 400, 10)).toBe(0);
    expect(binAt(32 + 0.5 * (400 - 44), 400, 10)).toBe(5);
    expect(binAt(400, 400, 10)).toBe(9);
  });
});

describe('CalmText', () => {
  it('follows at most every ten seconds, and at once where something new begins', () => {
    const calm = new CalmText();
    const said: string[] = [];
    const tell = (text: string, milestone: string, at: number): void => {
      calm.tell(text, milestone, at);
      said.push(calm.text);
    };
    tell('1 of 9', 'model', 0);
    tell('2 of 9', 'model', 4000);
    tell('3 of 9', 'model', 11_000);
    tell('0 of 5', 'search', 12_000);
    tell('1 of 5', 'search', 13_000);
    expect(said).toEqual(['1 of 9', '1 of 9', '3 of 9', '0 of 5', '0 of 5']);
  });
});
