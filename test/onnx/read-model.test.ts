import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLayer } from '../../src/onnx/default-layer.ts';
import { guessPreprocessing } from '../../src/onnx/guess-preprocessing.ts';
import { layers } from '../../src/onnx/layers.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { plainNetwork } from './support/networks.ts';

const real = process.env['FORMULENS_REAL'];

const GRAPH = 7;
const INITIALIZER = 5;
const RAW_DATA = 9;

describe('reading a model', () => {
  it('finds what the file says, from bytes and from a file alike', async () => {
    const model = plainNetwork('NCHW', { producer: 'pytorch', metadata: { author: 'nobody' } });
    const summary = await readModel(model, 'plain.onnx');
    expect(summary).toMatchObject({
      fileName: 'plain.onnx',
      irVersion: 8,
      opset: 17,
      producer: 'pytorch',
      size: model.length,
    });
    expect(summary.hash).toBe(createHash('sha256').update(model).digest('hex'));
    expect(summary.metadata.get('author')).toBe('nobody');
    expect(summary.inputs).toEqual([{ name: 'picture', elemType: 'float', dims: ['batch', 3, 16, 20] }]);
    expect(summary.nodes.map((node) => node.op).join(' ')).toBe(
      'Conv Relu MaxPool Conv Relu GlobalAveragePool Flatten Gemm',
    );
    expect(summary.initializers.get('w2')?.dims).toEqual([6, 4, 3, 3]);
    expect(summary.initializers.get('w2')?.values).toBeUndefined();
    expect(summary.initializers.get('b2')?.values).toHaveLength(6);
    expect(await readModel(new File([model], 'plain.onnx'))).toEqual(summary);
  });

  it('passes over the weights: 45 MB are walked through in a moment', async () => {
    const model = plainNetwork();
    const large = new Uint8Array(45_000_000);
    large.set(model);
    [GRAPH, INITIALIZER, RAW_DATA].forEach((field, depth) => {
      const at = model.length + depth * 5;
      large[at] = (field << 3) | 2;
      varint(large, at + 1, large.length - at - 5);
    });
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    crypto.subtle.digest = () => Promise.resolve(new ArrayBuffer(32));
    const times: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const start = performance.now();
      const summary = await readModel(large, 'large.onnx');
      times.push(performance.now() - start);
      expect(summary.nodes).toHaveLength(8);
      expect(summary.initializers.size).toBe(6);
    }
    crypto.subtle.digest = digest;
    expect(Math.min(...times)).toBeLessThan(10);
  });
});

/** Writes a number in four bytes of protobuf's varint form. */
function varint(bytes: Uint8Array, at: number, value: number): void {
  for (let i = 0; i < 4; i += 1) bytes[at + i] = ((value >>> (7 * i)) & 0x7f) | (i < 3 ? 0x80 : 0);
}

describe.skipIf(!real)('SqueezeNet (skipped without FORMULENS_REAL)', () => {
  it('is read, its layers listed, and a layer proposed', async () => {
    const summary = await readModel(
      new Uint8Array(await readFile(join(real ?? '', 'squeezenet-imagenet.onnx'))),
      'squeezenet.onnx',
    );
    const input = pictureInput(summary);
    expect(input).toEqual({ name: 'data', layout: 'NCHW', batch: null, height: 227, width: 227 });
    const list = layers(summary, input);
    expect(list).toHaveLength(66);
    expect(list.every((layer) => layer.probeable)).toBe(true);
    const concat = list.find((layer) => layer.tensor === 'fire9/concat');
    expect(concat).toMatchObject({
      op: 'Concat',
      shape: [null, 512, 13, 13],
      layout: 'NCHW',
      units: 512,
      height: 13,
      width: 13,
    });
    expect(defaultLayer(summary, list)).toBe(concat);
    expect(guessPreprocessing(summary, input).preprocessing.preset).toBe('caffe');
  });
});
