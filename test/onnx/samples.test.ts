import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ENTAILMENT_LABELS } from '../../src/engine/text/sentence-pair.ts';
import { chooseLayer } from '../../src/onnx/choose-layer.ts';
import { classHead, classOutput } from '../../src/onnx/class-head.ts';
import { guessPreprocessing } from '../../src/onnx/guess-preprocessing.ts';
import { layers } from '../../src/onnx/layers.ts';
import { modelInput } from '../../src/onnx/model-input.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { encodingProblems } from '../../src/onnx/text/check-encoding.ts';
import { encodeBatch, mustRunSingly } from '../../src/onnx/text/encode-batch.ts';
import { modelTokenizer } from '../../src/onnx/text/model-tokenizer.ts';
import { openTokenizer } from '../../src/onnx/text/open-tokenizer.ts';
import { suggestEncoding } from '../../src/onnx/text/suggest-encoding.ts';
import { openSession } from '../../src/runtime/ort-node.ts';
import { wave } from './support/networks.ts';
import { pair } from './support/pairs.ts';

const folder = new URL('../../public/samples/', import.meta.url);
const models = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/model.onnx`, folder)));
const opened = await Promise.all(
  models.map(async (name) => {
    const bytes = new Uint8Array(await readFile(new URL(`${name}/model.onnx`, folder)));
    const summary = await readModel(bytes, `${name}.onnx`);
    return { name, bytes, summary, input: modelInput(summary) };
  }),
);
const ofPictures = models.filter((_, index) => opened[index].input.kind === 'pictures');

it('takes pictures or sentence pairs', () => {
  expect(opened.map(({ name, input }) => [name, input.kind])).toEqual(
    models.map((name) => [name, name === 'entailment' ? 'pairs' : 'pictures']),
  );
});

describe.each(ofPictures)("the model of the sample '%s'", (name) => {
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

describe.each(opened.filter(({ input }) => input.kind === 'pairs'))("the model of the sample '$name'", (model) => {
  const { bytes, summary, input } = model;

  it('brings its vocabulary, and every layer has the shape that is listed', async () => {
    if (input.kind !== 'pairs') throw new Error('takes pictures');
    const own = modelTokenizer(summary);
    const tokenizer = await openTokenizer(own?.bytes ?? new Uint8Array(), own?.name ?? '');
    const encoding = suggestEncoding(summary, input, tokenizer.info);
    expect(encodingProblems(input, encoding, tokenizer.info)).toEqual([]);
    expect(encoding.classes).toEqual(ENTAILMENT_LABELS);
    expect(mustRunSingly(input, encoding)).toBe(false);

    const pairs = [pair('a man is outside .', 'nobody is sleeping'), pair('two dogs run', 'an animal runs in a park')];
    const batch = encodeBatch(pairs, input, encoding, tokenizer);
    const list = layers(summary, input).filter((layer) => layer.probeable);
    const taps = list.map((layer) => layer.tensor);
    const session = await openSession(tap(bytes, summary, taps), { taps });
    const found = await session.run({ ...batch.tensors });
    await session.close();
    const filled = list.map(({ tensor, shape }) => shape?.map((size, axis) => size ?? found[tensor].dims[axis]));
    expect(filled).toEqual(taps.map((tensor) => [...found[tensor].dims]));
  });

  it('is probed in a hidden layer of 256 units or more, named or not, whose class weights are found', async () => {
    const list = layers(summary, modelInput(summary));
    const proposed = chooseLayer(summary, list);
    expect(proposed).toMatchObject({ tensor: 'hidden', layout: 'flat' });
    expect(proposed.units).toBeGreaterThanOrEqual(256);
    expect(chooseLayer({ ...summary, metadata: new Map() }, list)).toBe(proposed);
    expect(classOutput(summary, list)).toBe('logits');
    const head = await classHead(bytes, summary, proposed.tensor);
    expect([head?.classes, head?.weights.length]).toEqual([3, 3 * (proposed.units ?? 0)]);
  });
});
