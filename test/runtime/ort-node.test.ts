import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers } from '../../src/onnx/layers.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { presets, toInput } from '../../src/onnx/preprocess.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { decodePicture } from '../../src/runtime/decode-node.ts';
import { openSession } from '../../src/runtime/ort-node.ts';
import { plainNetwork } from '../onnx/support/networks.ts';
import { runtimeSuite } from './support/runtime-suite.ts';

const real = process.env['FORMULENS_REAL'];

/** ImageNet's number of the class. */
const DINING_TABLE = 532;

runtimeSuite('Node', 'wasm', openSession);

describe('Node', () => {
  it('says where it runs, and that it has no WebGPU', async () => {
    const session = await openSession(plainNetwork(), { taps: ['logits'] });
    expect(session.providerNote).toBe('WebAssembly, 2 threads: in Node');
    await session.close();
    await expect(openSession(plainNetwork(), { taps: ['logits'], provider: 'webgpu' })).rejects.toThrow(
      'WebGPU was asked for but cannot be used: Node has none. Choose WebAssembly instead.',
    );
  });
});

describe.skipIf(!real)('SqueezeNet on a photograph (skipped without FORMULENS_REAL)', () => {
  it('gives every layer in the shape that was listed, and finds the dining table', async () => {
    const bytes = new Uint8Array(await readFile(join(real ?? '', 'squeezenet-imagenet.onnx')));
    const summary = await readModel(bytes, 'squeezenet.onnx');
    const list = layers(summary, pictureInput(summary));
    const taps = list.map((layer) => layer.tensor);
    const session = await openSession(tap(bytes, summary, taps), { taps });
    const jpeg = new Uint8Array(await readFile(join(real ?? '', 'coco-stuff/val_img/000000000139.jpg')));
    const pixels = await decodePicture({ kind: 'encoded', bytes: jpeg, mime: 'image/jpeg', name: '000000000139.jpg' });
    const data = new Float32Array(3 * 227 * 227);
    toInput(pixels, presets.caffe, 227, 227, 'NCHW', data, 0);
    const found = await session.run({ data: { dims: [1, 3, 227, 227], data } });
    await session.close();
    expect(list.map((layer) => layer.shape?.slice(1))).toEqual(taps.map((name) => found[name].dims.slice(1)));
    const { data: prob } = found['prob'];
    const best = [...prob.keys()].toSorted((a, b) => prob[b] - prob[a]).slice(0, 5);
    expect(best).toContain(DINING_TABLE);
    expect(prob.reduce((sum, value) => sum + value)).toBeCloseTo(1, 4);
  });
});
