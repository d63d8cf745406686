import { describe, expect, it } from 'vitest';
import { readModel } from '../../src/onnx/read-model.ts';
import { maskedModel, tailModel, type TailModel } from '../../src/onnx/tail-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import type { InputTensor } from '../../src/onnx/input-tensor.ts';
import type { FloatTensor } from '../../src/runtime/model-session.ts';
import { openSession } from '../../src/runtime/ort-node.ts';
import { network, node, plainNetwork, wave, weights } from './support/networks.ts';
import { twoSentenceModel } from './support/pair-models.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Inputs = Record<string, InputTensor>;

const picture = { dims: [2, 3, 16, 20], data: wave(2 * 3 * 16 * 20) };
const turned = { dims: [2, 16, 20, 3], data: wave(2 * 3 * 16 * 20) };

/** Runs a model once. */
async function outputsOf(model: Bytes | Blob, taps: readonly string[], inputs: Inputs) {
  const session = await openSession(model, { taps });
  const found = await session.run(inputs);
  await session.close();
  return found;
}

/** A mask that switches units off, for a layer of these sizes. */
function maskOf(dims: readonly number[], axis: number, off: readonly number[]): InputTensor {
  const data = new Float32Array(dims[axis]).fill(1);
  for (const unit of off) data[unit] = 0;
  return { dims: dims.map((size, at) => (at === axis ? size : 1)), data };
}

interface Compared {
  readonly whole: FloatTensor;
  readonly tail: FloatTensor;
  readonly parts: TailModel;
}

/** The classes of the whole model with a mask behind the layer, and of its tail. */
async function compare(bytes: Bytes, inputs: Inputs, layer: string, axis: number, off: readonly number[]) {
  const summary = await readModel(bytes, 'made.onnx');
  const masked = await maskedModel(bytes, summary, layer, 'logits');
  const parts = await tailModel(new Blob([bytes]), summary, layer, 'logits');
  const held = [layer, ...parts.sides];
  const before = await outputsOf(tap(bytes, summary, held), held, inputs);
  const mask = maskOf(before[layer].dims, axis, off);
  const { logits: whole } = await outputsOf(masked.model, ['logits'], { ...inputs, [masked.mask]: mask });
  const { logits: tail } = await outputsOf(parts.model, ['logits'], {
    ...Object.fromEntries(parts.inputs.map((name) => [name, inputs[name]])),
    ...Object.fromEntries(parts.sides.map((name) => [name, before[name]])),
    [parts.values ?? '']: before[layer],
    [parts.mask]: mask,
  });
  return { whole, tail, parts } satisfies Compared;
}

function expectClose({ whole, tail }: Compared): void {
  expect(tail.dims).toEqual(whole.dims);
  for (const [at, value] of whole.data.entries()) expect(tail.data[at]).toBeCloseTo(value, 5);
}

describe('the part of a model behind a layer', () => {
  it('gives what the whole model with the mask behind the layer gives, and with all on what the model gives', async () => {
    const bytes = plainNetwork();
    const { logits } = await outputsOf(bytes, ['logits'], { picture });
    const on = await compare(bytes, { picture }, 'relu2', 1, []);
    expectClose(on);
    for (const [at, value] of logits.data.entries()) expect(on.whole.data[at]).toBeCloseTo(value, 5);
    const off = await compare(bytes, { picture }, 'relu2', 1, [0, 3]);
    expectClose(off);
    expect(off.tail.data).not.toEqual(on.tail.data);
  });

  it('has only what the classes need, and no copy of other weights', async () => {
    const bytes = plainNetwork();
    const { model, operators, inputs, sides } = await tailModel(bytes, await readModel(bytes), 'relu2', 'logits');
    const left = await readModel(model, 'tail.onnx');
    expect(left.nodes.map(({ op }) => op)).toEqual(['Mul', 'GlobalAveragePool', 'Flatten', 'Gemm']);
    expect([...left.initializers.keys()]).toEqual(['w3', 'b3']);
    expect(left.inputs.map(({ name, elemType, dims }) => [name, elemType, dims])).toEqual([
      ['layer values', 'float', undefined],
      ['layer mask', 'float', undefined],
    ]);
    expect(left.outputs.map(({ name }) => name)).toEqual(['logits']);
    expect({ operators, inputs, sides }).toEqual({ operators: 3, inputs: [], sides: [] });
    expect(left).toMatchObject({ irVersion: 8, opset: 17 });
  });

  it('works for units that lie last, and for units without maps', async () => {
    const last = network(
      [
        node('Conv', ['picture', 'w'], 'conv', { kernel_shape: [3, 3] }),
        node('Transpose', 'conv', 'units', { perm: [0, 2, 3, 1] }),
        node('ReduceMean', 'units', 'mean', { axes: [1, 2], keepdims: 0 }),
        node('MatMul', ['mean', 'v'], 'logits'),
      ],
      [weights('w', [4, 3, 3, 3]), weights('v', [4, 3], 2)],
      ['logits'],
    );
    expectClose(await compare(last, { picture }, 'units', 3, [1]));
    expectClose(await compare(plainNetwork('NHWC'), { picture: turned }, 'relu1', 1, [2]));
    expectClose(await compare(plainNetwork(), { picture }, 'flat', 1, [5]));
  });

  it('masks the classes themselves, where they are the layer', async () => {
    const { whole, tail, parts } = await compare(plainNetwork(), { picture }, 'logits', 1, [1, 2]);
    expect(tail.data).toEqual(whole.data);
    expect(parts.operators).toBe(0);
    expect([...tail.data].map((value) => value === 0)).toEqual([0, 1, 1, 0, 0, 0, 1, 1, 0, 0].map(Boolean));
  });

  const skip = (into: string): Bytes =>
    network(
      [
        node('Conv', ['picture', 'w1'], 'first', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
        node('Conv', ['first', 'w2'], 'second', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
        node('Relu', 'second', 'layer'),
        node('Conv', ['layer', 'w2'], 'third', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
        node('Add', ['third', into], 'sum'),
        node('GlobalAveragePool', 'sum', 'mean'),
        node('Flatten', 'mean', 'flat'),
        node('Gemm', ['flat', 'w3'], 'logits', { transB: 1 }),
      ],
      [weights('w1', [3, 3, 3, 3], 1), weights('w2', [3, 3, 3, 3], 2), weights('w3', [4, 3], 3)],
      ['logits'],
    );

  it('takes what a skip connection leads around the layer as an input', async () => {
    const compared = await compare(skip('first'), { picture }, 'layer', 1, [1]);
    expectClose(compared);
    expect(compared.parts).toMatchObject({ sides: ['first'], inputs: [], operators: 5 });
  });

  it('keeps an input of the model that is read behind the layer', async () => {
    const compared = await compare(skip('picture'), { picture }, 'layer', 1, [1]);
    expectClose(compared);
    expect(compared.parts).toMatchObject({ sides: [], inputs: ['picture'], operators: 5 });
  });

  it('does not mask what is read before the layer, and masks every reader of it', async () => {
    const bytes = network(
      [
        node('Split', 'picture', ['unread', 'layer', 'beside'], { axis: 1 }),
        node('Concat', ['layer', 'layer', 'beside'], 'joined', { axis: 1 }),
        node('ReduceMean', 'joined', 'logits', { axes: [2, 3], keepdims: 0 }),
      ],
      [],
      ['logits'],
    );
    const { tail } = await compare(bytes, { picture }, 'layer', 1, [0]);
    const rows = [0, 1].map((row) => [...tail.data.subarray(3 * row, 3 * row + 3)].map((value) => value !== 0));
    expect(rows).toEqual([
      [false, false, true],
      [false, false, true],
    ]);
  });

  it('computes again what is not float, and then leaves the layer unread where its operator gives it too', async () => {
    const bytes = network(
      [
        node('TopK', ['picture', 'two'], ['layer', 'where'], { axis: 1 }),
        node('Cast', 'where', 'places', { to: 1 }),
        node('Add', ['layer', 'places'], 'sum'),
        node('ReduceMean', 'sum', 'logits', { axes: [2, 3], keepdims: 0 }),
      ],
      [{ name: 'two', dims: [1], values: [2], elemType: 'int64' }],
      ['logits'],
    );
    const compared = await compare(bytes, { picture }, 'layer', 1, [1]);
    expectClose(compared);
    const again = network(
      [
        node('TopK', ['picture', 'two'], ['layer', 'where'], { axis: 1 }),
        node('Gather', ['table', 'where'], 'looked', { axis: 0 }),
        node('Add', ['layer', 'looked'], 'sum'),
        node('ReduceMean', 'sum', 'logits', { axes: [2, 3], keepdims: 0 }),
      ],
      [
        { name: 'two', dims: [1], values: [2], elemType: 'int64' },
        { name: 'table', dims: [3], values: [5, 7, 9] },
      ],
      ['logits'],
    );
    expectClose(await compare(again, { picture }, 'layer', 1, [0]));
  });

  it('takes names that no tensor of the model has', async () => {
    const bytes = network(
      [
        node('Relu', 'picture', 'layer values'),
        node('Neg', 'layer values', 'layer mask'),
        node('ReduceMean', 'layer mask', 'logits', { axes: [2, 3], keepdims: 0 }),
      ],
      [],
      ['logits'],
    );
    const compared = await compare(bytes, { picture }, 'layer mask', 1, [0]);
    expectClose(compared);
    expect(compared.parts).toMatchObject({ values: 'layer values 2', mask: 'layer mask 2' });
  });

  it('works for a model of sentence pairs', async () => {
    const bytes = twoSentenceModel();
    const ids = (values: readonly number[]): InputTensor => ({
      dims: [2, 4],
      data: BigInt64Array.from(values, BigInt),
    });
    const lengths = { dims: [2], data: BigInt64Array.from([4n, 3n]) };
    const inputs = {
      premise: ids([3, 4, 5, 6, 7, 8, 9, 0]),
      hypothesis: ids([6, 2, 1, 4, 3, 12, 2, 0]),
      premise_lengths: lengths,
      hypothesis_lengths: lengths,
    };
    const compared = await compare(bytes, inputs, 'hidden', 1, [2, 7]);
    expectClose(compared);
    expect(compared.parts).toMatchObject({ sides: [], inputs: [], operators: 2 });
    expect((await compare(bytes, inputs, 'premise_code', 1, [0])).parts.sides).toEqual(['hypothesis_code']);
  });
});

describe('refusals', () => {
  const refused = async (bytes: Bytes, tensor: string, output: string | null): Promise<unknown> =>
    tailModel(bytes, await readModel(bytes, 'made.onnx'), tensor, output).catch((error: unknown) => error);

  it('says that there are no classes, or that they do not depend on the layer', async () => {
    await expect(refused(plainNetwork(), 'relu2', null)).resolves.toMatchObject({
      code: 'onnx/no-classes',
      message:
        'Switching units off of made.onnx would change nothing that could be counted. It has no output with a number for each class: open a model that sorts samples into classes.',
    });
    const two = network([node('Relu', 'picture', 'aside'), node('Neg', 'picture', 'out')], [], ['aside', 'out']);
    await expect(refused(two, 'aside', 'out')).resolves.toMatchObject({
      code: 'onnx/no-classes',
      message:
        'Switching units off of made.onnx would change nothing that could be counted. Its output with a number for each class, out, does not depend on the layer aside: explain a layer that leads to it.',
    });
  });

  it('refuses control flow between the layer and the classes, but not before or beside them', async () => {
    const bytes = plainNetwork();
    const summary = await readModel(bytes, 'made.onnx');
    const withControl = (...operators: readonly string[]) => {
      const nodes = summary.nodes.map((one) => ({ ...one, hasSubgraph: operators.includes(one.op) }));
      return tailModel(bytes, { ...summary, nodes }, 'relu2', 'logits');
    };
    await expect(withControl('Gemm')).rejects.toMatchObject({
      code: 'onnx/subgraph-behind',
      message:
        'Behind the layer relu2 of made.onnx stands an operator with control flow (Gemm), which cannot be run apart from the rest. Explain a layer behind it.',
    });
    await expect(withControl('GlobalAveragePool')).rejects.toMatchObject({ code: 'onnx/subgraph-behind' });
    expect((await withControl('Conv', 'MaxPool')).operators).toBe(3);
  });

  it('refuses names that no operator computes', async () => {
    await expect(refused(plainNetwork(), 'picture', 'logits')).resolves.toMatchObject({ code: 'onnx/unknown-tensor' });
    await expect(refused(plainNetwork(), '', 'logits')).resolves.toMatchObject({ code: 'onnx/unknown-tensor' });
    await expect(refused(plainNetwork(), '__proto__', 'logits')).resolves.toMatchObject({ code: 'onnx/reserved-name' });
  });
});
