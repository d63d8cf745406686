import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PairOptions } from '../../../src/probing/pairs/pair-options.ts';
import type { PairSource, SourcePair, SourceSentence } from '../../../src/probing/pairs/pair-source.ts';
import { pairsSet } from '../../../src/probing/pairs/pairs-set.ts';
import { PENN_TAGS } from '../../../src/probing/pairs/tags.ts';
import { readWordTable } from '../../../src/probing/pairs/word-table.ts';
import type { ProbingOptions, ProbingTools } from '../../../src/probing/probing-options.ts';
import type { ProbingSet } from '../../../src/probing/probing-set.ts';
import { asFolder, utf8 } from '../support/trees.ts';

const table = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL('../../../public/words/vectors.bin', import.meta.url)));

const tools: ProbingTools = {
  decode: () => Promise.reject(new Error('there are no pictures')),
  wordTable: () => Promise.resolve(table()),
};

const plain = (text: string): SourceSentence => ({ text, tokenised: false });
const pairOf = (premise: SourceSentence, hypothesis: SourceSentence, name = 'row 1'): SourcePair => ({
  premise,
  hypothesis,
  gold: 'neutral',
  given: null,
  name,
});

const sourceOf = (pairs: readonly SourcePair[], more: Partial<PairSource> = {}): PairSource => ({
  title: 'pairs',
  layout: 'Table',
  pairs,
  found: [],
  columns: null,
  digests: ['pairs.tsv 0'],
  notes: [],
  vectors: undefined,
  ...more,
});

const texts = (...pairs: readonly (readonly [string, string])[]): PairSource =>
  sourceOf(pairs.map(([premise, hypothesis], at) => pairOf(plain(premise), plain(hypothesis), `row ${at + 1}`)));

const namesAt = async (set: ProbingSet, sample: number): Promise<string[]> =>
  (await set.labels(sample)).everywhere.map((id) => set.concepts[id].name);

const dogs = texts(["A dog can't swim.", 'The dog runs, the cat sleeps.'], ["A dog can't swim.", 'Dogs swim.']);

describe('pairsSet', () => {
  it('makes words, tags and overlap the concepts of a pair', async () => {
    const set = await pairsSet(dogs, {}, undefined);
    expect(set.sampleCount).toBe(2);
    expect(set.grid).toEqual({ height: 1, width: 1 });
    expect(set.categories).toEqual(['pre:tok', 'pre:tag', 'hyp:tok', 'hyp:tag', 'overlap']);
    expect(set.concepts.slice(0, 9).map(({ name }) => name)).toEqual([
      'pre:dog',
      'pre:swim',
      'pre:ca',
      "pre:n't",
      'pre:runs',
      'pre:cat',
      'pre:sleeps',
      'pre:dogs',
      'pre:tag:CC',
    ]);
    expect(await namesAt(set, 1)).toEqual([
      'pre:dog',
      'pre:swim',
      'pre:ca',
      "pre:n't",
      'pre:tag:DT',
      'pre:tag:MD',
      'pre:tag:NN',
      'pre:tag:RB',
      'pre:tag:VB',
      'pre:tag:.',
      'hyp:swim',
      'hyp:dogs',
      'hyp:tag:NNS',
      'hyp:tag:VBP',
      'hyp:tag:.',
      'overlap-0%',
      'overlap-25%',
    ]);
    expect(set.pair?.(1)).toMatchObject({
      premise: { text: "A dog can't swim.", spans: [0, 1, 2, 5, 6, 8, 8, 11, 12, 16, 16, 17] },
      hypothesis: { tags: ['NNS', 'VBP', '.'] },
      gold: 'neutral',
    });
    expect(set.sampleName(1)).toBe('row 2');
    expect(await set.picture(0)).toBe(undefined);
    expect('vectors' in set).toBe(false);
    expect(set.survey.pairs).toMatchObject({
      tokens: 'cut',
      words: 2000,
      overlap: 'paper',
      tags: 'tagger',
      vectors: null,
    });
  });

  it('keeps the categories asked for', async () => {
    const set = await pairsSet(dogs, { categories: ['hyp:tok', 'overlap'] }, undefined);
    expect(set.categories).toEqual(['hyp:tok', 'overlap']);
    expect(set.concepts.map(({ id }) => id)).toEqual(Array.from(set.concepts.keys()));
    expect(await namesAt(set, 1)).toEqual(['hyp:swim', 'hyp:dogs', 'overlap-0%', 'overlap-25%']);
    expect(set.survey.categories.find(({ name }) => name === 'pre:tag')).toEqual({
      name: 'pre:tag',
      concepts: PENN_TAGS.length,
      samples: null,
      probed: false,
    });
    await expect(pairsSet(dogs, { categories: ['color'] }, undefined)).rejects.toMatchObject({
      code: 'probing/no-chosen-categories',
    });
  });

  it('measures overlap as the reference does, where asked', async () => {
    const set = await pairsSet(dogs, { pairs: { overlap: 'reference' } }, undefined);
    expect((await namesAt(set, 1)).filter((name) => name.includes('overlap'))).toEqual(['oth:overlap:overlap25']);
    const same = await pairsSet(texts(['a b', 'b a']), { pairs: { overlap: 'reference' } }, undefined);
    expect((await namesAt(same, 0)).at(-1)).toBe('oth:overlap:overlap75');
  });

  it('makes lemmas concepts where asked', async () => {
    const set = await pairsSet(dogs, { pairs: { lemmas: true } }, undefined);
    expect((await namesAt(set, 1)).filter((name) => name.includes('lemma'))).toEqual([
      'pre:lemma:dog',
      'pre:lemma:swim',
      'pre:lemma:can',
      'pre:lemma:not',
      'hyp:lemma:dog',
      'hyp:lemma:swim',
    ]);
    expect(set.pair?.(1).hypothesis.lemmas).toEqual(['dog', 'swim', '.']);
  });

  it('takes words, tags and lemmas as they are given', async () => {
    const premise = {
      text: "Dog 's U-turn",
      tokenised: true,
      tags: ['XX', 'POS', 'YY'],
      lemmas: ['DOG', 'be', 'turn'],
    };
    const hypothesis = { text: 'ado', tokenised: true, spans: [0, 1, 1, 3], tags: ['DT', 'VB'] };
    const source = sourceOf([pairOf(premise, hypothesis)]);
    const set = await pairsSet(source, { pairs: { lemmas: true } }, undefined);
    expect(set.survey.pairs).toMatchObject({ tokens: 'given', tags: 'given' });
    expect(await namesAt(set, 0)).toEqual([
      'pre:dog',
      "pre:'s",
      'pre:u-turn',
      'pre:tag:POS',
      'pre:tag:XX',
      'pre:tag:YY',
      'pre:lemma:dog',
      'pre:lemma:be',
      'pre:lemma:turn',
      'hyp:do',
      'hyp:tag:DT',
      'hyp:tag:VB',
      'hyp:lemma:do',
    ]);
    const cut = await pairsSet(source, { pairs: { tokens: 'cut' } }, undefined);
    expect(cut.survey.pairs).toMatchObject({ tokens: 'cut', tags: 'tagger' });
    expect((await namesAt(cut, 0)).slice(0, 5)).toEqual(['pre:dog', "pre:'s", 'pre:u', 'pre:-', 'pre:turn']);
  });

  it.each([
    { text: 'A dog .', tokens: 'given' },
    { text: 'A dog.', tokens: 'cut' },
    { text: 'A dog', tokens: 'cut' },
    { text: 'A dog , 1.5 years old , with Mr. Jones , runs , jumps , sits , eats , sleeps , wakes .', tokens: 'given' },
  ])('finds out whether words are $tokens in "$text"', async ({ text, tokens }) => {
    expect((await pairsSet(texts([text, text]), {}, undefined)).survey.pairs?.tokens).toBe(tokens);
  });

  it('has the vectors of the words in use, of the table or of a file beside the pairs', async () => {
    const set = await pairsSet(dogs, {}, tools);
    const { words, values, dimensions } = readWordTable(table());
    expect(set.vectors?.words).toEqual(
      words.filter((word) => "the . , dog cat runs dogs swim sleeps n't ca".split(' ').includes(word)),
    );
    const dog = words.indexOf('dog') * dimensions;
    const at = (set.vectors?.words.indexOf('dog') ?? 0) * dimensions;
    expect(set.vectors?.values.slice(at, at + dimensions)).toEqual(values.slice(dog, dog + dimensions));
    expect(set.survey.pairs?.vectors).toMatchObject({ words: set.vectors?.words.length, of: 16 });

    const vectors = asFolder(new Map([['my.vec', utf8('dog 1 2\nunicorn 3 4\ncat 5 6\n')]])).files.get('my.vec');
    const other = await pairsSet({ ...dogs, vectors }, {}, tools);
    expect(other.vectors).toEqual({ words: ['dog', 'cat'], values: Float32Array.of(1, 2, 5, 6), dimensions: 2 });
    expect(other.survey.pairs?.vectors).toEqual({ name: 'my.vec', words: 2, concepts: 4, of: 16 });
    const hashes = await Promise.all(
      [dogs, { ...dogs, digests: ['pairs.tsv 1'] }].map((source) => pairsSet(source, {}, tools)),
    );
    const options: PairOptions[] = [{ words: 3 }, { overlap: 'reference' }, { lemmas: true }, { tokens: 'given' }];
    const sets = await Promise.all(options.map((pairs) => pairsSet(dogs, { pairs }, tools)));
    const all = [set, other, hashes[1], ...sets].map(({ contentHash }) => contentHash);
    expect(new Set(all).size).toBe(all.length);
    expect(hashes[0].contentHash).toBe(set.contentHash);
  });

  it('gives a pair the concepts that a naive recount gives it', async () => {
    const word = fc.constantFrom(...'a A dog Dog cat runs UNK unk , . the of sees UNK'.split(' '), 'x', 'y', 'z');
    const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
    const options: ProbingOptions = {
      categories: ['pre:tok', 'hyp:tok', 'overlap'],
      pairs: { words: 5, tokens: 'given' },
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }), async (sentences) => {
        const set = await pairsSet(texts(...sentences), options, undefined);
        const split = (sentence: string): string[] => sentence.split(' ').filter((part) => part !== '');
        const lower = (part: string): string => (part === 'UNK' ? part : part.toLowerCase());
        const all = sentences.flat().flatMap(split).map(lower);
        const unique = Array.from(new Set(all)).filter((part) => !['a', 'the', 'of', ',', '.', 'UNK'].includes(part));
        const count = (part: string): number => all.filter((other) => other === part).length;
        const common = unique.toSorted((a, b) => count(b) - count(a)).slice(0, 5);
        for (const [sample, [premise, hypothesis]] of sentences.entries()) {
          const [p, h] = [premise, hypothesis].map((sentence) => new Set(split(sentence).map(lower)));
          const shared = Array.from(p).filter((part) => h.has(part)).length;
          const share = shared / Math.max(1, new Set([...p, ...h]).size);
          expect(await namesAt(set, sample)).toEqual([
            ...common.filter((part) => p.has(part)).map((part) => `pre:${part}`),
            ...common.filter((part) => h.has(part)).map((part) => `hyp:${part}`),
            ...[0, 25, 50, 75].filter((least) => 100 * share > least).map((least) => `overlap-${least}%`),
          ]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
