import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { chooseLayer } from '../../src/onnx/choose-layer.ts';
import { guessPreprocessing } from '../../src/onnx/guess-preprocessing.ts';
import { layers } from '../../src/onnx/layers.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { openSession } from '../../src/runtime/ort-node.ts';
import { wave } from './support/networks.ts';

const folder = new URL('../../public/samples/', import.meta.url);
const models = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/model.onnx`, folder)));

describe.each(models)("the model of the sample '%s'", (name) => {
  it('says how it wants its pictures, and every layer has the shape that is listed', async () => {
    const bytes = new Uint8Array(await readFile(new URL(`${name}/model.onnx`, folder)));
    const summary = await readModel(bytes, `${name}.onnx`);
    const input = pictureInput(summary);
    const list = layers(summary, input);
    const taps = list.filter((layer) => layer.probeable).map((layer) => layer.tensor);
    expect(guessPreprocessing(summary, input).why).toContain("The file's own metadata names");

    const [height, width] = [input.height ?? 0, input.width ?? 0];
    const session = await openSession(tap(bytes, summary, taps), { taps });
    const found = await session.run({ [input.name]: { dims: [1, 3, height, width], data: wave(3 * height * width) } });
    await session.close();
    const listed = list.filter((layer) => layer.probeable).map((layer) => layer.shape?.slice(1));
    expect(listed).toEqual(taps.map((tensor) => found[tensor].dims.slice(1)));
  });

  it('is probed in a convolutional layer of 128 units or more, named or not', async () => {
    const summary = await readModel(
      new Uint8Array(await readFile(new URL(`${name}/model.onnx`, folder))),
      `${name}.onnx`,
    );
    const list = layers(summary, pictureInput(summary));
    const proposed = chooseLayer(summary, list);
    expect(proposed.units).toBeGreaterThanOrEqual(128);
    expect(proposed.height).toBeGreaterThan(1);
    expect(chooseLayer({ ...summary, metadata: new Map() }, list)).toBe(proposed);
  });
});
