import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { chooseLayer } from '../../src/onnx/choose-layer.ts';
import { layers } from '../../src/onnx/layers.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { ints, network, node, plainNetwork, weights } from './support/networks.ts';

const shapes = network(
  [
    node('Shape', 'picture', 'shape'),
    node('Gather', ['shape', 'first'], 'batch'),
    node('Concat', ['batch', 'rest'], 'wanted', { axis: 0 }),
    node('Reshape', ['picture', 'wanted'], 'rows'),
    node('Unsqueeze', ['rows', 'axes'], 'map'),
    node('ConstantOfShape', 'rest', 'zeros'),
    node('Pad', ['picture', 'pads'], 'padded'),
    node('Slice', ['padded', 'first', 'rest'], 'sliced'),
    node('Split', 'sliced', ['a', 'b'], { axis: 1 }),
    node('Resize', ['a', '', '', 'axes'], 'sized'),
    node('ConvTranspose', ['picture', 'w'], 'wide', { kernel_shape: [2, 2], strides: [2, 2] }),
    node('ReduceMean', 'wide', 'out', { axes: [2, 3], keepdims: 0 }),
  ],
  [
    ints('first', [0]),
    ints('rest', [-1]),
    ints('axes', [2, 3]),
    ints('pads', [0, 0, 1, 1, 0, 0, 1, 1]),
    weights('w', [3, 2, 2, 2]),
  ],
  ['out', 'map'],
);

async function take(model: Uint8Array<ArrayBuffer>): Promise<unknown> {
  try {
    const summary = await readModel(model, 'damaged.onnx');
    return chooseLayer(summary, layers(summary, pictureInput(summary), { height: 32, width: 32 }));
  } catch (error) {
    return error;
  }
}

describe('a damaged model', () => {
  it.each([
    ['plain', plainNetwork()],
    ['full of shapes', shapes],
  ])('(%s) ends in a layer or in words, never in anything else', async (_, model) => {
    const damage = fc.array(fc.tuple(fc.nat(model.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const changed = model.slice();
        for (const [at, value] of changes) changed[at] = value;
        const result = await take(changed);
        if (result instanceof Error) expect(result).toBeInstanceOf(Fault);
        else expect(result).toHaveProperty('tensor');
      }),
      { numRuns: 1500 },
    );
  });

  it('is called cut off wherever it is cut behind its head', async () => {
    const model = plainNetwork();
    for (let length = 6; length < model.length - 4; length += 7) {
      expect(await take(model.slice(0, length))).toMatchObject({ code: 'onnx/truncated' });
    }
  });

  it('may go in circles', async () => {
    const model = network(
      [node('Relu', 'b', 'a'), node('Relu', 'a', 'b'), node('Add', ['picture', 'a'], 'out')],
      [],
      ['out', 'a'],
    );
    expect(await take(model)).toMatchObject({ tensor: 'out' });
  });
});
