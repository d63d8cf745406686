import { describe, expect, it } from 'vitest';
import { chooseLayer } from '../../src/onnx/choose-layer.ts';
import { defaultLayer } from '../../src/onnx/default-layer.ts';
import { layers } from '../../src/onnx/layers.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { ints, network, node, plainNetwork, weights } from './support/networks.ts';
import { writeModel } from './support/onnx-writer.ts';

async function proposed(model: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const summary = await readModel(model, 'test.onnx');
  return defaultLayer(summary, layers(summary, pictureInput(summary)))?.tensor;
}

const one = { kernel_shape: [1, 1] };
const three = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };

describe('the proposed layer', () => {
  it.each(['NCHW', 'NHWC'] as const)('is the last activation before global pooling (%s)', async (layout) => {
    expect(await proposed(plainNetwork(layout))).toBe('relu2');
  });

  it("is the one that the file's own metadata names, if it is there", async () => {
    expect(await proposed(plainNetwork('NCHW', { metadata: { probe: 'relu1' } }))).toBe('relu1');
    expect(await proposed(plainNetwork('NCHW', { metadata: { probe: 'nowhere' } }))).toBe('relu2');
  });

  it('is found with open picture sizes too', async () => {
    expect(await proposed(plainNetwork('NCHW', { inputs: [{ name: 'picture', dims: ['n', 3, 'h', 'w'] }] }))).toBe(
      'relu2',
    );
  });

  it('looks through residual sums, and ignores squeeze-and-excitation inside', async () => {
    const model = network(
      [
        node('Conv', ['picture', 'w1'], 'conv', three),
        node('GlobalAveragePool', 'conv', 'squeeze'),
        node('Conv', ['squeeze', 'w2'], 'excite', one),
        node('Sigmoid', 'excite', 'gate'),
        node('Mul', ['conv', 'gate'], 'gated'),
        node('Add', ['gated', 'conv'], 'sum'),
        node('Relu', 'sum', 'activation'),
        node('ReduceMean', 'activation', 'pooled', { axes: [2, 3], keepdims: 0 }),
        node('Gemm', ['pooled', 'w3'], 'logits', { transB: 1 }),
      ],
      [weights('w1', [8, 3, 3, 3]), weights('w2', [8, 8, 1, 1]), weights('w3', [5, 8])],
      ['logits'],
    );
    expect(await proposed(model)).toBe('activation');
  });

  it('steps back over max pooling and dropout before flattening', async () => {
    const model = network(
      [
        node('Conv', ['picture', 'w1'], 'conv', three),
        node('Clip', 'conv', 'activation'),
        node('MaxPool', 'activation', 'pool', { kernel_shape: [2, 2], strides: [2, 2] }),
        node('Dropout', 'pool', 'dropped'),
        node('Flatten', 'dropped', 'flat'),
        node('Gemm', ['flat', 'w2'], 'hidden'),
        node('Relu', 'hidden', 'relu'),
        node('Gemm', ['relu', 'w3'], 'logits'),
      ],
      [weights('w1', [2, 3, 3, 3]), weights('w2', [160, 4]), weights('w3', [4, 5])],
      ['logits'],
    );
    expect(await proposed(model)).toBe('activation');
  });

  it('is not the maps of the classes', async () => {
    const model = network(
      [
        node('Conv', ['picture', 'w1'], 'conv', three),
        node('Relu', 'conv', 'activation'),
        node('Dropout', 'activation', 'dropped'),
        node('Conv', ['dropped', 'w2'], 'classes', one),
        node('Relu', 'classes', 'maps'),
        node('GlobalAveragePool', 'maps', 'pooled'),
        node('Flatten', 'pooled', 'flat'),
        node('Softmax', 'flat', 'prob'),
      ],
      [weights('w1', [8, 3, 3, 3]), weights('w2', [7, 8, 1, 1])],
      ['prob'],
    );
    expect(await proposed(model)).toBe('activation');
  });

  it('is the pooled map itself where a network ends without classes', async () => {
    const model = network(
      [
        node('Conv', ['picture', 'w1'], 'conv', one),
        node('Relu', 'conv', 'activation'),
        node('GlobalAveragePool', 'activation', 'pooled'),
      ],
      [weights('w1', [12, 3, 1, 1])],
      ['pooled'],
    );
    expect(await proposed(model)).toBe('activation');
  });

  it('is the widest map that a detector predicts from, past separable predictors', async () => {
    const model = network(
      [
        node('Conv', ['picture', 'w1'], 'conv', three),
        node('Clip', 'conv', 'backbone'),
        node('Conv', ['backbone', 'w2'], 'depthwise', { ...three, group: 8 }),
        node('Clip', 'depthwise', 'clipped'),
        node('Conv', ['clipped', 'w3'], 'scores', one),
        node('Transpose', 'scores', 'turned', { perm: [0, 2, 3, 1] }),
        node('Reshape', ['turned', 'shape'], 'rows'),
        node('Conv', ['backbone', 'w4'], 'boxes', one),
        node('Reshape', ['boxes', 'shape4'], 'corners'),
        node('ReduceMax', 'rows', 'best', { axes: [1], keepdims: 0 }),
      ],
      [
        weights('w1', [8, 3, 3, 3]),
        weights('w2', [8, 1, 3, 3]),
        weights('w3', [10, 8, 1, 1]),
        weights('w4', [4, 8, 1, 1]),
        ints('shape', [0, -1, 10]),
        ints('shape4', [0, -1, 4]),
      ],
      ['best', 'corners'],
    );
    expect(await proposed(model)).toBe('backbone');
  });

  it('is what the last product reads in a network without maps', async () => {
    const model = network(
      [
        node('Flatten', 'picture', 'flat'),
        node('Gemm', ['flat', 'w1'], 'hidden'),
        node('Relu', 'hidden', 'relu'),
        node('Gemm', ['relu', 'w2'], 'logits'),
      ],
      [weights('w1', [960, 6]), weights('w2', [6, 5])],
      ['logits'],
    );
    expect(await proposed(model)).toBe('relu');
  });
});

describe('choosing by name', () => {
  it('refuses names that are not there and tensors without units, in words', async () => {
    const summary = await readModel(
      network(
        [
          node('Shape', 'picture', 'shape'),
          node('ArgMax', 'picture', 'most'),
          node('Reshape', ['picture', 'r'], 'rows'),
        ],
        [ints('r', [0, 3, -1])],
        ['rows'],
      ),
      'odd.onnx',
    );
    const list = layers(summary, pictureInput(summary));
    expect(list.map((layer) => layer.tensor)).toEqual(['most', 'rows']);
    expect(() => chooseLayer(summary, list, 'nowhere')).toThrow(
      'odd.onnx computes no tensor named nowhere. The list of layers has the names that can be probed.',
    );
    expect(() => chooseLayer(summary, list, 'most')).toThrow(
      'The tensor most of odd.onnx cannot be probed. Its values are int64, not float.',
    );
    expect(() => chooseLayer(summary, list)).toThrow('odd.onnx has no tensor with units to probe');
  });

  it('knows maps with their units last, and takes over the shapes of a run', async () => {
    const model = writeModel({
      inputs: [{ name: 'picture', dims: ['n', 'h', 'w', 3] }],
      outputs: [{ name: 'back' }],
      initializers: [weights('w', [8, 3, 1, 1])],
      nodes: [
        node('Transpose', 'picture', 'turned', { perm: [0, 3, 1, 2] }),
        node('Conv', ['turned', 'w'], 'conv', one),
        node('Transpose', 'conv', 'back', { perm: [0, 2, 3, 1] }),
      ],
    });
    const summary = await readModel(model, 'nhwc.onnx');
    const list = layers(summary, pictureInput(summary));
    expect(list.at(-1)).toMatchObject({ layout: 'NHWC', units: 8, height: null, width: null, probeable: true });
    expect(layers(summary, pictureInput(summary), { height: 6, width: 4 }).at(-1)).toMatchObject({
      height: 6,
      width: 4,
    });
  });
});
