import { describe, expect, it } from 'vitest';
import { classHead, classOutput } from '../../src/onnx/class-head.ts';
import { layers } from '../../src/onnx/layers.ts';
import { modelInput } from '../../src/onnx/model-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { network, node, plainNetwork, weights } from './support/networks.ts';
import type { NodeSpec, TensorSpec } from './support/onnx-writer.ts';
import { HIDDEN_UNITS, jointModel, JOINT_UNITS, twoSentenceModel } from './support/pair-models.ts';

type Model = Uint8Array<ArrayBuffer>;

async function headOf(model: Model, layer: string) {
  return classHead(model, await readModel(model, 'test.onnx'), layer);
}

async function outputOf(model: Model): Promise<string | null> {
  const summary = await readModel(model, 'test.onnx');
  return classOutput(summary, layers(summary, modelInput(summary)));
}

/** Turns rows and columns of stored weights around. */
function turned({ dims, values }: TensorSpec): number[] {
  const [rows = 0, columns = 0] = dims;
  return Array.from({ length: rows * columns }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}

const float = (values: readonly number[]): Float32Array => Float32Array.from(values);
/** Weights that a float16 holds exactly. */
const halves = (name: string, dims: readonly number[], rest: Partial<TensorSpec> = {}): TensorSpec => {
  const { values } = weights(name, dims, 6);
  return { name, dims, values: values.map((value) => Math.round(value * 16) / 16), ...rest };
};

/** A picture network whose units `u` [batch, 4] go through these operators to `logits` [batch, 3]. */
function headed(nodes: readonly NodeSpec[], tensors: readonly TensorSpec[], output = 'logits'): Model {
  return network(
    [
      node('Conv', ['picture', 'w0'], 'maps'),
      node('GlobalAveragePool', 'maps', 'means'),
      node('Flatten', 'means', 'u'),
      ...nodes,
    ],
    [weights('w0', [4, 3, 1, 1]), ...tensors],
    [output],
  );
}

describe('weights of the class layer', () => {
  it('of the sentence models are those of their last layer', async () => {
    const two = weights('w2', [3, HIDDEN_UNITS], 9);
    expect(await headOf(twoSentenceModel(), 'hidden')).toEqual({
      output: 'logits',
      classes: 3,
      weights: float(turned(two)),
    });
    const joint = weights('w_class', [3, JOINT_UNITS], 13);
    expect(await headOf(jointModel(), 'pooled')).toEqual({
      output: 'logits',
      classes: 3,
      weights: float(turned(joint)),
    });
    expect(await headOf(twoSentenceModel(), 'normal')).toBeNull();
    expect(await headOf(jointModel(), 'states')).toBeNull();
  });

  it('of maps, past their mean', async () => {
    expect(await headOf(plainNetwork(), 'relu2')).toEqual({
      output: 'logits',
      classes: 5,
      weights: float(turned(weights('w3', [5, 6], 4))),
    });
    expect(await headOf(plainNetwork(), 'relu1')).toBeNull();
  });

  const w = halves('w', [4, 3]);
  const v = halves('v', [3, 4]);
  const b = weights('b', [3]);

  it.each<[string, NodeSpec[], TensorSpec[], number[] | null]>([
    ['Gemm', [node('Gemm', ['u', 'w', 'b'], 'logits')], [w, b], [...w.values]],
    [
      'Gemm with a factor',
      [node('Gemm', ['u', 'v'], 'logits', { transB: 1, alpha: { float: -2 } })],
      [v],
      turned(v).map((value) => -2 * value),
    ],
    [
      'MatMul, sum and softmax',
      [node('MatMul', ['u', 'w'], 'a'), node('Add', ['b', 'a'], 's'), node('Softmax', 's', 'logits')],
      [w, b],
      [...w.values],
    ],
    [
      'MatMul from the left',
      [
        node('Transpose', 'u', 't', { perm: [1, 0] }),
        node('MatMul', ['v', 't'], 'a'),
        node('Transpose', 'a', 'logits', { perm: [1, 0] }),
      ],
      [v],
      turned(v),
    ],
    [
      'weights turned before use',
      [node('Transpose', 'v', 't', { perm: [1, 0] }), node('MatMul', ['u', 't'], 'logits')],
      [v],
      turned(v),
    ],
    ['values listed one by one', [node('Gemm', ['u', 'w'], 'logits')], [{ ...w, listed: true }], [...w.values]],
    [
      'float16, cast',
      [node('Cast', 'w', 'f', { to: 1 }), node('MatMul', ['u', 'f'], 'logits')],
      [{ ...w, elemType: 'float16' }],
      [...w.values],
    ],
    [
      'a constant operator',
      [node('Constant', [], 'c', { value: { tensor: { ...w, name: '' } } }), node('MatMul', ['u', 'c'], 'logits')],
      [],
      [...w.values],
    ],
    [
      'dropout in between',
      [node('Dropout', 'u', 'd'), node('Identity', 'd', 'i'), node('Gemm', ['i', 'w'], 'logits')],
      [w],
      [...w.values],
    ],
    ['an activation in between', [node('Relu', 'u', 'r'), node('Gemm', ['r', 'w'], 'logits')], [w], null],
    ['an activation behind', [node('Gemm', ['u', 'w'], 'a'), node('Tanh', 'a', 'logits')], [w], null],
    [
      'whole numbers for weights',
      [node('DequantizeLinear', ['w', 'scale'], 'q'), node('MatMul', ['u', 'q'], 'logits')],
      [
        { ...w, elemType: 'uint8' },
        { name: 'scale', dims: [], values: [1] },
      ],
      null,
    ],
  ])('%s', async (_, nodes, tensors, expected) => {
    const head = await headOf(headed(nodes, tensors), 'u');
    expect(head && [...head.weights]).toEqual(expected && [...float(expected)]);
  });

  it('of a 1x1 convolution', async () => {
    const kernel = weights('w1', [5, 4, 1, 1], 3);
    const model = network(
      [
        node('Conv', ['picture', 'w0'], 'maps'),
        node('Dropout', 'maps', 'kept'),
        node('Conv', ['kept', 'w1'], 'scores'),
        node('GlobalAveragePool', 'scores', 'mean'),
        node('Flatten', 'mean', 'logits'),
      ],
      [weights('w0', [4, 3, 1, 1]), kernel],
      ['logits'],
    );
    expect(await headOf(model, 'maps')).toMatchObject({
      classes: 5,
      weights: float(turned({ ...kernel, dims: [5, 4] })),
    });
  });

  it('is read from a Blob as from bytes', async () => {
    const model = twoSentenceModel();
    const summary = await readModel(model, 'test.onnx');
    expect(await classHead(new Blob([model]), summary, 'hidden')).toEqual(await classHead(model, summary, 'hidden'));
  });
});

describe('the class output', () => {
  it('is what a linear layer gives', async () => {
    expect(await outputOf(twoSentenceModel())).toBe('logits');
    expect(await outputOf(plainNetwork())).toBe('logits');
    expect(await outputOf(network([node('Relu', 'picture', 'out')], [], ['out']))).toBeNull();
    // As SqueezeNet has it: an activation between the linear layer and the classes.
    const squeezed = [
      node('Conv', ['picture', 'w'], 'c'),
      node('Relu', 'c', 'r'),
      node('GlobalAveragePool', 'r', 'p'),
      node('Flatten', 'p', 'f'),
    ];
    const maps = [weights('w', [5, 3, 1, 1])];
    const probabilities = [...squeezed, node('Softmax', 'f', 's'), node('Identity', 's', 'out')];
    expect(await outputOf(network(probabilities, maps, ['out']))).toBe('out');
    expect(await outputOf(network(squeezed, maps, ['f']))).toBeNull();
    expect(
      await outputOf(headed([node('Gemm', ['u', 'w'], 'a'), node('Tanh', 'a', 'logits')], [weights('w', [4, 3])])),
    ).toBeNull();
  });

  it('of several is the one whose numbers the metadata name', async () => {
    const model = (metadata: Record<string, string>) =>
      network(
        [
          node('GlobalAveragePool', 'picture', 'm'),
          node('Flatten', 'm', 'u'),
          node('Gemm', ['u', 'w4'], 'four'),
          node('Gemm', ['u', 'w2'], 'two'),
        ],
        [weights('w4', [3, 4]), weights('w2', [3, 2])],
        ['four', 'two'],
        { metadata },
      );
    expect(await outputOf(model({}))).toBe('four');
    expect(await outputOf(model({ classes: '["yes", "no"]' }))).toBe('two');
  });
});
