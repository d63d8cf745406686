import { describe, expect, it } from 'vitest';
import { modelInput } from '../../../src/onnx/model-input.ts';
import { readModel } from '../../../src/onnx/read-model.ts';
import type { PairInput } from '../../../src/onnx/text/pair-input.ts';
import { pairInput } from '../../../src/onnx/text/read-pair-input.ts';
import { node, plainNetwork, weights } from '../support/networks.ts';
import { writeModel, type ValueSpec } from '../support/onnx-writer.ts';
import { jointModel, twoSentenceModel } from '../support/pair-models.ts';

async function read(model: Uint8Array<ArrayBuffer>): Promise<PairInput> {
  const input = pairInput(await readModel(model, 'pairs.onnx'));
  if (!input) throw new Error('takes no pairs');
  return input;
}

/** A model with nothing but these inputs. */
function withInputs(inputs: readonly ValueSpec[]): Uint8Array<ArrayBuffer> {
  return writeModel({
    inputs,
    outputs: [{ name: 'out' }],
    initializers: [weights('table', [30, 4])],
    nodes: [node('Gather', ['table', inputs[0]?.name ?? ''], 'out')],
  });
}

/** The roles of inputs told by their names alone: [batch, tokens], but names that end in `len` or `lengths` are lists. */
async function rolesOf(...names: string[]): Promise<(string | null)[]> {
  const { tensors } = await read(
    withInputs(
      names.map((name) => ({
        name,
        elemType: 'int64',
        dims: /len(gths)?$/.test(name) ? ['batch'] : ['batch', 'n_tokens'],
      })),
    ),
  );
  return tensors.map(({ role }) => role);
}

const two = ['premise-ids', 'hypothesis-ids'];
const twoWithLengths = ['premise-ids', 'premise-lengths', 'hypothesis-ids', 'hypothesis-lengths'];

describe('roles of inputs', () => {
  it.each([
    [['premise', 'hypothesis'], two],
    [['s1', 's1len', 's2', 's2len'], twoWithLengths],
    [['sentence1', 'sentence1_lengths', 'sentence2', 'sentence2_lengths'], twoWithLengths],
    [['src1', 'src1_lengths', 'src2', 'src2_lengths'], twoWithLengths],
    [['text_a', 'text_b'], two],
    [
      ['input_ids_1', 'attention_mask_1', 'input_ids_2', 'attention_mask_2'],
      ['premise-ids', 'premise-mask', 'hypothesis-ids', 'hypothesis-mask'],
    ],
    [['input_ids_0', 'input_ids_1'], two],
    [
      ['hypothesisTokens', 'premiseTokens'],
      ['hypothesis-ids', 'premise-ids'],
    ],
    [['onnx::Gather_0', 'onnx::Gather_1'], two],
    [['input.1', 'input.5'], two],
    [
      ['input_ids', 'attention_mask', 'token_type_ids'],
      ['pair-ids', 'pair-mask', 'pair-types'],
    ],
    [
      ['input_ids', 'input_mask', 'segment_ids', 'position_ids'],
      ['pair-ids', 'pair-mask', 'pair-types', 'pair-positions'],
    ],
    [
      ['serving_default_input_ids:0', 'serving_default_attention_mask:0'],
      ['pair-ids', 'pair-mask'],
    ],
    [
      ['tokens', 'token_lengths'],
      ['pair-ids', 'pair-lengths'],
    ],
  ])('%j', async (names, roles) => {
    expect(await rolesOf(...names)).toEqual(roles);
  });

  it('come once each; what is left over has none', async () => {
    expect(await rolesOf('premise', 'premise_again', 'hypothesis')).toEqual(['premise-ids', null, 'hypothesis-ids']);
    const { tensors } = await read(
      withInputs([
        { name: 'premise', elemType: 'int64', dims: ['batch', 'n'] },
        { name: 'hypothesis', elemType: 'int64', dims: ['batch', 'n'] },
        { name: 'temperature', elemType: 'float', dims: [] },
      ]),
    );
    expect(tensors[2]).toEqual({ name: 'temperature', elemType: 'float', dims: [], role: null, vocabulary: null });
  });
});

describe('order and sizes', () => {
  const ids = (dims: ValueSpec['dims']): ValueSpec => ({ name: 'input_ids', elemType: 'int32', ...(dims && { dims }) });

  it.each([
    [['batch_size', 'sequence_length'], 'batch-first', null, null],
    [['seq', 'batch'], 'tokens-first', null, null],
    [['T', 'N'], 'tokens-first', null, null],
    [['x', 'num_tokens'], 'batch-first', null, null],
    [['x', 'y'], 'batch-first', null, null],
    [[1, 128], 'batch-first', 1, 128],
    [['seq', 8], 'tokens-first', 8, null],
    [undefined, 'batch-first', null, null],
  ] as const)('of %j', async (dims, order, batch, tokens) => {
    expect(await read(withInputs([ids(dims)]))).toMatchObject({ order, batch, tokens });
  });

  it.each([true, false])('are told by the LSTM that reads the words (tokens first: %s)', async (tokensFirst) => {
    const input = await read(twoSentenceModel({ tokensFirst, rows: 17 }));
    expect(input.order).toBe(tokensFirst ? 'tokens-first' : 'batch-first');
    expect(input.tensors.map(({ vocabulary }) => vocabulary)).toEqual([17, 17, null, null]);
  });

  it('of a model that says nothing of its dimensions are told by its LSTM as well', async () => {
    for (const turned of [false, true]) {
      const model = writeModel({
        inputs: ['premise', 'hypothesis'].map((name) => ({ name, elemType: 'int64', dims: [null, null] })),
        outputs: [{ name: 'y' }],
        initializers: [weights('table', [9, 2]), weights('w', [1, 12, 2]), weights('r', [1, 12, 3])],
        nodes: [
          node('Cast', 'premise', 'ids', { to: 6 }),
          ...(turned ? [node('Transpose', 'ids', 'ids_turned')] : []),
          node('Gather', ['table', turned ? 'ids_turned' : 'ids'], 'rows'),
          node('Dropout', 'rows', 'kept'),
          node('LSTM', ['kept', 'w', 'r'], 'y', { hidden_size: 3 }),
        ],
      });
      expect(await read(model)).toMatchObject({ order: turned ? 'batch-first' : 'tokens-first' });
    }
  });

  it('of the joint model', async () => {
    expect(await read(jointModel({ rows: 33, positionIds: true }))).toEqual({
      order: 'batch-first',
      batch: null,
      tokens: null,
      tensors: [
        ['input_ids', 'pair-ids', 33],
        ['attention_mask', 'pair-mask', null],
        ['token_type_ids', 'pair-types', null],
        ['position_ids', 'pair-positions', null],
      ].map(([name, role, vocabulary]) => ({ name, role, vocabulary, elemType: 'int64', dims: ['batch', 'sequence'] })),
    });
  });
});

describe('what a model takes', () => {
  it('is pictures or pairs', async () => {
    expect(modelInput(await readModel(plainNetwork(), 'p.onnx'))).toMatchObject({ kind: 'pictures', name: 'picture' });
    expect(modelInput(await readModel(jointModel(), 'j.onnx'))).toMatchObject({ kind: 'pairs', order: 'batch-first' });
  });

  it('is refused where neither fits', async () => {
    const flat = await readModel(withInputs([{ name: 'x', dims: ['n', 7] }]), 'flat.onnx');
    expect(() => modelInput(flat)).toThrow('flat.onnx takes no picture: an input of shape');
    const bytes = withInputs([
      { name: 'input_ids', elemType: 'int64', dims: ['batch', 'n'] },
      { name: 'attention_mask', elemType: 'uint8', dims: ['batch', 'n'] },
    ]);
    const odd = await readModel(bytes, 'odd.onnx');
    expect(() => modelInput(odd)).toThrow(
      'odd.onnx wants its input attention_mask uint8 [batch, n] as uint8. Only int64, int32 and float can be fed to a model of sentence pairs: export it again with int64 inputs.',
    );
  });
});
