import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskTree } from '../../../src/cli/disk-tree.ts';
import { neighborConcepts } from '../../../src/engine/text/neighbors.ts';
import { openPairs } from '../../../src/probing/pairs/open-pairs.ts';
import { pairsSet } from '../../../src/probing/pairs/pairs-set.ts';
import { tokenize } from '../../../src/probing/pairs/tokenize.ts';

const real = process.env['FORMULENS_REAL'];

describe.skipIf(real === undefined)('the concepts of the SNLI development set', () => {
  it('are those of a naive recount, with tags, overlap and neighbours', async () => {
    const source = await openPairs(await diskTree(join(real ?? '', 'snli/snli_dev.tsv')), {});
    const set = await pairsSet(
      source,
      {},
      {
        decode: () => Promise.reject(new Error('there are no pictures')),
        wordTable: async () =>
          new Uint8Array(readFileSync(new URL('../../../public/words/vectors.bin', import.meta.url))),
      },
    );
    expect(set.concepts.length).toBe(4090);
    expect(set.survey.pairs).toMatchObject({ tokens: 'given', tags: 'tagger', words: 2000 });
    const count = new Map<string, number>();
    for (const { premise, hypothesis } of source.pairs) {
      for (const word of `${premise.text} ${hypothesis.text}`.toLowerCase().split(' ')) {
        count.set(word, (count.get(word) ?? 0) + 1);
      }
    }
    const skipped = new Set(['a', 'an', 'the', 'of', '.', ',', '']);
    const common = Array.from(count)
      .filter(([word]) => !skipped.has(word))
      .sort(([, a], [, b]) => b - a)
      .slice(0, 2000);
    expect(set.concepts.slice(0, 2000).map(({ name }) => name)).toEqual(common.map(([word]) => `pre:${word}`));

    const samples = new Float64Array(set.concepts.length);
    for (let sample = 0; sample < set.sampleCount; sample += 1) {
      const { everywhere } = await set.labels(sample);
      for (const id of everywhere) samples[id] += 1;
    }
    for (const [at, side] of (['premise', 'hypothesis'] as const).entries()) {
      const texts = source.pairs.map((pair) => ` ${pair[side].text.toLowerCase()} `);
      for (const word of ['man', 'sleeping', "n't", '-', 'skateboard']) {
        const concept = set.concepts.find(({ name }) => name === `${['pre', 'hyp'][at]}:${word}`);
        expect(samples[concept?.id ?? -1], word).toBe(texts.filter((text) => text.includes(` ${word} `)).length);
      }
    }
    const overlap = set.concepts.filter(({ category }) => category === 'overlap').map(({ id }) => samples[id]);
    expect(overlap).toEqual([9862, 3942, 687, 193]);

    const sets = neighborConcepts(set.concepts, set.vectors);
    const dog = set.concepts.find(({ name }) => name === 'hyp:dog')?.id ?? -1;
    const near = sets[dog].map((id) => set.concepts[id].name);
    expect(near.sort()).toEqual(['hyp:cat', 'hyp:dog', 'hyp:dogs', 'hyp:horse', 'hyp:pet', 'hyp:puppy']);
  });

  // The file has spaCy's words, separated by spaces: written together again they must be cut as spaCy cut them.
  it('have words that our tokenizer finds as spaCy did, in every sentence', async () => {
    const { pairs } = await openPairs(await diskTree(join(real ?? '', 'snli/snli_dev.tsv')), {});
    const sentences = new Set(pairs.flatMap(({ premise, hypothesis }) => [premise.text, hypothesis.text]));
    const wrong: string[] = [];
    for (const sentence of sentences) {
      const written = sentence
        .replace(/ (n't|'s|'re|'ve|'ll|'d|'m)(?= |$)/g, '$1')
        .replace(/ ([.,!?;:])(?= |$)/g, '$1')
        .replace(/(\w) - (?=\w)/g, '$1-')
        .replace(/"\s([^"]*)\s"/g, '"$1"');
      const spans = tokenize(written);
      const words = Array.from({ length: spans.length / 2 }, (_, word) =>
        written.slice(spans[2 * word], spans[2 * word + 1]),
      );
      if (words.join(' ') !== sentence) wrong.push(sentence);
    }
    expect(sentences.size).toBe(13_133);
    expect(wrong).toEqual([]);
  });
});
