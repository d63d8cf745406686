import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/engine/fault.ts';
import { PairGatherer } from '../../../src/probing/pairs/gather-pairs.ts';
import { openPairs } from '../../../src/probing/pairs/open-pairs.ts';
import type { PairOptions } from '../../../src/probing/pairs/pair-options.ts';
import { textTree } from '../../probing/pairs/support/pair-files.ts';
import { WEB_PAGE } from '../../probing/support/sets.ts';
import { asFolder, utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

interface BadPairs {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly code: string;
  readonly message: string;
  readonly options?: PairOptions;
}

const accepted =
  'Accepted are entailment, neutral, contradiction (or e, n, c, or 0, 1, 2), not_entailment, and -, UNK, -1 or nothing for no label. Correct it, or choose another column for gold labels, or none.';
const head = 'premise\thypothesis\tgold_label\n';
const long = 'word '.repeat(200_000);
const feats = 'lemma;open|tag;closed\n';

const bad: readonly BadPairs[] = [
  { name: 'no column for the hypothesis', files: { 'a.tsv': 'premise\tanswer\tlabel\nA\tB\tn\n' }, code: 'pair-columns', message: 'a.tsv has no column known as hypothesis. Its columns are premise, answer, label. Choose the columns, or name them premise, hypothesis and gold_label.' },
  { name: 'neither column', files: { 'boxes.csv': 'image,xmin,xmax\na.jpg,1,2\n' }, code: 'pair-columns', message: 'boxes.csv has no column known as premise and hypothesis. Its columns are image, xmin, xmax. Choose the columns, or name them premise, hypothesis and gold_label.' },
  { name: 'no header and no two sentences', files: { 'a.tsv': 'A man is here\t7\tneutral\nA cat is here\t8\tneutral\n' }, code: 'pair-columns', message: 'a.tsv has no column known as premise and hypothesis. Its columns are 1, 2, 3. Choose the columns, or name them premise, hypothesis and gold_label.' },
  { name: 'a chosen column that is not there', files: { 'a.tsv': `${head}A\tB\tn\n` }, options: { columns: { premise: 'premise', hypothesis: '4', gold: null, prediction: null } }, code: 'pair-chosen-column', message: 'a.tsv has no column 4. Its columns are premise, hypothesis, gold_label. Choose one of these.' },
  { name: 'no separators', files: { 'a.txt': 'A man sleeps\nNobody sleeps\n' }, code: 'pair-one-column', message: 'a.txt has one column only. Premise and hypothesis must be separated by a tab in .tsv and .txt files, by a comma in .csv files.' },
  { name: 'a row cut short', files: { 'a.tsv': `${head}A\tB\tn\n\nC\n` }, code: 'pair-fields', message: 'a.tsv, row 4: 1 field, but the table has 3 columns. Complete the row or take it out.' },
  { name: 'a comma in a sentence', files: { 'a.csv': 'premise,hypothesis,label\nA, B,C,n\n' }, code: 'pair-fields', message: 'a.csv, row 2: 4 fields, but the table has 3 columns. A tab or comma inside a sentence cuts it in two; replace it by a space, or in .csv files put the sentence in double quotes.' },
  { name: 'a quote that is not closed', files: { 'a.csv': 'premise,hypothesis\nA,"B\nC,D\n' }, code: 'quotes', message: 'a.csv, row 2: a double quote is not closed or stands in the wrong place. Inside quotes write it twice.' },
  { name: 'a wrong label', files: { 'a.tsv': `${head}A\tB\tn\nA\tB\tmaybe\n` }, code: 'pair-label', message: `a.tsv, row 3, column gold_label: "maybe" is no label that is known. ${accepted}` },
  { name: 'a wrong number for a label', files: { 'a.jsonl': '{"premise": "a", "hypothesis": "b", "label": 3}' }, code: 'pair-label', message: `a.jsonl, row 1, column label: "3" is no label that is known. ${accepted}` },
  { name: 'only empty sentences', files: { 'a.tsv': `${head}A\t \tn\n\tB\tn\n` }, code: 'pair-none-left', message: 'a.tsv holds no pair of two sentences: in every row one is empty (first: row 2, column hypothesis). Check that the columns are the right ones.' },
  { name: 'only a header', files: { 'a.tsv': head }, code: 'pair-none', message: 'a.tsv holds no sentence pairs. Wanted are rows with a premise and a hypothesis; Help says how they may be written (docs/formats.md).' },
  { name: 'empty lines only', files: { 'a.jsonl': '\n\n' }, code: 'pair-none', message: 'a.jsonl holds no sentence pairs. Wanted are rows with a premise and a hypothesis; Help says how they may be written (docs/formats.md).' },
  { name: 'an empty file', files: { 'a.tok': '' }, code: 'pair-empty', message: 'a.tok is empty (0 bytes), so it holds no sentence pairs.' },
  { name: 'a sentence of 1 MB', files: { 'a.tsv': `${head}A\tB\tn\nA\t${long}\tn\n` }, code: 'pair-long', message: 'a.tsv, row 3, column hypothesis: the sentence has 999,999 characters; at most 100,000 are read. Shorten it or take the row out.' },
  { name: 'a sentence of 1 MB in .tok', files: { 'a.tok': `A\nB\n${long}\nD\n` }, code: 'pair-long', message: 'a.tok, line 3, column premise: the sentence has 999,999 characters; at most 100,000 are read. Shorten it or take the row out.' },
  { name: 'a line of 17 MB', files: { 'a.tok': `A\nB\n${'x'.repeat(17_000_000)}` }, code: 'pair-line', message: 'a.tok, line 3: the line is longer than 16,000,000 characters, so it is no row of sentence pairs. Check that the file has a pair a line.' },
  { name: 'a line that is no JSON', files: { 'a.jsonl': '{"premise": "a", "hypothesis": "b"}\n{"premise": "a"\n' }, code: 'pair-json', message: 'a.jsonl, row 2: this line is no JSON object. JSON lines hold an object a line, such as {"premise": "...", "hypothesis": "...", "label": "neutral"}.' },
  { name: 'a line that is a list', files: { 'a.jsonl': '["a", "b"]\n' }, code: 'pair-json', message: 'a.jsonl, row 1: this line is no JSON object. JSON lines hold an object a line, such as {"premise": "...", "hypothesis": "...", "label": "neutral"}.' },
  { name: 'a sentence that is a list', files: { 'a.jsonl': '{"premise": ["a"], "hypothesis": "b"}' }, code: 'pair-not-text', message: 'a.jsonl, row 1, field premise: ["a"] is found where a sentence is wanted, as text.' },
  { name: 'an odd number of lines', files: { 'a.tok': 'A\nB\nC\n' }, code: 'pair-odd', message: 'a.tok has 3 lines with sentences, an odd number. Lines must be premise and hypothesis by turns.' },
  { name: 'an odd number of annotated lines', files: { 'a.feats': `${feats}A|a|DT\n` }, code: 'pair-odd', message: 'a.feats has 1 line with sentences, an odd number. Lines must be premise and hypothesis by turns.' },
  { name: 'annotations without a first line', files: { 'a.feats': 'A|a|DT\nB|b|NN\n' }, code: 'pair-feats-header', message: 'a.feats, line 1: the fields of every word are wanted, such as lemma;open|tag;closed.' },
  { name: 'a word with too few fields', files: { 'a.feats': `${feats}A|a|DT\ndog|NN\n` }, code: 'pair-feats-word', message: 'a.feats, line 3: the word dog|NN has 2 fields, but line 1 asks for 3, the word itself first, separated by |.' },
  { name: 'labels of other sentences', files: { 'a.tok': 'A\nB\n', 'preds/6_a.csv': 'gt,pred\nneutral,neutral\nneutral,neutral\n' }, code: 'pair-label-rows', message: 'preds/6_a.csv has 2 rows of labels, but a.tok has 1 pair. They must match one to one, in order.' },
  { name: 'labels without columns', files: { 'a.tok': 'A\nB\n', 'a.csv': 'x,y\n1,2\n' }, code: 'pair-label-columns', message: 'a.csv lies beside sentences without labels but has no column of labels, such as gt and pred. Its columns are x, y. Name them so, or take the file away.' },
  { name: 'a wrong label beside the sentences', files: { 'a.tok': 'A\nB\n', 'a.csv': 'gt,pred\nperhaps,neutral\n' }, code: 'pair-label', message: `a.csv, row 2, column gt: "perhaps" is no label that is known. ${accepted}` },
];

describe('sentence pairs', () => {
  it.each(bad)('$name', async ({ files, options, code, message }) => {
    await expectFault(() => openPairs(textTree(files), options ?? {}), `probing/${code}`, message);
  });

  it.each([
    ['Latin-1', Uint8Array.of(...utf8(`${head}caf`), 0xe9, 9, 66, 10), 'not-utf8', 'a.tsv is not UTF-8 text. Save it again in UTF-8.'],
    ['UTF-8 cut off', Uint8Array.of(...utf8(`${head}caf`), 0xc3), 'not-utf8', 'a.tsv is not UTF-8 text. Save it again in UTF-8.'],
    ['a web page', WEB_PAGE, 'wrong-kind', 'a.tsv is a web page (HTML), not a text file. Download the file itself again.'],
  ])('%s', async (_, bytes, code, message) => {
    const tree = asFolder(new Map([['a.tsv', new Uint8Array(bytes)]]));
    await expectFault(() => openPairs(tree, {}), `probing/${code}`, message);
  });

  it('more pairs than can be probed', async () => {
    const gatherer = new PairGatherer('a.tsv', { premise: 'p', hypothesis: 'h', gold: null, prediction: null }, 2000);
    const sentence = { text: 'A', tokenised: false };
    const add = (): void => {
      gatherer.add({ where: 'row 1', premise: sentence, hypothesis: sentence, gold: null, given: null });
    };
    for (let row = 0; row < 2000; row += 1) add();
    await expectFault(
      add,
      'probing/pair-most',
      'a.tsv holds more than 2,000 sentence pairs, the most that can be probed. Keep a part of them; the paper takes 10,000.',
    );
  });

  it('an unknown split', async () => {
    const tree = textTree({ 'dev.tsv': `${head}A\tB\tn\n`, 'test.tsv': `${head}A\tB\tn\n` });
    const message = 'set has none of the splits asked for (train). It has dev, test.';
    await expectFault(() => openPairs(tree, {}, ['train']), 'probing/no-chosen-splits', message);
  });

  it('is read or refused with a fault, whichever byte is changed or cut off', async () => {
    const whole: readonly (readonly [string, string])[] = [
      ['a.tsv', `${head}A dog\tIt sleeps\tneutral\nA "cat\tIt runs\t-\n`],
      ['a.csv', 'premise,hypothesis,label\n"A, b",C,0\nD,E,2\n'],
      ['a.jsonl', '{"sentence1": "A b", "sentence1_parse": "(X (DT A) (NN b))", "sentence2": "C", "gold_label": "neutral"}\n'],
      ['a.tok', 'A dog .\nIt é\n'],
      ['a.feats', `${feats}A|a|DT dog|dog|NN\nIt|it|PRP\n`],
    ];
    const damage = fc.record({ file: fc.constantFrom(...whole), at: fc.nat(200), byte: fc.option(fc.nat(255)) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file: [name, text], at, byte }) => {
        const bytes = utf8(text);
        const place = at % bytes.length;
        const damaged = byte === null ? bytes.slice(0, place) : bytes.with(place, byte);
        try {
          const { pairs } = await openPairs(asFolder(new Map([[name, damaged]])), {});
          expect(pairs.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 300 },
    );
  });
});
