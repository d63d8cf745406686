import { describe, expect, it } from 'vitest';
import { openPairs, recogniseLonePairs, recognisePairs } from '../../../src/probing/pairs/open-pairs.ts';
import { openProbing } from '../../../src/probing/open.ts';
import { grayPng } from '../support/masks.ts';
import { asFolder, utf8 } from '../support/trees.ts';
import { textTree } from './support/pair-files.ts';

const table = (...premises: readonly string[]): string =>
  ['premise\thypothesis', ...premises.map((premise) => `${premise}\tb`), ''].join('\n');
const line = JSON.stringify({ premise: 'a', hypothesis: 'b' });

const prefixed = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`snli/${path}`, text]));

describe('recognisePairs', () => {
  it.each([
    ['tsv by its header', 'x.tsv', table('a'), true],
    ['txt by its header', 'x.txt', 'gold_label\tsentence1\tsentence2\n', true],
    ['csv by its header', 'x.csv', '"Sentence1","Sentence2"\n', true],
    ['JSON lines by their first', 'x.jsonl', line, true],
    ['.tok', 'x.tok', 'a\nb\n', true],
    ['.feats', 'x.feats', '', true],
    ['another table', 'x.csv', 'image,xmin,xmax\n', false],
    ['a text', 'x.txt', 'premise and hypothesis\n', false],
    ['other JSON', 'x.json', '{"images": []}', false],
    ['a file below', 'a/x.tsv', table('a'), false],
  ])('%s', async (_, path, text, expected) => {
    expect(await recognisePairs(textTree({ [path]: text, 'other.bin': '' }))).toBe(expected);
  });

  it('leaves trees with pictures to others', async () => {
    const tree = asFolder(
      new Map([
        ['pairs.tsv', utf8(table('a'))],
        ['pictures/a.png', grayPng(1, [0])],
      ]),
    );
    expect(await recognisePairs(tree)).toBe(false);
  });

  it('takes a lone file without a known header for pairs, but not one of several or in a folder', () => {
    expect(recogniseLonePairs(textTree({ 'x.csv': 'a,b' }))).toBe(true);
    expect(recogniseLonePairs(textTree({ 'x.csv': 'a,b', 'glove.txt': '' }))).toBe(true);
    expect(recogniseLonePairs(textTree({ 'x.csv': 'a,b', 'y.csv': 'a,b' }))).toBe(false);
    expect(recogniseLonePairs(textTree({ 'x.csv': 'a,b', 'y.bin': '' }))).toBe(false);
    const below = textTree({ 'a/x.csv': 'a,b', 'y.bin': '' }).files.get('a/x.csv');
    if (below === undefined) throw new Error('The file is in the tree.');
    expect(recogniseLonePairs({ name: 'a', files: new Map([['x.csv', below]]) })).toBe(false);
  });
});

describe('openPairs', () => {
  const files = {
    'snli_1.0_dev.jsonl': `${line}\n`,
    'snli_1.0_dev.txt': table('a'),
    'snli_1.0_test.jsonl': `${line}\n${line}\n`,
    'snli_1.0_train.tsv': table('a', 'b', 'c'),
    'README.txt': table('a'),
  };

  it('reads the development set of several, the richer of two forms, and says what was left out', async () => {
    const source = await openPairs(textTree(files), {});
    expect(source.pairs).toHaveLength(1);
    expect(source.splits).toEqual([
      { name: 'dev', samples: 1, chosen: true },
      { name: 'test', samples: 2, chosen: false },
      { name: 'train', samples: 3, chosen: false },
    ]);
    expect(source.notes).toEqual([
      'snli_1.0_dev.txt was left aside: snli_1.0_dev.jsonl has the same name and is read.',
      'Read is snli_1.0_dev.jsonl; not chosen: snli_1.0_test.jsonl, snli_1.0_train.tsv.',
    ]);
  });

  it('reads the splits asked for, one after the other', async () => {
    const source = await openPairs(textTree(files), {}, ['snli_1.0_train', 'test', 'extra']);
    expect(source.pairs.map(({ name }) => name)).toEqual([
      ...['test, row 1', 'test, row 2'],
      ...['train, row 2', 'train, row 3', 'train, row 4'],
    ]);
    expect(source.splits?.map(({ chosen }) => chosen)).toEqual([false, true, true]);
    expect(source.notes.at(-1)).toBe('There is no split extra.');
  });

  it('tells files apart by their names where the splits do not', async () => {
    const source = await openPairs(textTree({ 'b_dev.tsv': table('a'), 'a_dev.tsv': table('a', 'b') }), {});
    expect(source.splits?.map(({ name }) => name)).toEqual(['a_dev', 'b_dev']);
    expect(source.pairs).toHaveLength(2);
  });

  it('knows the two development sets of MultiNLI', async () => {
    const names = ['multinli_1.0_dev_matched.jsonl', 'multinli_1.0_dev_mismatched.jsonl', 'multinli_1.0_train.jsonl'];
    const source = await openPairs(textTree(Object.fromEntries(names.map((name) => [name, line]))), {});
    expect(source.splits?.map(({ name, samples, chosen }) => [name, samples, chosen])).toEqual([
      ['dev_matched', 1, true],
      ['dev_mismatched', 1, false],
      ['train', 1, false],
    ]);
  });

  it('takes the first file by name where none is a development set', async () => {
    const source = await openPairs(textTree({ 'two.tsv': table('a'), 'one.tsv': table('a', 'b') }), {});
    expect(source.pairs).toHaveLength(2);
  });

  it('is what opens a lone table, a folder beside others, and a choice of splits', async () => {
    const lone = await openProbing(textTree({ 'x.tsv': 'A man is here\tA man is there\tn\n' }));
    expect([lone.format, lone.sampleCount, lone.survey.pairs?.columns?.premise]).toEqual(['pairs', 1, '1']);
    const folder = await openProbing(textTree({ ...prefixed(files), 'model.bin': '' }), { splits: ['train'] });
    expect([folder.title, folder.sampleCount, folder.survey.splits.map(({ chosen }) => chosen)]).toEqual([
      ...['snli', 3],
      [false, false, true],
    ]);
  });

  it('finds word vectors by name and first line', async () => {
    const vectors = `the ${Array.from({ length: 12 }, (_, i) => i / 8).join(' ')}\n`;
    const tree = { 'a.tsv': table('a'), 'a-vectors.txt': 'about the vectors\n', 'glove.12d.txt': vectors };
    expect((await openPairs(textTree(tree), {})).vectors?.path).toBe('glove.12d.txt');
    expect((await openPairs(textTree({ 'a.tsv': table('a'), 'wiki.vec': '2000 300\n' }), {})).vectors?.path).toBe(
      'wiki.vec',
    );
    expect((await openPairs(textTree({ 'a.tsv': table('a') }), {})).vectors).toBeUndefined();
  });
});
