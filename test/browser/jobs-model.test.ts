import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Explainer } from '../../src/engine/explain.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type {
  ExplainedUnits,
  OpenedModel,
  RunListener,
  RunProgress,
  RunRequest,
  Workbench,
} from '../../src/jobs/api.ts';
import { createWorkbench } from '../../src/jobs/workbench.ts';
import { collectActivations } from '../../src/pipeline/collect.ts';
import { Feeder } from '../../src/pipeline/feeder.ts';
import { pictureFeed } from './support/picture-feed.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { spreadSamples } from '../../src/pipeline/reading-order.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { openProbing } from '../../src/probing/open.ts';
import { zipTree } from '../../src/probing/trees/zip-tree.ts';
import { decodePicture } from '../../src/runtime/decode-browser.ts';
import { openSession } from '../../src/runtime/ort-browser.ts';
import { plainNetwork } from '../onnx/support/networks.ts';
import { lookAfter } from './support/early-looks.ts';
import { tinyZip } from './support/tiny-golden.ts';

const settings: ExplainSettings = {
  ...{ threshold: { kind: 'quantile', quantile: 0.05 }, length: 3, beam: 5, penalty: 1, candidates: null },
  ...{ mode: 'default', minActive: 0, minConcept: 0, operators: ['or', 'and', 'and-not'], without: [] },
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

function requestFor(
  model: OpenedModel,
  layers: string | readonly string[],
  change: Partial<RunRequest> = {},
): RunRequest {
  const activations = { kind: 'model', layers: [layers].flat(), feed: pictureFeed(model, 16, 20) } as const;
  return { activations, settings, units: null, samples: null, ...change };
}

/** Results of a run of one layer. */
async function run(request: RunRequest, listener: RunListener = silent): Promise<LayerResults> {
  const [results] = await workbench.run(request, listener).finished;
  return results;
}

describe.each(['NCHW', 'NHWC'] as const)('a model of layout %s', (layout) => {
  it('is run and explained as without workers', async () => {
    const bytes = plainNetwork(layout);
    const model = await workbench.openModel(new File([bytes], 'plain.onnx'));
    expect(model).toMatchObject({
      name: 'plain.onnx',
      bytes: bytes.length,
      defaultLayer: 'relu2',
    });
    expect(model.input).toMatchObject({ kind: 'pictures', height: 16, width: 20 });
    const progress: RunProgress[] = [];
    const listener = { ...silent, onProgress: (step: RunProgress) => progress.push(step) };
    const results = await run(requestFor(model, 'relu2'), listener);

    const probing = await openProbing(await zipTree(zip, 'tiny.zip'));
    const tapped = tap(bytes, await readModel(bytes), ['relu2']);
    const here = await openSession(tapped, { taps: ['relu2'], provider: 'wasm' });
    const { preprocessing, height, width } = pictureFeed(model, 16, 20);
    const input = {
      kind: 'pictures',
      input: 'picture',
      layout,
      fixedBatch: null,
      height,
      width,
      preprocessing,
    } as const;
    const layer = { tensor: 'relu2', layout: 'NCHW' } as const;
    const spec = { fixedBatch: null, layer, threshold: settings.threshold };
    const feeder = new Feeder(input, null);
    const [activations] = await collectActivations(probing, here, feeder, [spec], { decode: decodePicture });
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
  const expected = await run(requestFor(free, 'pool1'));
  const model = await workbench.openModel(new File([fixed], 'fixed.onnx'));
  const results = await run(requestFor(model, 'pool1'));
  expect(results.units.map(({ best }) => best)).toEqual(expected.units.map(({ best }) => best));
  expect(results.units).toHaveLength(4);
});

it('explains the units of a layer without maps', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  const results = await run(requestFor(model, 'logits'));
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
  expect((await run(requestFor(model, 'relu2'))).units).toHaveLength(6);
});

it('says what is wrong with a layer or a model', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  await expect(run(requestFor(model, 'nowhere'))).rejects.toMatchObject({
    code: 'onnx/unknown-tensor',
  });
  await expect(workbench.openModel(new File(['<html>'], 'page.onnx'))).rejects.toMatchObject({ code: 'onnx/html' });
  expect((await run(requestFor(model, 'relu1'))).units).toHaveLength(4);
});

it('explains several layers after one pass, each as in a run of its own', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  const layers = ['relu2', 'logits', 'relu1'];
  const batches: number[] = [];
  const made: LayerResults[] = [];
  const listener: RunListener = {
    onProgress: ({ stage, done }) => stage === 'activations' && batches.push(done),
    onUnits: ({ layer, share }) => expect([layer, share]).toEqual([layers[made.length], 1]),
    onResults: (results) => made.push(results),
  };
  const all = await workbench.run(requestFor(model, layers), listener).finished;
  expect(made).toEqual(all);
  expect(all.map(({ activations }) => activations.kind === 'model' && activations.layer)).toEqual(layers);
  expect(batches.filter((done) => done === 24)).toHaveLength(1);
  for (const [i, layer] of layers.entries()) {
    await workbench.clearStorage();
    const alone = await run(requestFor(model, layer));
    expect(alone.units).toEqual(all[i].units);
    expect(alone.key).toBe(all[i].key);
  }
});

it('runs the model only for layers that are not kept', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  const before = await run(requestFor(model, 'relu2'));
  const notes = new Set<string>();
  const onProgress = ({ note }: RunProgress): unknown => note !== undefined && notes.add(note);
  const [relu1, relu2] = await workbench.run(requestFor(model, ['relu1', 'relu2']), { ...silent, onProgress }).finished;
  expect([...notes].join(' ')).toContain('The activations of relu2, logits were kept from an earlier run.');
  expect(relu2.units).toEqual(before.units);
  expect(relu1.units).toHaveLength(4);
  const heard: string[] = [];
  await workbench.run(requestFor(model, ['relu2', 'relu1']), {
    ...silent,
    onProgress: ({ stage }) => heard.push(stage),
  }).finished;
  expect(heard).not.toContain('model');
});

it('reads as many samples as asked for, and keeps a part apart from the whole', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  const part = await run(requestFor(model, 'relu2', { samples: 9 }));
  expect(part.samplesRead).toBe(9);
  const whole = await run(requestFor(model, 'relu2'));
  expect(whole.samplesRead).toBe(24);
  expect(whole.key).not.toBe(part.key);
  const stages: string[] = [];
  const listener = { ...silent, onProgress: ({ stage }: RunProgress) => stages.push(stage) };
  expect(await run(requestFor(model, 'relu2', { samples: 9 }), listener)).toMatchObject({
    units: part.units,
    key: part.key,
  });
  expect(stages).not.toContain('model');
  const samples = new Set(part.units.flatMap(({ top }) => top.map(({ sample }) => sample)));
  expect(samples.size).toBeLessThanOrEqual(9);
  const evidence = workbench.evidence(part);
  const { unit, threshold, top } = part.units.find(({ state }) => state === 'explained') ?? expect.fail('none');
  expect(await evidence.unitMask(unit, top[0].sample, threshold ?? NaN)).toContain(1);
  await expect(run(requestFor(model, 'relu2', { samples: 0 }))).rejects.toMatchObject({
    code: 'pipeline/sample-number',
  });
  await expect(run(requestFor(model, []))).rejects.toMatchObject({ code: 'pipeline/no-layer' });
});

it('shows units of all layers on the way, also where the cells are kept, and ends as if it had not', async () => {
  const fixed = plainNetwork('NCHW', {
    ...{ inputs: [{ name: 'picture', dims: [7, 3, 16, 20] }], outputs: [{ name: 'logits', dims: [7, 5] }] },
  });
  const model = await workbench.openModel(new File([fixed], 'fixed.onnx'));
  const relu2 = await run(requestFor(model, 'relu2'));
  // Cells are kept now; the look takes its own out of them.
  const looks = lookAfter(14, 4);
  const shares = new Map<string, Set<number>>();
  const onUnits = (explained: ExplainedUnits): void => {
    looks.onUnits(explained);
    shares.set(explained.layer, (shares.get(explained.layer) ?? new Set()).add(explained.share));
  };
  const results = await workbench.run(requestFor(model, ['relu1', 'relu2']), { ...silent, onUnits }).finished;
  looks.restore();
  expect(shares).toEqual(
    new Map([
      ['relu1', new Set([14 / 24, 1])],
      ['relu2', new Set([1])],
    ]),
  );
  expect(results[1].units).toEqual(relu2.units);
  await workbench.clearStorage();
  expect((await run(requestFor(model, 'relu1'))).units).toEqual(results[0].units);
});

it('estimates a run: from a batch tried, from the last run, from what is kept', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  const tried = await workbench.estimate(requestFor(model, 'relu2'));
  expect(tried).toMatchObject({ cached: false, basis: expect.stringContaining('a batch tried just now') });
  expect(tried.seconds).toBeGreaterThan(0);
  expect(tried.memoryBytes).toBeGreaterThan(10 * 2 ** 20);
  expect(tried.storageBytes).toBeGreaterThan(0);
  const fewer = await workbench.estimate(requestFor(model, 'relu2', { samples: 8, units: [0, 1] }));
  expect(fewer.storageBytes).toBeLessThan(tried.storageBytes);
  await run(requestFor(model, 'relu2'));
  const kept = await workbench.estimate(requestFor(model, 'relu2'));
  expect(kept).toMatchObject({ cached: true, basis: expect.stringContaining('kept from an earlier run') });
  const other = await workbench.estimate(requestFor(model, 'relu1'));
  expect(other).toMatchObject({ cached: false, basis: expect.stringContaining('as in its last run') });
  await expect(workbench.estimate(requestFor(model, 'relu1', { units: [0, 99] }))).rejects.toMatchObject({
    code: 'pipeline/unit-range',
  });
});

it('gives an estimate up for a run, quietly', async () => {
  const model = await workbench.openModel(new File([plainNetwork()], 'plain.onnx'));
  const estimating = workbench.estimate(requestFor(model, 'relu2'));
  const running = run(requestFor(model, 'relu2'));
  expect(await estimating).toMatchObject({ cached: expect.any(Boolean) });
  expect((await running).units).toHaveLength(6);
});

it('shows pictures of samples spread over the set before anything runs', async () => {
  const previews = await workbench.previews(5);
  expect(previews.map(({ sample }) => sample)).toEqual([...spreadSamples(24, 5)]);
  for (const { url, name } of previews) {
    expect(name).toMatch(/\w/);
    expect((await createImageBitmap(await (await fetch(url)).blob())).width).toBeGreaterThan(0);
  }
});
