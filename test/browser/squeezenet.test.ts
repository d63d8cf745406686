import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { chooseLayer } from '../../src/onnx/choose-layer.ts';
import { layers } from '../../src/onnx/layers.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { presets, toInput } from '../../src/onnx/preprocess.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { sha256 } from '../../src/probing/hash.ts';
import { decodePicture } from '../../src/runtime/decode-browser.ts';
import type { FloatTensor, Provider } from '../../src/runtime/model-session.ts';
import { openSession } from '../../src/runtime/ort-browser.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    realFile: (path: string) => Promise<string | null>;
    pixelsInNode: (path: string) => Promise<string>;
  }
}

const photograph = 'coco-stuff/val_img/000000000139.jpg';
const side = 227;
const [model, jpeg] = await Promise.all(['squeezenet-imagenet.onnx', photograph].map(realBytes));

async function realBytes(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const text = await commands.realFile(path);
  return text === null ? null : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

describe.skipIf(!model || !jpeg)('SqueezeNet in the page (skipped without FORMULENS_REAL)', () => {
  const pixels = async () => {
    if (!jpeg) throw new Error('There is no photograph.');
    return decodePicture({ kind: 'encoded', bytes: jpeg, mime: 'image/jpeg', name: photograph });
  };

  it('sees the same pixels as in Node', async () => {
    const { rgba } = await pixels();
    expect(await sha256(new Uint8Array(rgba.buffer))).toBe(await commands.pixelsInNode(photograph));
  });

  it('lists its layers, and gives the same on both providers', { timeout: 180_000 }, async () => {
    if (!model) throw new Error('There is no model.');
    const summary = await readModel(model, 'squeezenet.onnx');
    const list = layers(summary, pictureInput(summary));
    const layer = chooseLayer(summary, list);
    expect(list.map(({ tensor }) => tensor)).toEqual(expect.arrayContaining(['fire5/concat', 'fire9/concat', 'prob']));
    expect([layer.tensor, layer.units]).toEqual(['fire9/concat', 512]);
    const data = new Float32Array(3 * side * side);
    toInput(await pixels(), presets.caffe, side, side, 'NCHW', data, 0);
    const run = async (provider: Provider): Promise<FloatTensor> => {
      const taps = [layer.tensor];
      const session = await openSession(tap(model, summary, taps), { taps, provider });
      const found = await session.run({ data: { dims: [1, 3, side, side], data } });
      expect(session.provider).toBe(provider);
      await session.close();
      return found[layer.tensor];
    };
    const [plain, gpu] = [await run('wasm'), await run('webgpu')];
    expect(gpu.dims).toEqual(plain.dims);
    const largest = plain.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const apart = plain.data.reduce((most, value, i) => Math.max(most, Math.abs(value - gpu.data[i])), 0);
    expect(largest).toBeGreaterThan(1);
    expect(apart / largest).toBeLessThan(1e-4);
  });
});
