import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entailmentProbingSet } from '../../../src/probing/entailment/entailment-probing-set.ts';
import { entailmentPairs, entailmentSource } from '../../../src/probing/entailment/entailment-source.ts';

const wordTable = () =>
  Promise.resolve(new Uint8Array(readFileSync(new URL('../../../public/words/vectors.bin', import.meta.url))));
const tools = { decode: () => Promise.reject(new Error('no pictures')), wordTable };

describe('the probing set of entailment', () => {
  it('has one position a pair, gold labels in equal parts, and says that it is generated', async () => {
    const probing = await entailmentProbingSet({}, tools, { pairs: 900 });
    expect(probing.format).toBe('entailment');
    expect(probing.title).toBe('Generated pairs');
    expect([probing.sampleCount, probing.grid]).toEqual([900, { height: 1, width: 1 }]);
    expect(probing.survey.pairs?.gold.slice(0, 3)).toEqual(
      ['entailment', 'neutral', 'contradiction'].map((label) => ({ label, pairs: 300 })),
    );
    expect(probing.survey.pairs?.tokens).toBe('cut');
    expect(probing.notes.join(' ')).toContain('written by a program');
    expect(probing.vectors).toBeDefined();
  });

  it('has concepts for the planted words', async () => {
    const { concepts } = await entailmentProbingSet({}, tools, { pairs: 3000 });
    const names = new Set(concepts.map(({ name }) => name));
    for (const word of ['nobody', 'sleeping', 'cat', 'alone', 'outside', 'people', 'animal', 'because', 'tall', 'sad'])
      expect(names).toContain(`hyp:${word}`);
    expect(names).toContain('overlap-75%');
  });

  it('changes its hash with seed and number', async () => {
    const hashes = await Promise.all(
      [{ pairs: 30 }, { pairs: 31 }, { pairs: 30, seed: 2 }, { pairs: 30 }].map(
        async (series) => (await entailmentProbingSet({}, undefined, series)).contentHash,
      ),
    );
    expect(new Set(hashes).size).toBe(3);
    expect(hashes[3]).toBe(hashes[0]);
  });

  it('gives pairs as a reader would: names, gold labels, no prediction', () => {
    const [first, second] = entailmentPairs(1, 3, 'probing');
    expect([first.name, second.name, first.given, first.premise.tokenised]).toEqual(['pair 1', 'pair 2', null, false]);
    expect(first.premise.text).toBe(second.premise.text);
  });

  it('rejects options that are no whole numbers', () => {
    expect(() => entailmentSource({ pairs: 0 })).toThrow(new RangeError('pairs must be a whole number from 1, not 0'));
    expect(() => entailmentSource({ seed: 0.5 })).toThrow(new RangeError('seed must be a whole number, not 0.5'));
  });
});
