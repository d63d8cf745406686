import { describe, expect, it } from 'vitest';
import { openPairs } from '../../../src/probing/pairs/open-pairs.ts';
import { givenWords, inShort, textTree } from './support/pair-files.ts';

const tok = 'Two women sleep .\nNobody  sleeps\nA dog .\nIt runs\n';
const feats = [
  'lemma;open|tag;closed|dep;closed|const;multi',
  'Two|two|CD|nummod|NP Women|Woman|NNS|ROOT|NP',
  'They|-PRON-|PRP|nsubj|NP;VP run|run|VBP|ROOT|',
];

describe('.tok', () => {
  it('reads lines as premise and hypothesis by turns, with their words', async () => {
    const source = await openPairs(textTree({ 'snli_1.0_dev.tok': `${tok}\n\n` }), {});
    expect(inShort(source)).toEqual([
      ['Two women sleep .', 'Nobody sleeps', null, null, 'line 1'],
      ['A dog .', 'It runs', null, null, 'line 3'],
    ]);
    expect(givenWords(source.pairs[0].hypothesis)).toEqual(['Nobody', 'sleeps']);
    expect([source.layout, source.columns, source.found, source.notes]).toEqual([
      'Tokenised pairs (.tok)',
      null,
      [],
      [],
    ]);
  });

  it('takes an empty line between others for an empty sentence', async () => {
    const source = await openPairs(textTree({ 'a.tok': 'A\n\nB\nC\n' }), {});
    expect(source.pairs.map(({ name }) => name)).toEqual(['line 3']);
    expect(source.notes).toEqual([
      'a.tok: 1 pair with an empty sentence is left out; the first is line 1, column hypothesis.',
    ]);
  });

  it('takes labels and predictions from the table beside it', async () => {
    const tree = textTree({
      'snli_1.0_dev.tok': tok,
      'preds/6_snli_1.0_dev.csv': 'gt,pred,correct\ncontradiction,neutral,False\nUNK,entailment,False\n',
      'preds/7_snli_1.0_dev.csv': 'gt,pred\n',
      'preds/6_other.csv': 'gt,pred\n',
    });
    const source = await openPairs(tree, {});
    expect(source.pairs.map(({ gold, given }) => [gold, given])).toEqual([
      ['contradiction', 'neutral'],
      [null, 'entailment'],
    ]);
    expect(source.notes).toEqual([
      'Labels and predictions come from preds/6_snli_1.0_dev.csv; preds/7_snli_1.0_dev.csv was left aside.',
    ]);
    expect(source.digests.map((line) => line.split(' ')[0])).toEqual(['snli_1.0_dev.tok', 'preds/6_snli_1.0_dev.csv']);
  });
});

describe('.feats', () => {
  it('reads words, tags and lemmas, and passes over other fields', async () => {
    const source = await openPairs(textTree({ 'a.feats': feats.join('\n') }), {});
    expect(source.layout).toBe('Annotated pairs (.feats)');
    expect(source.pairs[0].premise).toEqual({
      text: 'Two Women',
      tokenised: true,
      tags: ['CD', 'NNS'],
      lemmas: ['two', 'woman'],
    });
    expect(source.pairs[0].hypothesis.tags).toEqual(['PRP', 'VBP']);
  });

  it('reads words alone where neither tag nor lemma is among the fields', async () => {
    const source = await openPairs(textTree({ 'a.feats': 'dep;closed\nA|x B|y\nC|z\n' }), {});
    expect(source.pairs[0].premise).toEqual({ text: 'A B', tokenised: true });
  });
});
