import { describe, expect, it } from 'vitest';
import { layerWeights } from '../../src/onnx/layer-weights.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { network, node, plainNetwork, weights } from './support/networks.ts';
import type { NodeSpec, TensorSpec } from './support/onnx-writer.ts';

type Model = Uint8Array<ArrayBuffer>;

async function between(model: Model, lower: string, upper: string) {
  return layerWeights(model, await readModel(model, 'test.onnx'), lower, upper);
}

async function numbers(model: Model, lower: string, upper: string): Promise<number[]> {
  const found = await between(model, lower, upper);
  if ('reason' in found) throw new Error(found.reason);
  return [...found.weights];
}

async function reason(model: Model, lower: string, upper: string): Promise<string> {
  const found = await between(model, lower, upper);
  return 'reason' in found ? found.reason : `weights of the ${found.operator}`;
}

const float = (values: readonly number[]): number[] => [...Float32Array.from(values)];

/** Numbers as written, so that sums can be done by hand. */
const given = (name: string, dims: readonly number[], values: readonly number[]): TensorSpec => ({
  name,
  dims,
  values,
});

/** Two units of maps, `low` [batch, 2, 16, 20], and what comes behind them. */
function behindMaps(nodes: readonly NodeSpec[], tensors: readonly TensorSpec[], output = 'up'): Model {
  return network(
    [node('Conv', ['picture', 'w0'], 'low'), ...nodes],
    [weights('w0', [2, 3, 1, 1]), ...tensors],
    [output],
  );
}

/** Two units of a vector, `low` [batch, 2], and what comes behind them. */
function behindVector(nodes: readonly NodeSpec[], tensors: readonly TensorSpec[], output = 'up'): Model {
  const first = [
    node('Conv', ['picture', 'w0'], 'maps'),
    node('GlobalAveragePool', 'maps', 'means'),
    node('Flatten', 'means', 'low'),
  ];
  return network([...first, ...nodes], [weights('w0', [2, 3, 1, 1]), ...tensors], [output]);
}

const w = given('w', [2, 3], [1, 2, 3, -4, 5, -6]);
const turned = given('w', [3, 2], [1, -4, 2, 5, 3, -6]);
/** Three upper units by two lower ones. */
const rows = [1, -4, 2, 5, 3, -6];

describe('weights between layers', () => {
  it.each<[string, NodeSpec[], TensorSpec[], number[]]>([
    ['Gemm', [node('Gemm', ['low', 'w'], 'up')], [w], rows],
    ['Gemm with turned weights', [node('Gemm', ['low', 'w'], 'up', { transB: 1 })], [turned], rows],
    [
      'Gemm with a factor',
      [node('Gemm', ['low', 'w'], 'up', { alpha: { float: -2 } })],
      [w],
      rows.map((value) => -2 * value),
    ],
    [
      'MatMul and a bias',
      [node('MatMul', ['low', 'w'], 'p'), node('Add', ['p', 'b'], 'up')],
      [w, weights('b', [3])],
      rows,
    ],
    [
      'MatMul from the left',
      [
        node('Transpose', 'low', 't', { perm: [1, 0] }),
        node('MatMul', ['w', 't'], 'p'),
        node('Transpose', 'p', 'up', { perm: [1, 0] }),
      ],
      [turned],
      rows,
    ],
    [
      'weights turned before use',
      [node('Transpose', 'w', 't', { perm: [1, 0] }), node('MatMul', ['low', 't'], 'up')],
      [turned],
      rows,
    ],
    [
      'activation functions on both sides',
      [node('Relu', 'low', 'r'), node('Dropout', 'r', 'd'), node('Gemm', ['d', 'w'], 'p'), node('Tanh', 'p', 'up')],
      [w],
      rows,
    ],
    [
      'an activation function that is written out',
      [
        node('Gemm', ['low', 'w'], 'p'),
        node('Sigmoid', 'p', 's'),
        node('Mul', ['p', 's'], 'm'),
        node('Mul', ['m', 'half'], 'up'),
      ],
      [w, given('half', [1], [0.5])],
      rows,
    ],
    [
      'a product with constants',
      [node('Mul', ['low', 'c'], 'm'), node('Gemm', ['m', 'w'], 'p'), node('Div', ['p', 'd'], 'up')],
      [w, given('c', [2], [10, 100]), given('d', [1], [2])],
      [5, -200, 10, 250, 15, -300],
    ],
    ['a turned sign', [node('Gemm', ['low', 'w'], 'p'), node('Neg', 'p', 'up')], [w], rows.map((value) => -value)],
    [
      'a constant less the units',
      [node('Gemm', ['low', 'w'], 'p'), node('Sub', ['one', 'p'], 'up')],
      [w, given('one', [1], [1])],
      rows.map((value) => -value),
    ],
  ])('of a vector: %s', async (_, nodes, tensors, expected) => {
    expect(await numbers(behindVector(nodes, tensors), 'low', 'up')).toEqual(expected);
  });

  it('are the sums over a kernel, with their signs', async () => {
    const kernel = given('k', [2, 2, 1, 2], [1, 2, 3, -5, 0.5, -0.5, 10, 20]);
    const model = behindMaps([node('Conv', ['low', 'k'], 'up', { kernel_shape: [1, 2] })], [kernel]);
    expect(await between(model, 'low', 'up')).toEqual({
      weights: Float32Array.from([3, -2, 0, 30]),
      ...{ upperUnits: 2, lowerUnits: 2, operator: 'Conv', positions: 2, addedBeside: false },
    });
  });

  it('are 0 between the groups of a convolution', async () => {
    const kernel = given('k', [4, 1, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
    const model = behindMaps([node('Conv', ['low', 'k'], 'up', { group: 2 })], [kernel]);
    expect(await numbers(model, 'low', 'up')).toEqual([3, 0, 7, 0, 0, 11, 0, 15]);
  });

  it('have depthwise kernels beside another operator folded in', async () => {
    const model = behindMaps(
      [
        node('Conv', ['low', 'deep'], 'd', { group: 2, kernel_shape: [1, 2] }),
        node('Relu', 'd', 'r'),
        node('Conv', ['r', 'k'], 'up', { kernel_shape: [1, 1] }),
      ],
      [given('deep', [2, 1, 1, 2], [1, 2, -1, -4]), given('k', [2, 2, 1, 1], [1, 2, 3, 4])],
    );
    expect(await numbers(model, 'low', 'up')).toEqual([3, -10, 9, -20]);
    expect(await numbers(model, 'low', 'd')).toEqual([3, 0, 0, -5]);
  });

  it('have the scale of a batch normalization folded in, before the operator and behind it', async () => {
    const norm = (name: string, scale: number[], variance: number[]): TensorSpec[] => [
      given(`${name}s`, [scale.length], scale),
      weights(`${name}b`, [scale.length]),
      weights(`${name}m`, [scale.length]),
      given(`${name}v`, [scale.length], variance),
    ];
    const inputs = (data: string, name: string): string[] => [
      data,
      ...'sbmv'.split('').map((part) => `${name}${part}`),
    ];
    const epsilon = { epsilon: { float: 0 } };
    const model = behindMaps(
      [
        node('BatchNormalization', inputs('low', 'p'), 'n', epsilon),
        node('Relu', 'n', 'r'),
        node('Conv', ['r', 'k'], 'c', { kernel_shape: [1, 1] }),
        node('BatchNormalization', inputs('c', 'q'), 'm', epsilon),
        node('MaxPool', 'm', 'up', { kernel_shape: [2, 2], strides: [2, 2] }),
      ],
      [...[given('k', [2, 2, 1, 1], [1, 2, 3, 4]), ...norm('p', [2, -1], [4, 1])], ...norm('q', [6, 1], [9, 0.25])],
    );
    // Before: 2 / sqrt(4) = 1 and -1; behind: 6 / 3 = 2 and 1 / 0.5 = 2.
    expect(await numbers(model, 'low', 'up')).toEqual([2, -4, 6, -8]);
  });

  it('of maps read as one vector are added up over the positions, whichever way they are laid out', async () => {
    const pool = node('AveragePool', 'low', 'small', { kernel_shape: [16, 10], strides: [16, 10] });
    // Two units of two positions: maps [batch, 2, 1, 2].
    const matrix = given('w', [4, 1], [1, 10, 100, 1000]);
    const plain = [pool, node('Flatten', 'small', 'f'), node('Gemm', ['f', 'w'], 'up')];
    expect(await between(behindMaps(plain, [matrix]), 'low', 'up')).toMatchObject({
      ...{ weights: Float32Array.from([11, 1100]), positions: 2, operator: 'Gemm' },
    });
    const last = [
      pool,
      node('Transpose', 'small', 't', { perm: [0, 2, 3, 1] }),
      node('Flatten', 't', 'f'),
      node('Gemm', ['f', 'w'], 'up'),
    ];
    expect(await numbers(behindMaps(last, [matrix]), 'low', 'up')).toEqual([101, 1010]);
  });

  it('of the plainest network are those of its second convolution', async () => {
    const { values } = weights('w2', [6, 4, 3, 3], 2);
    const stored = Float32Array.from(values);
    const sums = Array.from({ length: 24 }, (_, pair) =>
      stored.subarray(pair * 9, pair * 9 + 9).reduce((sum, value) => sum + value, 0),
    );
    expect(await numbers(plainNetwork(), 'relu1', 'relu2')).toEqual(float(sums));
    expect(await numbers(plainNetwork(), 'pool1', 'conv2')).toEqual(float(sums));
  });

  it('tell of what is added beside', async () => {
    const add = [
      node('Relu', 'low', 'r'),
      node('Conv', ['r', 'k'], 'c', { kernel_shape: [1, 1] }),
      node('Add', ['c', 'low'], 'up'),
    ];
    const model = behindMaps(add, [given('k', [2, 2, 1, 1], [1, 2, 3, 4])]);
    expect(await between(model, 'r', 'up')).toMatchObject({
      weights: Float32Array.from([1, 2, 3, 4]),
      addedBeside: true,
    });
    expect(await reason(model, 'low', 'up')).toBe(
      'low also reaches up past the Conv, by another branch that is added, so the weights are not all there is.',
    );
  });

  it('are read from a Blob as from bytes', async () => {
    const model = plainNetwork();
    const summary = await readModel(model, 'test.onnx');
    const fromBlob = await layerWeights(new Blob([model]), summary, 'relu1', 'relu2');
    expect(fromBlob).toEqual(await layerWeights(model, summary, 'relu1', 'relu2'));
  });

  const halves = given('w', [2, 2], [1, 2, 3, 4]);

  it.each<[string, Model, string, string, string]>([
    [
      'several operators',
      plainNetwork(),
      'relu1',
      'logits',
      '2 linear operators lie between relu1 and logits, so no single weight leads from unit to unit. Choose layers with one between them.',
    ],
    ['the wrong order', plainNetwork(), 'relu2', 'relu1', 'relu2 is made of relu1, not the other way round.'],
    ['another name', plainNetwork(), 'relu1', 'relu9', 'The model has no layer relu9.'],
    [
      'no operator',
      plainNetwork(),
      'conv1',
      'relu1',
      'No linear operator lies between conv1 and relu1: each unit is made of the one with the same number.',
    ],
    [
      'layers beside one another',
      behindVector([node('Relu', 'low', 'up'), node('Tanh', 'low', 'beside')], []),
      'beside',
      'up',
      'up is not computed from beside.',
    ],
    [
      'an operator that mixes units',
      behindVector([node('Softmax', 'low', 's'), node('Gemm', ['s', 'w'], 'up')], [w]),
      'low',
      'up',
      'Between low and up lies Softmax, behind which a weight no longer tells what a unit does.',
    ],
    [
      'a mean over the units',
      behindMaps(
        [node('ReduceMean', 'low', 'm', { axes: [1] }), node('Conv', ['m', 'k'], 'up', { kernel_shape: [1, 1] })],
        [given('k', [2, 1, 1, 1], [1, 2])],
      ),
      'low',
      'up',
      'The units of the layers do not line up with the weights of the Conv between them.',
    ],
    [
      'a factor that differs from sample to sample',
      behindVector(
        [node('Relu', 'low', 'r'), node('Gemm', ['r', 'h'], 'p'), node('Mul', ['p', 'low'], 'up')],
        [{ ...halves, name: 'h' }],
      ),
      'r',
      'up',
      'Between r and up lies Mul, behind which a weight no longer tells what a unit does.',
    ],
    [
      'weights as whole numbers',
      behindVector(
        [node('DequantizeLinear', ['w', 'scale'], 'q'), node('MatMul', ['low', 'q'], 'up')],
        [{ ...w, elemType: 'uint8' }, given('scale', [], [1])],
      ),
      'low',
      'up',
      'The weights of the MatMul between them are not stored in the file as float or float16.',
    ],
  ])('are not told for %s', async (_, model, lower, upper, expected) => {
    expect(await reason(model, lower, upper)).toBe(expected);
  });
});
