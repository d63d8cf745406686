import { describe, expect, it } from 'vitest';
import { guessPreprocessing } from '../../src/onnx/guess-preprocessing.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { network, node, plainNetwork } from './support/networks.ts';
import type { ModelSpec } from './support/onnx-writer.ts';

async function guessed(model: Uint8Array<ArrayBuffer>): Promise<string> {
  const summary = await readModel(model, 'test.onnx');
  return guessPreprocessing(summary, pictureInput(summary)).preprocessing.preset;
}

describe('the guess how pictures are wanted', () => {
  const cases: [string, string, Partial<ModelSpec>][] = [
    ["the file's own word comes first", 'places365', { producer: 'tf2onnx', metadata: { preprocess: 'places365' } }],
    ['under either key', 'caffe', { metadata: { preprocessing: 'caffe' } }],
    ['a word that is no preset counts for nothing', 'imagenet', { metadata: { preprocess: 'constructor' } }],
    ["ONNX's metadata for pictures", 'zero-to-one', { metadata: { 'Image.NominalPixelRange': 'Normalized_0_1' } }],
    ['TensorFlow', 'minus-one-to-one', { producer: 'tf2onnx' }],
    ['PyTorch', 'imagenet', { producer: 'pytorch' }],
    ['365 outputs', 'places365', { outputs: [{ name: 'logits', dims: ['n', 365] }] }],
  ];
  it.each(cases)('%s: %s', async (_, preset, change) => {
    expect(await guessed(plainNetwork('NCHW', change))).toBe(preset);
  });

  it('channels last: as TensorFlow has it', async () => {
    expect(await guessed(plainNetwork('NHWC'))).toBe('minus-one-to-one');
  });

  it("Caffe's name of the input, unless PyTorch wrote the file", async () => {
    const inputs = [{ name: 'data', dims: ['n', 3, 8, 8] }];
    const nodes = [node('Relu', 'data', 'out')];
    expect(await guessed(network(nodes, [], ['out'], { inputs }))).toBe('caffe');
    expect(await guessed(network(nodes, [], ['out'], { inputs, producer: 'pytorch' }))).toBe('imagenet');
  });
});
