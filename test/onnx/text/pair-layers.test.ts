import { describe, expect, it } from 'vitest';
import { defaultLayer } from '../../../src/onnx/default-layer.ts';
import { layers } from '../../../src/onnx/layers.ts';
import { readModel } from '../../../src/onnx/read-model.ts';
import { tap } from '../../../src/onnx/tap.ts';
import { encodeBatch } from '../../../src/onnx/text/encode-batch.ts';
import { openTokenizer } from '../../../src/onnx/text/open-tokenizer.ts';
import type { PairTokenizer } from '../../../src/onnx/text/tokenizer.ts';
import { pairInput } from '../../../src/onnx/text/read-pair-input.ts';
import { suggestEncoding } from '../../../src/onnx/text/suggest-encoding.ts';
import { openSession } from '../../../src/runtime/ort-node.ts';
import { ints, node, weights } from '../support/networks.ts';
import { writeModel, type NodeSpec } from '../support/onnx-writer.ts';
import { HIDDEN_UNITS, jointModel, JOINT_UNITS, LSTM_UNITS, twoSentenceModel } from '../support/pair-models.ts';
import { pair, WORDS } from '../support/pairs.ts';

const pairs = [
  pair('a man sleeps in the park', 'nobody is outside'),
  pair('the dog runs', 'a dog is outside in the park'),
];

/** Encodes the pairs, runs all float tensors, and gives the layers inferred beside the shapes of the run. */
async function run(model: Uint8Array<ArrayBuffer>, tokenizer: PairTokenizer, given = pairs) {
  const summary = await readModel(model, 'pairs.onnx');
  const input = pairInput(summary);
  if (!input) throw new Error('takes no pairs');
  const batch = encodeBatch(given, input, suggestEncoding(summary, input, tokenizer.info), tokenizer);
  const list = layers(summary, input);
  const taps = list.filter(({ reason }) => !reason.startsWith('Its values')).map(({ tensor }) => tensor);
  const session = await openSession(tap(model, summary, taps), { taps });
  const found = await session.run({ ...batch.tensors });
  await session.close();
  return { summary, batch, list, found };
}

/** Joins sentences as a tokenizer would; its ids are the words' own. */
async function joining(): Promise<PairTokenizer> {
  const words = await openTokenizer(new TextEncoder().encode(JSON.stringify(WORDS)), 'words.json');
  return {
    ...words,
    info: { ...words.info, joins: true },
    pair(premise, hypothesis, maxTokens) {
      const first = words.sentence(premise, 0, maxTokens);
      const second = words.sentence(hypothesis, first.ids.length, maxTokens - first.ids.length);
      return {
        ids: [...first.ids, ...second.ids],
        words: [...first.words, ...second.words],
        types: [...first.ids.map(() => 0), ...second.ids.map(() => 1)],
      };
    },
  };
}

describe('layers of models of sentence pairs', () => {
  it.each([
    ['two sentences', twoSentenceModel({ words: WORDS })],
    ['two sentences, tokens first', twoSentenceModel({ words: WORDS, tokensFirst: true, ids: 'int32' })],
    ['both joined', jointModel()],
    ['both joined, with positions', jointModel({ positionIds: true, ids: 'int32' })],
  ])('have the shapes of a run, and the batch is told by its size: %s', async (_, model) => {
    const { list, found, batch } = await run(model, await joining());
    const { rows } = batch.axes;
    const tokens = [batch.axes.premise, batch.axes.hypothesis, batch.axes.pair].filter((size) => size !== null);
    expect(new Set([rows, ...tokens]).size).toBe(1 + tokens.length);
    for (const { tensor, shape, probeable, layout, units } of list.filter((layer) => layer.tensor in found)) {
      const { dims } = found[tensor];
      expect([tensor, shape?.map((size, axis) => size ?? dims[axis])]).toEqual([tensor, [...dims]]);
      if (!probeable) continue;
      expect([tensor, units]).toEqual([tensor, dims.at(-1)]);
      const lead = dims.slice(0, -1).toSorted((a, b) => a - b);
      const allowed = tokens.map((size) => [rows, size].toSorted((a, b) => a - b));
      expect([tensor, layout, lead]).toEqual([tensor, layout, layout === 'flat' ? [rows] : expect.toBeOneOf(allowed)]);
    }
  });

  it('are states of sentences and tokens; others say why not', async () => {
    const { list, summary } = await run(twoSentenceModel({ words: WORDS }), await joining());
    const of = (tensor: string) => list.find((layer) => layer.tensor === tensor);
    expect(of('premise_states')).toMatchObject({
      layout: 'tokens',
      shape: [null, null, 2 * LSTM_UNITS],
      units: 2 * LSTM_UNITS,
      height: 1,
      width: 1,
      probeable: true,
    });
    expect(of('hidden')).toMatchObject({
      layout: 'flat',
      shape: [null, HIDDEN_UNITS],
      units: HIDDEN_UNITS,
      probeable: true,
    });
    expect(of('premise_y')).toMatchObject({
      shape: [null, 2, null, LSTM_UNITS],
      units: null,
      probeable: false,
      reason:
        'It has 4 dimensions; [pairs, units], or [pairs, tokens, units] with the pairs or the tokens first, is needed.',
    });
    expect(of('premise_last')?.reason).toBe('Its first two axes are not those of pairs and tokens.');
    expect(of('premise_count')?.reason).toBe('Its values are int32, not float.');
    expect(defaultLayer(summary, list)?.tensor).toBe('hidden');
  });

  it('of attention are none where the last axis counts tokens', async () => {
    const { list, summary } = await run(jointModel(), await joining());
    const refused = list.filter(({ probeable }) => !probeable).map(({ tensor, reason }) => [tensor, reason]);
    const why = 'Its last axis counts tokens or pairs, not units.';
    const needed = 'Its values are int64, not float.';
    expect(refused.filter(([, reason]) => reason !== needed)).toEqual(
      [
        'key_turned',
        'raw_scores',
        'scores',
        'mask_float',
        'hidden_tokens',
        'mask_scores',
        'scores_masked',
        'attention',
      ].map((tensor) => [tensor, why]),
    );
    expect(list.find(({ tensor }) => tensor === 'pooled')).toMatchObject({ layout: 'flat', units: JOINT_UNITS });
    expect(defaultLayer(summary, list)?.tensor).toBe('pooled');
  });
});

describe('shapes of attention with several heads, as PyTorch exports it', () => {
  it('are followed through the arithmetic on shapes', async () => {
    const heads = (from: string, to: string): NodeSpec[] => [
      node('MatMul', [from, 'w'], `${to}_linear`),
      node('Shape', `${to}_linear`, `${to}_shape`),
      node('Gather', [`${to}_shape`, 'zero'], `${to}_b`, { axis: 0 }),
      node('Gather', [`${to}_shape`, 'one'], `${to}_t`, { axis: 0 }),
      node('Unsqueeze', [`${to}_b`, 'axis0'], `${to}_b1`),
      node('Unsqueeze', [`${to}_t`, 'axis0'], `${to}_t1`),
      node('Concat', [`${to}_b1`, `${to}_t1`, 'two_by_three'], `${to}_wanted`, { axis: 0 }),
      node('Reshape', [`${to}_linear`, `${to}_wanted`], `${to}_parts`),
      node('Transpose', `${to}_parts`, to, { perm: [0, 2, 1, 3] }),
    ];
    const scalar = (name: string, value: number) => ({ name, dims: [], values: [value], elemType: 'int64' as const });
    const model = writeModel({
      inputs: [{ name: 'input_ids', elemType: 'int64', dims: ['batch', 'sequence'] }],
      outputs: [{ name: 'logits', dims: ['batch', 3] }],
      initializers: [
        weights('table', [40, 6]),
        weights('w', [6, 6], 2),
        weights('w_class', [6, 3], 3),
        scalar('zero', 0),
        scalar('one', 1),
        ints('axis0', [0]),
        ints('two_by_three', [2, 3]),
        ints('joined', [0, 0, 6]),
        ints('listed', [-1, 6]),
      ],
      nodes: [
        node('Gather', ['table', 'input_ids'], 'rows'),
        ...heads('rows', 'query'),
        ...heads('rows', 'key'),
        node('Transpose', 'key', 'key_turned', { perm: [0, 1, 3, 2] }),
        node('MatMul', ['query', 'key_turned'], 'scores'),
        node('Softmax', 'scores', 'attention', { axis: -1 }),
        node('MatMul', ['attention', 'key'], 'mixed'),
        node('Transpose', 'mixed', 'mixed_turned', { perm: [0, 2, 1, 3] }),
        node('Reshape', ['mixed_turned', 'joined'], 'context'),
        node('Reshape', ['context', 'listed'], 'list'),
        node('ReduceMax', 'context', 'most', { axes: [1], keepdims: 0 }),
        node('MatMul', ['most', 'w_class'], 'logits'),
      ],
    });
    const { list, found, batch, summary } = await run(model, await joining(), pairs.slice(0, 1));
    const float = list.filter(({ tensor }) => tensor in found);
    expect(float.length).toBe(16);
    expect(
      float.map(({ tensor, shape }) => [tensor, shape?.map((size, axis) => size ?? found[tensor].dims[axis])]),
    ).toEqual(float.map(({ tensor }) => [tensor, [...found[tensor].dims]]));
    expect(float.filter(({ probeable }) => probeable).map(({ tensor, layout }) => [tensor, layout])).toEqual([
      ['rows', 'tokens'],
      ['query_linear', 'tokens'],
      ['key_linear', 'tokens'],
      ['context', 'tokens'],
      ['most', 'flat'],
      ['logits', 'flat'],
    ]);
    expect(list.find(({ tensor }) => tensor === 'list')?.reason).toBe('Its first axis does not count pairs.');
    expect(found['context'].dims).toEqual([batch.axes.rows, batch.axes.pair, 6]);
    expect(defaultLayer(summary, list)?.tensor).toBe('most');
  });
});

describe('padding', () => {
  it.each([
    ['two sentences', twoSentenceModel({ words: WORDS })],
    ['both joined', jointModel()],
  ])('changes nothing: %s', async (_, model) => {
    const tokenizer = await joining();
    const summary = await readModel(model, 'pairs.onnx');
    const input = pairInput(summary);
    if (!input) throw new Error('takes no pairs');
    const encoding = suggestEncoding(summary, input, tokenizer.info);
    const session = await openSession(model, { taps: ['logits'] });
    const logits = async (of: typeof pairs) =>
      (await session.run({ ...encodeBatch(of, input, encoding, tokenizer).tensors }))['logits'].data;
    const together = await logits(pairs);
    const alone = [
      ...(await logits(pairs.slice(0, 1))).subarray(0, 3),
      ...(await logits(pairs.slice(1))).subarray(0, 3),
    ];
    await session.close();
    expect(alone.map((value, i) => Math.abs(value - together[i]) < 1e-5)).toEqual(alone.map(() => true));
  });
});
