import { describe, expect, it } from 'vitest';
import { columnNames, pairColumns, printColumns } from '../../src/state/columns.ts';
import { columnInfoOf } from '../../src/ui/pages/layer/column-info.ts';
import { nearConcepts } from '../../src/ui/pages/concept/near-concepts.ts';
import { conceptsByCategory } from '../../src/ui/pair/concepts-by-category.ts';
import { linesFor, mostLines, roomIn, tileHeightOf } from '../../src/ui/pair/tile-lines.ts';
import { accuracyOn, betterOrder, predictedName } from '../../src/engine/results/class-accuracy.ts';
import { pushText } from '../../src/ui/text/class-weights.ts';
import { signedText } from '../../src/figures/text/numbers.ts';
import { tagName } from '../../src/ui/text/tag-names.ts';
import { FakePairEvidence } from './fake-pair-evidence.ts';
import { called, fakePairResults, pairConcepts, pairs } from './fake-pair-results.ts';

const classes = { names: ['Entailment', 'neutral', 'contradiction'], weights: null, predicted: [0, 1, 2, -1, 0] };

describe('the accuracy of a model', () => {
  it('counts pairs with a gold label and a prediction', () => {
    const gold = ['entailment', 'contradiction', null, 'neutral', 'entailment'];
    expect(accuracyOn([0, 1, 2, 3, 4], gold, classes)).toEqual({ right: 2, of: 3, withoutGold: 1 });
    expect(accuracyOn([2], gold, classes)).toEqual({ right: 0, of: 0, withoutGold: 1 });
    expect([0, 3, 9].map((sample) => predictedName(classes, sample))).toEqual(['Entailment', null, null]);
  });

  it('is not told where classes have other names than gold labels', () => {
    const numbered = { ...classes, names: ['0', '1', '2'] };
    expect(accuracyOn([0], ['entailment', null, null, null, null], numbered)).toBeNull();
    expect(accuracyOn([0], [null, null, null, null, null], numbered)).toEqual({ right: 0, of: 0, withoutGold: 1 });
  });

  it('is the share counted one by one', () => {
    const gold = pairs.map((pair) => pair.gold);
    const { predicted = [], names = [] } = fakePairResults.classes ?? {};
    const right = gold.filter((label, sample) => label !== null && names[predicted[sample]] === label).length;
    const made = { ...classes, names, predicted };
    expect(accuracyOn(gold.keys(), gold, made)).toMatchObject({ right, of: gold.filter((label) => label).length });
  });
});

describe('class weights', () => {
  const weigh = (...weights: number[]): { name: string; weight: number }[] =>
    weights.map((weight, at) => ({ name: classes.names[at], weight }));

  it.each([
    [weigh(-0.5, 0.1, 0.8), 'Where it fires, it pushes contradiction and holds Entailment back.'],
    [weigh(0.5, 0.1, 0.8), 'Where it fires, it pushes every class, contradiction most and neutral least.'],
    [weigh(-0.5, -0.1, -0.8), 'Where it fires, it holds every class back, contradiction most and neutral least.'],
    [weigh(0.3, 0.3, 0.3), 'Its weights are the same for all classes: it moves none before others.'],
    [weigh(0, 0), 'Its weights are the same for all classes: it moves none before others.'],
    [weigh(1), ''],
  ])('are told in a sentence', (weights, text) => {
    expect(pushText(weights)).toBe(text);
  });

  it('have their sign', () => {
    expect([0.8125, -1.24, 0, -0.0001].map(signedText)).toEqual(['+0.813', '−1.240', '0.000', '0.000']);
  });

  it('are columns named by class, and the usual ones of pairs', () => {
    expect(columnInfoOf('weight-0', true, classes.names).label).toBe('Entail…');
    expect(columnInfoOf('weight-1', true, classes.names).label).toBe('neutral');
    expect(columnInfoOf('picture', true, classes.names).label).toBe('Strongest pair');
    expect(columnInfoOf('picture', false, classes.names).label).toBe('Picture');
    expect(columnNames.filter((name) => pairColumns.includes(name))).toEqual(pairColumns);
    expect(printColumns(pairColumns, pairColumns)).toBe('');
  });
});

describe('a pair', () => {
  it('has its concepts by category, in the order of the probing set', () => {
    const ids = ['hyp:nobody', 'pre:man', 'overlap-0%', 'pre:a', 'pre:man'].map((name) => called(name).concept);
    const groups = conceptsByCategory(ids, pairConcepts, fakePairResults.categories);
    expect(groups.map(({ category, concepts }) => `${category}: ${concepts.map(({ name }) => name).join()}`)).toEqual([
      'pre:tok: pre:a,pre:man',
      'hyp:tok: hyp:nobody',
      'overlap: overlap-0%',
    ]);
  });

  it('has a tile as high as the longest of its list, up to a bound', () => {
    const short = linesFor([
      [30, 12],
      [60, 40],
    ]);
    expect(short).toEqual({ premise: 2, hypothesis: 1 });
    expect(linesFor([[1_000_000, 1_000_000]])).toEqual(mostLines);
    expect(linesFor([])).toEqual({ premise: 1, hypothesis: 1 });
    expect(tileHeightOf(short, true)).toBeLessThan(tileHeightOf(mostLines, true));
    expect(tileHeightOf(short, false)).toBeLessThan(tileHeightOf(short, true));
    expect(roomIn(short).premise).toBeGreaterThan(60);
  });
});

describe('the words near a word', () => {
  it('are found from the samples that only they explain', async () => {
    const evidence = new FakePairEvidence();
    const near = await nearConcepts(evidence, called('pre:man').concept);
    expect(near.map((id) => pairConcepts[id].name).sort()).toEqual(['pre:boys', 'pre:woman']);
    expect(await nearConcepts(evidence, called('pre:dog').concept)).toEqual([]);
  });
});

describe('a tag', () => {
  it('is told in words with the tag, an unknown one by itself', () => {
    expect(['NNS', 'PRP$', 'constructor', '.'].map(tagName)).toEqual([
      'a plural noun (NNS)',
      'a possessive pronoun (PRP$)',
      'the tag constructor',
      'the tag .',
    ]);
  });
});

describe('the order of classes', () => {
  const gold = ['entailment', 'neutral', 'contradiction', 'contradiction', null, 'neutral', 'entailment', 'neutral'];
  const classesOf = (names: readonly string[], predicted: readonly number[]) => ({ names, weights: null, predicted });

  it('is put in question where another fits the gold labels far better', () => {
    const made = classesOf(['entailment', 'neutral', 'contradiction'], [2, 1, 0, 0, 1, 1, 2, 1]);
    const accuracy = accuracyOn(gold.keys(), gold, made) ?? expect.fail('nothing to compare');
    expect(accuracy).toEqual({ right: 3, of: 7, withoutGold: 1 });
    expect(betterOrder(gold, made, accuracy)).toEqual({
      names: ['contradiction', 'neutral', 'entailment'],
      accuracy: { right: 7, of: 7, withoutGold: 1 },
    });
  });

  it('is left alone where it fits best, or nearly so', () => {
    const made = classesOf(['entailment', 'neutral', 'contradiction'], [0, 1, 2, 2, 1, 1, 2, 1]);
    const accuracy = accuracyOn(gold.keys(), gold, made) ?? expect.fail('nothing to compare');
    expect(accuracy.right).toBe(6);
    expect(betterOrder(gold, made, accuracy)).toBeNull();
  });
});
