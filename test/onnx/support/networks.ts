import { writeModel, type ModelSpec, type NodeSpec, type TensorSpec, type ValueSpec } from './onnx-writer.ts';

/** Weights that look random but are the same everywhere, from -0.5 to 0.5. */
export function weights(name: string, dims: readonly number[], seed = 1): TensorSpec {
  const count = dims.reduce((product, dim) => product * dim, 1);
  let state = seed * 2654435761;
  const values = Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
  return { name, dims, values };
}

export function ints(name: string, values: readonly number[]): TensorSpec {
  return { name, dims: [values.length], values, elemType: 'int64' };
}

export function node(
  op: string,
  inputs: string | readonly string[],
  output: string | readonly string[],
  attributes?: NodeSpec['attributes'],
): NodeSpec {
  const list = (names: string | readonly string[]): readonly string[] => (typeof names === 'string' ? [names] : names);
  return { op, inputs: list(inputs), outputs: list(output), ...(attributes && { attributes }) };
}

/** A batch of pictures' worth of numbers, the same everywhere, from -1 to 1. */
export function wave(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i * 0.37) * Math.cos(i * 0.011));
}

const shape = { NCHW: [3, 16, 20], NHWC: [16, 20, 3] } as const;

/**
 * Convolution, activation, pooling, twice, then global pooling and a linear layer of 5 classes: the plainest network of its kind.
 * `relu2` [batch, 6, 8, 10] is what should be proposed.
 */
export function plainNetwork(
  layout: 'NCHW' | 'NHWC' = 'NCHW',
  change: Partial<ModelSpec> = {},
): Uint8Array<ArrayBuffer> {
  const turned = layout === 'NHWC';
  return writeModel({
    inputs: [{ name: 'picture', dims: ['batch', ...shape[layout]] }],
    outputs: [{ name: 'logits', dims: ['batch', 5] }],
    initializers: [
      weights('w1', [4, 3, 3, 3], 1),
      weights('w2', [6, 4, 3, 3], 2),
      weights('b2', [6], 3),
      weights('w3', [5, 6], 4),
      weights('b3', [5], 5),
    ],
    nodes: [
      ...(turned ? [node('Transpose', 'picture', 'turned', { perm: [0, 3, 1, 2] })] : []),
      node('Conv', [turned ? 'turned' : 'picture', 'w1'], 'conv1', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
      node('Relu', 'conv1', 'relu1'),
      node('MaxPool', 'relu1', 'pool1', { kernel_shape: [2, 2], strides: [2, 2] }),
      node('Conv', ['pool1', 'w2', 'b2'], 'conv2', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
      node('Relu', 'conv2', 'relu2'),
      node('GlobalAveragePool', 'relu2', 'pooled'),
      node('Flatten', 'pooled', 'flat'),
      node('Gemm', ['flat', 'w3', 'b3'], 'logits', { transB: 1 }),
    ],
    ...change,
  });
}

/** A network with nothing but the given operators over the picture [batch, 3, 16, 20]. */
export function network(
  nodes: readonly NodeSpec[],
  initializers: readonly TensorSpec[],
  outputs: readonly (string | ValueSpec)[],
  change: Partial<ModelSpec> = {},
): Uint8Array<ArrayBuffer> {
  return writeModel({
    inputs: [{ name: 'picture', dims: ['batch', 3, 16, 20] }],
    outputs: outputs.map((output) => (typeof output === 'string' ? { name: output } : output)),
    nodes,
    initializers,
    ...change,
  });
}
