import { describe, expect, it } from 'vitest';
import { openTable } from '../../src/probing/table/table.ts';
import { goodTable } from './support/sets.ts';
import { asFolder } from './support/trees.ts';

describe('openTable', () => {
  it('makes each row a sample of one position', async () => {
    const set = await openTable(asFolder(goodTable()));
    expect(set.grid).toEqual({ height: 1, width: 1 });
    expect(set.sampleCount).toBe(3);
    expect(await Promise.all([0, 1, 2].map((sample) => set.labels(sample)))).toEqual([
      { planes: [], everywhere: [0, 3] },
      { planes: [], everywhere: [] },
      { planes: [], everywhere: [0, 1, 2, 3] },
    ]);
    expect(set.concepts[2]).toEqual({ id: 2, number: 5, name: 'pre:cat', category: 'pre' });
    expect(set.categories).toEqual(['pre', 'hyp', 'overlap']);
    expect([0, 1, 2].map((sample) => set.sampleName(sample))).toEqual(['first', 'second', 'third']);
    expect(await set.picture(0)).toBeUndefined();
  });

  it('has a survey, and keeps the categories asked for', async () => {
    const whole = await openTable(asFolder(goodTable()));
    expect(whole.survey).toEqual({
      layout: 'Table of concepts',
      categories: [
        { name: 'pre', concepts: 2, samples: 2, probed: true },
        { name: 'hyp', concepts: 1, samples: 1, probed: true },
        { name: 'overlap', concepts: 1, samples: 2, probed: true },
      ],
      splits: [],
      colors: 'none',
    });
    const set = await openTable(asFolder(goodTable()), { categories: ['overlap', 'hyp', 'length'] });
    expect(set.concepts.map(({ id, number }) => [id, number])).toEqual([
      [0, 1],
      [1, 6],
    ]);
    expect([set.categories, set.survey.categories.map(({ probed }) => probed)]).toEqual([
      ['hyp', 'overlap'],
      [false, true, true],
    ]);
    expect([(await set.labels(0)).everywhere, (await set.labels(2)).everywhere]).toEqual([[1], [0, 1]]);
    expect(set.notes[0]).toBe('concepts.csv has no concept of length.');
    expect(set.contentHash).not.toBe(whole.contentHash);
    const all = await openTable(asFolder(goodTable()), { categories: whole.categories });
    expect(all.contentHash).toBe(whole.contentHash);
    await expect(openTable(asFolder(goodTable()), { categories: ['length'] })).rejects.toThrow(
      'set has none of the categories asked for (length). It has pre, hyp, overlap.',
    );
  });

  it('has word vectors, of words without a concept too', async () => {
    const { vectors, notes } = await openTable(asFolder(goodTable()));
    expect(vectors).toEqual({
      words: ['dog', 'horse', 'cat'],
      values: Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 0, 1, -0.2),
      dimensions: 3,
    });
    expect(notes).toEqual(['3 of the 4 concepts have a word vector.']);
  });

  it('does without names and vectors', async () => {
    const files = goodTable();
    files.delete('samples.csv');
    files.delete('vectors.txt');
    const set = await openTable(asFolder(files));
    expect(set.sampleName(2)).toBe('row 2');
    expect('vectors' in set).toBe(false);
    expect(set.contentHash).not.toBe((await openTable(asFolder(goodTable()))).contentHash);
  });
});
