import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layers, type Layer } from '../../src/onnx/layers.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { openSession } from '../../src/runtime/ort-node.ts';
import { ints, network, node, plainNetwork, wave, weights } from './support/networks.ts';
import type { NodeSpec, TensorSpec } from './support/onnx-writer.ts';

/** The inferred shapes (batch of 2 left open) beside those of a run of all float tensors. */
async function compare(model: Uint8Array<ArrayBuffer>, dims: number[] = [2, 3, 16, 20]) {
  const summary = await readModel(model, 'test.onnx');
  const input = pictureInput(summary);
  const list = layers(summary, input).filter((layer) => !layer.reason.startsWith('Its values'));
  const taps = list.map((layer) => layer.tensor);
  const session = await openSession(tap(model, summary, taps), { taps });
  const data = wave(dims.reduce((product, dim) => product * dim, 1));
  const run = await session.run({ [input.name]: { dims, data } });
  await session.close();
  return { list, run };
}

/** The inferred shape with the batch filled in, as text; unknown sizes as `?`. */
function shapeText(layer: Layer): string {
  return layer.shape?.map((dim, axis) => dim ?? (axis === 0 ? 2 : '?')).join() ?? 'unknown';
}

async function expectExact(
  nodes: readonly NodeSpec[],
  initializers: readonly TensorSpec[],
  output: string,
): Promise<void> {
  const { list, run } = await compare(network(nodes, initializers, [output]));
  expect(list.length).toBeGreaterThan(0);
  expect(list.map((layer) => [layer.tensor, shapeText(layer)])).toEqual(
    list.map((layer) => [layer.tensor, run[layer.tensor].dims.join()]),
  );
}

describe('shapes inferred from the file are those of a run', () => {
  it.each(['NCHW', 'NHWC'] as const)('in the plain network, %s', async (layout) => {
    const dims = layout === 'NCHW' ? [2, 3, 16, 20] : [2, 16, 20, 3];
    const { list, run } = await compare(plainNetwork(layout), dims);
    expect(list.map(shapeText)).toEqual(list.map((layer) => run[layer.tensor].dims.join()));
  });

  it('for every way a window can move', async () => {
    const side = fc.integer({ min: 1, max: 4 });
    const pads = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 });
    const windows = fc.record({
      op: fc.constantFrom('Conv', 'MaxPool', 'AveragePool', 'ConvTranspose'),
      kernel: fc.tuple(side, side),
      strides: fc.tuple(side, side),
      dilation: fc.integer({ min: 1, max: 2 }),
      ceil: fc.boolean(),
      auto: fc.constantFrom('', 'SAME_UPPER', 'SAME_LOWER', 'VALID'),
      pads,
    });
    await fc.assert(
      fc.asyncProperty(windows, async ({ op, kernel, strides, dilation, ceil, auto, pads }) => {
        // onnxruntime itself cannot run windows that leave gaps with this padding.
        fc.pre(!auto.startsWith('SAME') || strides.every((stride, axis) => stride <= kernel[axis]));
        const pooling = op.endsWith('Pool');
        const fitting = pads.map((pad, side) => Math.min(pad, kernel[side % 2] - 1));
        const plainAuto = op === 'ConvTranspose' && auto.startsWith('SAME') ? '' : auto;
        const spread = pooling || plainAuto !== '' || op === 'ConvTranspose' ? 1 : dilation;
        await expectExact(
          [
            node(op, pooling ? 'picture' : ['picture', 'w'], 'out', {
              kernel_shape: kernel,
              strides,
              ...(plainAuto ? { auto_pad: plainAuto } : { pads: fitting }),
              ...(pooling ? { ceil_mode: ceil && !plainAuto ? 1 : 0 } : { dilations: [spread, spread] }),
            }),
          ],
          pooling ? [] : [weights('w', op === 'Conv' ? [5, 3, ...kernel] : [3, 5, ...kernel])],
          'out',
        );
      }),
      { numRuns: 60, seed: 20 },
    );
  });

  it('for operators that move and join maps', async () => {
    await expectExact(
      [
        node('Pad', ['picture', 'pads'], 'padded'),
        node('Slice', ['padded', 'starts', 'ends', 'axes'], 'sliced'),
        node('Resize', ['sliced', '', 'scales'], 'grown', { mode: 'nearest' }),
        node('Resize', ['sliced', '', '', 'sizes'], 'sized', { mode: 'linear' }),
        node('Concat', ['sliced', 'sliced'], 'joined', { axis: 1 }),
        node('Split', ['joined', 'parts'], ['left', 'right'], { axis: -3 }),
        node('Transpose', 'joined', 'turned', { perm: [0, 2, 3, 1] }),
        node('ReduceMean', 'turned', 'mean', { axes: [1, 2], keepdims: 0 }),
        node('ReduceMax', 'turned', 'most', { axes: [-1] }),
        node('Squeeze', ['most', 'last'], 'flatmap'),
        node('Unsqueeze', ['flatmap', 'second'], 'unflat'),
        node('Add', ['unflat', 'joined'], 'sum'),
        node('DepthToSpace', 'four', 'space', { blocksize: 2 }),
        node('Conv', ['sliced', 'w'], 'four', { kernel_shape: [1, 1] }),
        node('SpaceToDepth', 'space', 'depth', { blocksize: 2 }),
        node('GlobalMaxPool', 'depth', 'pooled'),
        node('ReduceSum', ['pooled', 'both'], 'sums', { keepdims: 0 }),
      ].toSorted(
        (a, b) => Number(a.outputs[0] === 'space' || a.outputs[0] === 'depth') - Number(b.outputs[0] === 'space'),
      ),
      [
        ints('pads', [0, 0, 1, 2, 0, 0, 3, 1]),
        ints('starts', [1, -19]),
        ints('ends', [17, 1000]),
        ints('axes', [2, 3]),
        { name: 'scales', dims: [4], values: [1, 1, 2, 1.5] },
        ints('sizes', [2, 3, 9, 7]),
        ints('parts', [2, 4]),
        ints('last', [3]),
        ints('second', [1]),
        ints('both', [2, 3]),
        weights('w', [8, 3, 1, 1]),
      ],
      'sums',
    );
  });

  it('through the arithmetic on shapes that PyTorch exports', async () => {
    await expectExact(
      [
        node('Shape', 'picture', 'shape'),
        node('Constant', [], 'zero', { value: { tensor: { name: '', dims: [], values: [0], elemType: 'int64' } } }),
        node('Gather', ['shape', 'zero'], 'batch', { axis: 0 }),
        node('Unsqueeze', ['batch', 'first'], 'batches'),
        node('Concat', ['batches', 'rest'], 'wanted', { axis: 0 }),
        node('Reshape', ['picture', 'wanted'], 'rows'),
        node('MatMul', ['rows', 'w'], 'product'),
        node('Reshape', ['product', 'keep'], 'kept'),
        node('Relu', 'kept', 'out'),
      ],
      [ints('first', [0]), ints('rest', [-1]), ints('keep', [0, -1, 1, 1]), weights('w', [960, 7])],
      'out',
    );
  });

  it('and stays open where only a run can tell', async () => {
    const model = network(
      [
        node('NonZero', 'picture', 'where'),
        node('Cast', 'where', 'out', { to: 1 }),
        node('Resize', ['picture', '', 'picture2'], 'sized'),
      ],
      [],
      ['out'],
      { inputs: [{ name: 'picture', dims: ['n', 3, 'h', 'w'] }] },
    );
    const summary = await readModel(model, 'open.onnx');
    const list = layers(summary, pictureInput(summary));
    expect(list.map((layer) => [layer.tensor, layer.shape])).toEqual([
      ['where', null],
      ['out', null],
      ['sized', [null, null, null, null]],
    ]);
  });
});
