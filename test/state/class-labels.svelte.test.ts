import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { matchLabels } from '../../src/engine/analysis/class-match.ts';
import { tallyUnits } from '../../src/engine/analysis/unit-tallies.ts';
import { analysisOf } from '../../src/state/analysis.svelte.ts';
import { ClassLabels } from '../../src/state/class-labels.svelte.ts';
import { asChosen } from '../../src/state/label-choices.ts';
import { FakePairEvidence } from '../ui/fake-pair-evidence.ts';
import { fakePairResults, pairs } from '../ui/fake-pair-results.ts';

const evidence = new FakePairEvidence();
const file = (name: string, text: string): File => new File([text], name);

/** Labels of made-up results under a key of their own, with the probing set's gold labels read. */
async function labelsOf(key: string): Promise<ClassLabels> {
  const labels = new ClassLabels();
  labels.follow({ ...fakePairResults, key }, evidence);
  await expect.poll(() => labels.matches).toBeDefined();
  return labels;
}

async function accuracyOf(labels: ClassLabels): Promise<number | null | undefined> {
  flushSync();
  return labels.results && (await analysisOf('accuracy', labels.results, evidence))?.accuracy;
}

describe('gold labels and classes of results', () => {
  it('are those of the probing set and the model, until something is chosen', async () => {
    const labels = await labelsOf('own');
    expect(labels.source).toBe('pairs');
    expect(labels.changed).toBe(false);
    expect(labels.matches).toEqual(
      matchLabels(
        pairs.map(({ gold }) => gold),
        labels.names,
      ),
    );
  });

  it('change the numbers when a match is corrected, and back', async () => {
    const labels = await labelsOf('corrected');
    const before = await accuracyOf(labels);
    labels.correct('neutral', null);
    expect(labels.matches?.at(0)).toMatchObject({ label: 'neutral', places: [], by: 'person' });
    const after = await accuracyOf(labels);
    const gold = pairs.map((pair) => pair.gold);
    const { overall } =
      tallyUnits(fakePairResults, gold, () => [], new Map([['neutral', null]])) ?? expect.fail('none');
    expect(after).toBe(overall.right / overall.compared);
    expect(after).not.toBe(before);
    labels.correct('neutral', undefined);
    expect(await accuracyOf(labels)).toBe(before);
    expect(labels.changed).toBe(false);
  });

  it('take a file of labels, which takes corrections of others back', async () => {
    const labels = await labelsOf('file');
    labels.correct('neutral', 0);
    await labels.takeLabels(file('gold.txt', pairs.map(() => 'neutral').join('\n')));
    expect(labels.labelsFrom).toEqual({ file: 'gold.txt', labelled: pairs.length, unknown: null });
    expect(labels.matches?.map(({ label, by }) => [label, by])).toEqual([['neutral', 'name']]);
    labels.ownLabels();
    expect(labels.labelsFrom).toBeNull();
    expect(labels.changed).toBe(false);
  });

  it('take names, by which other labels match', async () => {
    const labels = await labelsOf('names');
    await labels.takeNames(file('names.txt', 'one\ntwo\nneutral\n'));
    expect(labels.namesFrom).toBe('names.txt');
    expect(labels.names).toEqual(['one', 'two', 'neutral']);
    expect(labels.matches?.filter(({ places }) => places.length > 0).map(({ places }) => places)).toEqual([[2]]);
    labels.ownNames();
    expect(labels.names).toEqual(fakePairResults.classes?.names);
  });

  it('tell a dropped file of names from one of labels', async () => {
    const labels = await labelsOf('dropped');
    await labels.takeDropped(file('names.txt', 'one\ntwo\nthree\n'));
    expect([labels.namesFrom, labels.labelsFrom]).toEqual(['names.txt', null]);
    await labels.takeDropped(file('names.json', '["a", "b", "c"]'));
    expect(labels.names).toEqual(['a', 'b', 'c']);
    await labels.takeDropped(file('gold.txt', pairs.map(() => 'a').join('\n')));
    expect(labels.labelsFrom?.file).toBe('gold.txt');
    await labels.takeDropped(file('odd.txt', 'one\ntwo\n'));
    expect(labels.fault?.code).toBe('labels/count');
    expect(labels.labelsFrom?.file).toBe('gold.txt');
  });

  it('stay as chosen when the results are shown again on the same visit', async () => {
    const labels = await labelsOf('again');
    await labels.takeNames(file('names.txt', 'one\ntwo\nthree\n'));
    const loadedAnew = { ...fakePairResults, key: 'again' };
    expect(asChosen(loadedAnew).classes?.names).toEqual(['one', 'two', 'three']);
    const other = await labelsOf('again');
    expect(other.namesFrom).toBe('names.txt');
    expect(asChosen({ ...fakePairResults, key: 'another' }).classes?.names).toEqual(fakePairResults.classes?.names);
  });
});
