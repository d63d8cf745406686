import { describe, expect, it } from 'vitest';
import { givenWords, inShort, pairsOf } from './support/pair-files.ts';

const row = (...fields: readonly string[]): string => fields.join('\t');

describe('tab-separated tables', () => {
  it('reads SNLI as it is distributed', async () => {
    const text = [
      row(
        'gold_label',
        'sentence1_binary_parse',
        'sentence2_binary_parse',
        'sentence1_parse',
        'sentence2_parse',
        'sentence1',
        'sentence2',
        'captionID',
        'pairID',
        'label1',
        'label2',
      ),
      row(
        'neutral',
        '( A dog )',
        '( It sleeps )',
        '(ROOT (NP (DT A) (NN dog)))',
        '(ROOT (S (NP (PRP It)) (VP (VBZ sleeps))))',
        'A dog',
        'It sleeps',
        '7.jpg#0',
        '7.jpg#0r1n',
        'neutral',
      ),
      row(
        '-',
        '( A ( `` dog ) )',
        '( It barks )',
        '(ROOT (NP (DT A) (`` ``) (NN dog)))',
        '(ROOT (S (NP (PRP It)) (VP (VBZ barks))))',
        'A "dog',
        'It barks',
        '7.jpg#0',
        '7.jpg#0r1c',
        'neutral',
        'contradiction',
      ),
    ].join('\n');
    const source = await pairsOf('snli_1.0_dev.txt', text);
    expect(source.layout).toBe('SNLI (tab-separated)');
    expect(inShort(source)).toEqual([
      ['A dog', 'It sleeps', 'neutral', null, '7.jpg#0r1n'],
      ['A "dog', 'It barks', null, null, '7.jpg#0r1c'],
    ]);
    expect(givenWords(source.pairs[0].hypothesis)).toEqual(['It', 'sleeps']);
    expect(source.pairs[0].hypothesis.tags).toEqual(['PRP', 'VBZ']);
    expect(givenWords(source.pairs[1].premise)).toEqual(['A', '"', 'dog']);
    expect(source.notes).toEqual([]);
  });

  it('reads past a byte order mark, CRLF and empty lines, and knows columns by other names', async () => {
    const text = '\ufeffText-A\tText B\tGold\tPRED\r\n\r\na cat\tan animal\tE\tn\r\n';
    const source = await pairsOf('a.tsv', text);
    expect(source.layout).toBe('Sentence pairs (tab-separated)');
    expect(inShort(source)).toEqual([['a cat', 'an animal', 'entailment', 'neutral', 'row 3']]);
    expect(source.columns).toEqual({ premise: 'Text-A', hypothesis: 'Text B', gold: 'Gold', prediction: 'PRED' });
  });

  it('finds the columns by what is in them where there is no header', async () => {
    const text = 'contradiction\t1\tA man sleeps here\tNobody is asleep\n-\t2\tA cat\tTwo cats are here\n';
    const source = await pairsOf('a.tsv', text);
    expect(source.found).toEqual(['1', '2', '3', '4']);
    expect(source.columns).toEqual({ premise: '3', hypothesis: '4', gold: '1', prediction: null });
    expect(inShort(source)).toEqual([
      ['A man sleeps here', 'Nobody is asleep', 'contradiction', null, 'row 1'],
      ['A cat', 'Two cats are here', null, null, 'row 2'],
    ]);
  });

  it('takes the columns that a person chose, by name or by number', async () => {
    const columns = { premise: 'b', hypothesis: '1', gold: null, prediction: null };
    const source = await pairsOf('a.tsv', 'a\tb\tlabel\none two\tthree\t7\n', { columns });
    expect(inShort(source)).toEqual([['three', 'one two', null, null, 'row 2']]);
    expect(source.columns).toEqual({ premise: 'b', hypothesis: 'a', gold: null, prediction: null });
  });

  it('takes double quotes for text, and says so where a program seems to have added them', async () => {
    const text = 'premise\thypothesis\n"He said ""no"""\t"Yes", he said\n';
    const source = await pairsOf('a.tsv', text);
    expect(inShort(source)[0].slice(0, 2)).toEqual(['"He said ""no"""', '"Yes", he said']);
    expect(source.notes).toEqual([
      'a.tsv: 1 sentence stands in double quotes, which are text in a tab-separated file. If a program added them, save the table as .csv.',
    ]);
  });

  it('has another digest when contents or columns change', async () => {
    const text = 'premise\thypothesis\tother\nA cat\tA dog\tA cow\n';
    const columns = { premise: 'premise', hypothesis: 'other', gold: null, prediction: null };
    const read = await Promise.all([
      pairsOf('a.tsv', text),
      pairsOf('a.tsv', text.replace('cow', 'hen')),
      pairsOf('a.tsv', text, { columns }),
    ]);
    expect(new Set(read.map(({ digests }) => digests.join())).size).toBe(3);
    expect((await pairsOf('a.tsv', text)).digests).toEqual(read[0].digests);
  });
});

describe('CSV', () => {
  it('reads quotes, commas and line ends inside them', async () => {
    const text = 'id,premise,hypothesis,label\r\nx1,"One, ""two""",Three,n\r\nx2,"Four\r\nfive",Six,e\r\n';
    const source = await pairsOf('a.csv', text);
    expect(source.layout).toBe('Sentence pairs (CSV)');
    expect(inShort(source)).toEqual([
      ['One, "two"', 'Three', 'neutral', null, 'x1'],
      ['Four\nfive', 'Six', 'entailment', null, 'x2'],
    ]);
  });

  it('reads fields separated by semicolons', async () => {
    const source = await pairsOf('a.csv', 'premise;hypothesis;label\n"One, two; three";Four, five;c\n');
    expect(inShort(source)).toEqual([['One, two; three', 'Four, five', 'contradiction', null, 'row 2']]);
  });

  it('reads a table without a header', async () => {
    const source = await pairsOf('a.csv', '"A man sleeps, there",A man is here,n\nA cat sits,A dog runs,c\n');
    expect(source.columns).toEqual({ premise: '1', hypothesis: '2', gold: '3', prediction: null });
    expect(source.pairs).toHaveLength(2);
  });
});
