import { describe, expect, it } from 'vitest';
import { givenWords, inShort, pairsOf } from './support/pair-files.ts';

const snli = {
  annotator_labels: ['neutral', 'entailment'],
  captionID: '1.jpg#1',
  gold_label: 'neutral',
  pairID: '1.jpg#1r1n',
  sentence1: 'The boys (two) don\'t "sing".',
  sentence1_binary_parse: '( ( The boys ) ( -LRB- ( two -RRB- ) ) )',
  sentence1_parse:
    "(ROOT (S (NP (NP (DT The) (NNS boys)) (PRN (-LRB- -LRB-) (CD two) (-RRB- -RRB-))) (VP (VBP do) (RB n't) (`` ``) (VP (VB sing)) ('' '')) (. .)))",
  sentence2: 'A dog sleeps',
  sentence2_binary_parse: '( ( A dog ) sleeps )',
};

const lines = (...rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

describe('JSON lines', () => {
  it('reads SNLI with words and tags of its parses, the text left as it is written', async () => {
    const source = await pairsOf('snli_1.0_dev.jsonl', lines(snli));
    expect(source.layout).toBe('SNLI (JSON lines)');
    expect(inShort(source)).toEqual([['The boys (two) don\'t "sing".', 'A dog sleeps', 'neutral', null, '1.jpg#1r1n']]);
    const [{ premise, hypothesis }] = source.pairs;
    expect(givenWords(premise)).toEqual(['The', 'boys', '(', 'two', ')', 'do', "n't", '"', 'sing', '"', '.']);
    expect(premise.tags).toEqual(['DT', 'NNS', '-LRB-', 'CD', '-RRB-', 'VBP', 'RB', '``', 'VB', "''", '.']);
    expect(givenWords(hypothesis)).toEqual(['A', 'dog', 'sleeps']);
    expect(hypothesis.tags).toBeUndefined();
    expect(source.notes).toEqual([]);
  });

  it('cuts and tags the few sentences whose parse has other words', async () => {
    const rows = [...Array.from({ length: 9 }, () => snli), { ...snli, sentence1: 'He sleeps.' }];
    const source = await pairsOf('a.jsonl', lines(...rows));
    const { premise } = source.pairs[9];
    expect([givenWords(premise), premise.tags]).toEqual([
      ['He', 'sleeps', '.'],
      ['PRP', 'VBZ', '.'],
    ]);
    expect(source.pairs.every(({ hypothesis }) => hypothesis.tokenised)).toBe(true);
    expect(source.notes).toEqual([
      'a.jsonl: the parses do not have the words of 1 of 20 sentences; these are cut and tagged here.',
    ]);
  });

  it('uses no parse where many have other words', async () => {
    const source = await pairsOf('a.jsonl', lines(snli, { ...snli, sentence1: 'Something else.' }));
    expect(source.pairs.map(({ premise, hypothesis }) => [premise.tokenised, hypothesis.tokenised])).toEqual([
      [false, false],
      [false, false],
    ]);
    expect(source.notes).toEqual([
      'a.jsonl: the parses are not used, as they do not have the words of 1 of 4 sentences.',
    ]);
  });

  it('knows MultiNLI', async () => {
    const row = {
      genre: 'fiction',
      gold_label: '-',
      pairID: '12e',
      promptID: '12',
      sentence1: ' One.',
      sentence2: 'Two.',
    };
    const source = await pairsOf('dev.jsonl', lines(row));
    expect([source.layout, ...inShort(source)]).toEqual(['MultiNLI (JSON lines)', ['One.', 'Two.', null, null, '12e']]);
  });

  it('reads labels as numbers, and -1 as none', async () => {
    const source = await pairsOf(
      'a.jsonl',
      lines(...[0, 1, 2, -1, null].map((label, idx) => ({ premise: 'a b', hypothesis: 'c', label, idx }))),
    );
    expect(source.pairs.map(({ gold }) => gold)).toEqual(['entailment', 'neutral', 'contradiction', null, null]);
    expect(source.pairs[1].name).toBe('idx 1');
    expect(source.notes).toEqual(['a.jsonl: the labels 0, 1 and 2 are read as entailment, neutral and contradiction.']);
    expect(source.found).toEqual(['premise', 'hypothesis', 'label', 'idx']);
    expect(source.columns).toEqual({ premise: 'premise', hypothesis: 'hypothesis', gold: 'label', prediction: null });
  });

  it('keeps a prediction: as a label where it is one, else in the words of the file', async () => {
    const rows = ['E', 2, 'maybe', '-', { a: 1 }].map((pred) => ({ premise: 'a', hypothesis: 'b', pred }));
    const source = await pairsOf('a.jsonl', lines(...rows));
    expect(source.pairs.map(({ given }) => given)).toEqual(['entailment', 'contradiction', 'maybe', null, '{"a":1}']);
  });

  it('leaves out rows with an empty sentence and names the first', async () => {
    const pair = { premise: 'a', hypothesis: 'b' };
    const rows = [pair, { ...pair, hypothesis: 'n/a' }, { ...pair, premise: ' ' }, { premise: 'a' }, pair];
    const source = await pairsOf('a.jsonl', lines(...rows));
    expect(source.pairs.map(({ name }) => name)).toEqual(['row 1', 'row 5']);
    expect(source.notes).toEqual([
      'a.jsonl: 3 pairs with an empty sentence are left out; the first is row 2, column hypothesis.',
    ]);
  });

  it('keeps two-way labels without a gold label, and says so', async () => {
    const source = await pairsOf('rte.jsonl', lines({ sentence1: 'a', sentence2: 'b', label: 'not_entailment' }));
    expect(source.pairs[0].gold).toBeNull();
    expect(source.notes).toEqual([
      'rte.jsonl: 1 pair is labelled not_entailment, which may be neutral or contradiction, so without a gold label; accuracy is that of the others.',
    ]);
  });

  it('takes the fields that a person chose', async () => {
    const row = { story: 'a b', claim: 'c', verdict: 'c', guess: 'n' };
    const columns = { premise: 'story', hypothesis: 'claim', gold: 'verdict', prediction: 'guess' };
    const source = await pairsOf('a.jsonl', lines(row), { columns });
    expect(inShort(source)).toEqual([['a b', 'c', 'contradiction', 'neutral', 'row 1']]);
    expect(source.columns).toEqual(columns);
  });
});
