import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Explainer } from '../../src/engine/explain.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import type { OpenedModel, RunProgress, RunRequest, Workbench } from '../../src/jobs/api.ts';
import { createWorkbench } from '../../src/jobs/workbench.ts';
import { collectActivations } from '../../src/pipeline/collect.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { openProbing } from '../../src/probing/open.ts';
import { zipTree } from '../../src/probing/trees/zip-tree.ts';
import { decodePicture } from '../../src/runtime/decode-browser.ts';
import { openSession } from '../../src/runtime/ort-browser.ts';
import { plainNetwork } from '../onnx/support/networks.ts';
import { tinyZip } from './support/tiny-golden.ts';

const settings: ExplainSettings = {
  ...{ threshold: { kind: 'quantile', quantile: 0.05 }, length: 3, beam: 5, penalty: 1, candidates: null },
  ...{ mode: 'default', minActive: 0 },
};
const silent = { onProgress: () => undefined, onUnits: () => undefined };

let zip: File;
let workbench: Workbench;

beforeAll(async () => {
  zip = await tinyZip();
});

beforeEach(async () => {
  workbench = createWorkbench();
  await workbench.clearStorage();
  await workbench.openProbing({ kind: 'zip', file: zip });
});

function requestFor({ preprocessing }: OpenedModel, layer: string, change: Partial<RunRequest> = {}): RunRequest {
  const activations = { kind: 'model', layer, preprocessing, inputHeight: 16, inputWidth: 20 } as const;
  return { activations, settings, units: null, ...change };
}

describe.each(['NCHW', 'NHWC'] as const)('a model of layout %s', (layout) => {
  it('is run and explained as without workers', async () => {
    const bytes = plainNetwork(layout);
    const model = await workbench.openModel(new File([bytes], 'plain.onnx'));
    expect(model).toMatchObject({
      name: 'plain.onnx',
      bytes: bytes.length,
      defaultLayer: 'relu2',
      inputName: 'picture',
    });
    expect(model).toMatchObject({ inputHeight: 16, inputWidth: 20 });
    const progress: RunProgress[] = [];
    const listener = { ...silent, onProgress: (step: RunProgress) => progress.push(step) };
    const results = await workbench.run(requestFor(model, 'relu2'), listener).finished;

    const probing = await openProbing(await zipTree(zip, 'tiny.zip'));
    const tapped = tap(bytes, await readModel(bytes), ['relu2']);
    const here = await openSession(tapped, { taps: ['relu2'], provider: 'wasm' });
    const input = {
      input: 'picture',
      layout,
      fixedBatch: null,
      height: 16,
      width: 20,
      preprocessing: model.preprocessing,
    };
    const spec = { input, layer: { tensor: 'relu2', layout: 'NCHW' }, threshold: settings.threshold } as const;
    const activations = await collectActivations(probing, here, spec, { decode: decodePicture });
    await here.close();
    const { table, maps } = await ingest(probing);
    const explainer = new Explainer({
      search: prepareSearch(table, probing.concepts, { grid: probing.grid }),
      maps,
      activations,
    });
    expect(results.units).toEqual(Array.from({ length: 6 }, (_, unit) => explainer.explain(unit, settings)));

    expect(results.activations).toMatchObject({ kind: 'model', layer: 'relu2', operator: 'Relu', provider: 'wasm' });
    expect(progress.map(({ stage }) => stage)).toContain('model');
    expect(progress.find(({ stage, note }) => stage === 'activations' && note)?.note).toMatch(/^WebAssembly/);
    expect(progress.filter(({ stage }) => stage === 'activations').at(-1)).toMatchObject({ done: 24, total: 24 });
  });
});

it('runs a model that fixes its batch, the last batch being short', async () => {
  const fixed = plainNetwork('NCHW', {
    ...{ inputs: [{ name: 'picture', dims: [7, 3, 16, 20] }], outputs: [{ name: 'logits', dims: [7, 5] }] },
  });
  const free = await workbench.openModel(new File([plainNetwork()], 'free.onnx'));
  const expected = await workbench.run(requestFor(free, 'pool1'), silent).finished;
  const model = await workbench.openModel(new File([fixed], 'fixed.onnx'));
  const results = await workbench.run(requestFor(model, 'pool1'), silent).finished;
  expect(results.units.map(({ best }) => best)).toEqual(expected.units.map(({ best }) => best));
  expect(results.units).toHaveLength(4);
});

it('explains the units of a layer without maps', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  const results = await workbench.run(requestFor(model, 'logits'), silent).finished;
  expect(results.units).toHaveLength(5);
  const { area } = results.units[0];
  expect(area % (112 * 112)).toBe(0);
});

it('cancels while the model runs, and runs again without anything being opened again', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  const job = workbench.run(requestFor(model, 'relu2'), {
    ...silent,
    onProgress: ({ stage }) => {
      if (stage === 'activations') job.cancel();
    },
  });
  await expect(job.finished).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect((await workbench.run(requestFor(model, 'relu2'), silent).finished).units).toHaveLength(6);
});

it('says what is wrong with a layer or a model', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  await expect(workbench.run(requestFor(model, 'nowhere'), silent).finished).rejects.toMatchObject({
    code: 'onnx/unknown-tensor',
  });
  await expect(workbench.openModel(new File(['<html>'], 'page.onnx'))).rejects.toMatchObject({ code: 'onnx/html' });
  expect((await workbench.run(requestFor(model, 'relu1'), silent).finished).units).toHaveLength(4);
});
