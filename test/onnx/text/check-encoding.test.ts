import { describe, expect, it } from 'vitest';
import type { PairEncoding } from '../../../src/engine/text/pair-encoding.ts';
import { readModel } from '../../../src/onnx/read-model.ts';
import { encodingProblems } from '../../../src/onnx/text/check-encoding.ts';
import type { PairInput } from '../../../src/onnx/text/pair-input.ts';
import { pairInput } from '../../../src/onnx/text/read-pair-input.ts';
import { suggestEncoding } from '../../../src/onnx/text/suggest-encoding.ts';
import type { TokenizerInfo } from '../../../src/onnx/text/tokenizer.ts';
import { jointModel, twoSentenceModel } from '../support/pair-models.ts';

const words: TokenizerInfo = {
  kind: 'vocabulary',
  name: 'words.txt',
  hash: 'aa',
  tokens: 20,
  largestId: 19,
  joins: false,
};
const pieces: TokenizerInfo = {
  kind: 'tokenizer',
  name: 'tokenizer.json',
  hash: 'bb',
  tokens: 40,
  largestId: 39,
  joins: true,
};

async function suggested(
  model: Uint8Array<ArrayBuffer>,
  tokenizer: TokenizerInfo | null,
): Promise<{ input: PairInput; encoding: PairEncoding }> {
  const summary = await readModel(model, 'pairs.onnx');
  const input = pairInput(summary);
  if (!input) throw new Error('takes no pairs');
  return { input, encoding: suggestEncoding(summary, input, tokenizer) };
}

const two = await suggested(twoSentenceModel(), words);
const joint = await suggested(jointModel(), pieces);

describe('the encoding proposed', () => {
  it('has no problems', () => {
    expect(encodingProblems(two.input, two.encoding, words)).toEqual([]);
    expect(encodingProblems(joint.input, joint.encoding, pieces)).toEqual([]);
  });

  it('of a model of two sentences', () => {
    expect(two.encoding).toEqual({
      roles: {
        premise: 'premise-ids',
        hypothesis: 'hypothesis-ids',
        premise_lengths: 'premise-lengths',
        hypothesis_lengths: 'hypothesis-lengths',
      },
      order: 'batch-first',
      tokenizer: { kind: 'vocabulary', name: 'words.txt', hash: 'aa' },
      maxTokens: 128,
      classes: ['entailment', 'neutral', 'contradiction'],
    });
  });

  it('takes classes from the metadata, and as many tokens as there are positions', async () => {
    const named = (metadata: Record<string, string>) => suggested(jointModel({ metadata, positions: 50 }), null);
    const listed = await named({ classes: '["no", "maybe", "yes"]' });
    expect(listed.encoding).toMatchObject({ classes: ['no', 'maybe', 'yes'], maxTokens: 50, tokenizer: null });
    const numbered = await named({ id2label: '{"1": "NEUTRAL", "0": "CONTRADICTION", "2": "ENTAILMENT"}' });
    expect(numbered.encoding.classes).toEqual(['CONTRADICTION', 'NEUTRAL', 'ENTAILMENT']);
    const useless = await named({ classes: '[1, 2' });
    expect(useless.encoding.classes).toEqual(['entailment', 'neutral', 'contradiction']);
    const fed = await suggested(jointModel({ positionIds: true, positions: 514 }), null);
    expect(fed.encoding.maxTokens).toBe(512);
  });
});

describe('what is wrong with an encoding', () => {
  const { premise: _, ...fewer } = two.encoding.roles;

  it.each<[string, Partial<PairEncoding>, TokenizerInfo | null, string[]]>([
    [
      'an input without a role',
      { roles: fewer },
      words,
      ["What the model's input premise takes cannot be told from its name and shape. Say which role it has."],
    ],
    [
      'a role for an input that is not there',
      { roles: { ...two.encoding.roles, other: 'premise-mask' } },
      words,
      ['The model has no input named other, so it cannot be given a role.'],
    ],
    [
      'one role twice',
      { roles: { ...two.encoding.roles, hypothesis: 'premise-ids' } },
      words,
      [
        'The inputs premise, hypothesis have the same role, ids of the premise. Each role belongs to one input.',
        'No input takes the ids of the hypothesis. A model of sentence pairs takes the ids of premise and hypothesis, or of both joined: give one of its inputs this role.',
      ],
    ],
    [
      'joined sentences beside one',
      { roles: { ...two.encoding.roles, hypothesis: 'pair-ids' } },
      words,
      [
        'The input hypothesis takes both sentences joined, and premise takes one of them. All inputs must take joined sentences, or none.',
        'words.txt cannot join two sentences into one row, as this model needs it. Drop the tokenizer.json that belongs to the model.',
      ],
    ],
    [
      'lengths in a table',
      { roles: { ...two.encoding.roles, premise_lengths: 'premise-mask' } },
      words,
      [
        'The input premise_lengths cannot take the mask of the premise, which have two dimensions. Choose another role.',
      ],
    ],
    [
      'no vocabulary',
      { tokenizer: null },
      null,
      [
        'How words become numbers is not known: the model brings no vocabulary. Drop the vocabulary (a text or JSON file) or the tokenizer.json that it was trained with.',
      ],
    ],
    ['a vocabulary that is gone', {}, null, ['The settings belong to words.txt, which is not open. Drop it again.']],
    [
      'another vocabulary',
      {},
      { ...words, name: 'other.txt', hash: 'cc' },
      ['The settings belong to words.txt, but other.txt is open. Drop words.txt again, or take the open one.'],
    ],
    [
      'a vocabulary that is too large',
      {},
      { ...words, largestId: 20 },
      [
        'words.txt does not fit the model: it gives ids up to 20, and the table that premise is looked up in has 20 rows. Drop the vocabulary or tokenizer.json that belongs to this model.',
      ],
    ],
    ['no tokens', { maxTokens: 0 }, words, ['The most tokens of a row must be a whole number from 1.']],
    [
      'classes of the same name',
      { classes: ['yes', 'no', 'yes'] },
      words,
      ['Two classes are named yes. Each class needs a name of its own.'],
    ],
  ])('%s', (_name, change, tokenizer, problems) => {
    expect(encodingProblems(two.input, { ...two.encoding, ...change }, tokenizer)).toEqual(problems);
  });

  it('of a joint model: a vocabulary, and no room for special tokens', () => {
    const { input, encoding } = joint;
    expect(encodingProblems(input, { ...encoding, tokenizer: null, maxTokens: 4 }, words)).toEqual([
      'words.txt cannot join two sentences into one row, as this model needs it. Drop the tokenizer.json that belongs to the model.',
      'The most tokens of a row must be a whole number from 5.',
    ]);
    const { input_ids: _ids, ...others } = encoding.roles;
    expect(
      encodingProblems({ ...input, tensors: input.tensors.slice(1) }, { ...encoding, roles: others }, pieces),
    ).toEqual([
      'No input takes the ids of both sentences. A model of sentence pairs takes the ids of premise and hypothesis, or of both joined: give one of its inputs this role.',
    ]);
  });
});
