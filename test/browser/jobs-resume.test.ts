import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import type { OpenedModel, RunProgress, RunRequest, Workbench } from '../../src/jobs/api.ts';
import { ProbingReaders } from '../../src/jobs/probing-readers.ts';
import { createWorkbench } from '../../src/jobs/workbench.ts';
import { plainNetwork } from '../onnx/support/networks.ts';
import { breakOffAfter, keptBytes } from './support/broken-off.ts';
import { pictureFeed } from './support/picture-feed.ts';
import { tinyActivations, tinyZip } from './support/tiny-golden.ts';

const settings: ExplainSettings = {
  ...{ threshold: { kind: 'quantile', quantile: 0.05 }, length: 3, beam: 5, penalty: 1, candidates: null },
  ...{ mode: 'default', minActive: 0, minConcept: 0, operators: ['or', 'and', 'and-not'], without: [] },
};
const fromFile: RunRequest = { activations: { kind: 'file' }, units: null, samples: null, settings };
const fromModel = (model: OpenedModel): RunRequest => ({
  ...fromFile,
  activations: { kind: 'model', layers: ['relu2', 'relu1'], feed: pictureFeed(model, 16, 20) },
});

let zip: File;
let npy: File;
let workbench: Workbench;

beforeAll(async () => {
  [zip, npy] = await Promise.all([tinyZip(), tinyActivations()]);
});

beforeEach(async () => {
  workbench = createWorkbench();
  await workbench.clearStorage();
});

afterEach(() => vi.restoreAllMocks());

/** A model that takes seven pictures at a time. */
const sevenAtATime = (): File => {
  const inputs = [{ name: 'picture', dims: [7, 3, 16, 20] }];
  return new File([plainNetwork('NCHW', { inputs, outputs: [{ name: 'logits', dims: [7, 5] }] })], 'fixed.onnx');
};

/** A page on which nothing was computed yet, with the files open. */
async function fresh(): Promise<{ readonly workbench: Workbench; readonly model: OpenedModel }> {
  const page = createWorkbench();
  await page.openProbing({ kind: 'zip', file: zip });
  await page.openActivations(npy);
  return { workbench: page, model: await page.openModel(sevenAtATime()) };
}

async function run(page: Workbench, request: RunRequest, notes: string[] = [], first: number[] = []) {
  const onProgress = ({ stage, done, note }: RunProgress): void => {
    if (note !== undefined) notes.push(note);
    if (stage === 'activations' || stage === 'concepts') first.push(done);
  };
  const results = await page.run(request, { onProgress, onUnits: () => undefined }).finished;
  return results.map(({ units, key }) => ({ units, key }));
}

describe.each([
  ['a file of activations', 16, 'runtime', () => fromFile],
  ['a file of activations, by the labels', 16, 'probing', () => fromFile],
  ['a model', 14, 'runtime', fromModel],
  ['a model, by the pictures', 7, 'probing', fromModel],
] as const)('a run of %s that was broken off', (_, samples, worker, requestOf) => {
  it('goes on where it stopped, after a reload, and ends as if it had been done at once', async () => {
    const atOnce = await fresh();
    const request = requestOf(atOnce.model);
    const expected = await run(atOnce.workbench, request);
    const expectedBytes = await keptBytes();
    expect(Object.keys(expectedBytes).length).toBeGreaterThan(4);
    await workbench.clearStorage();

    const restore = breakOffAfter(samples, worker);
    const { workbench: broken } = await fresh();
    await expect(run(broken, request)).rejects.toMatchObject({ code: 'jobs/worker-died' });
    await restore();
    await vi.waitFor(async () => expect(await broken.unfinished()).toHaveLength(1));
    expect(await broken.unfinished()).toMatchObject([
      { done: samples, total: 24, request, probing: { title: 'tiny.zip' } },
    ]);
    const kept = await broken.kept();
    expect(kept[0].layers.some(({ unfinished }) => unfinished > 0)).toBe(true);

    const reloaded = await fresh();
    const notes: string[] = [];
    const first: number[] = [];
    const estimate = await reloaded.workbench.estimate(request);
    expect(estimate.basis).toContain(`${samples} of 24 samples are kept`);
    expect(await run(reloaded.workbench, request, notes, first)).toEqual(expected);
    expect(notes.join(' ')).toContain(`${samples} of 24 samples were kept`);
    expect(first.find((done) => done > 0)).toBe(samples);
    expect(await reloaded.workbench.unfinished()).toEqual([]);
    expect(await keptBytes()).toEqual(expectedBytes);
  });
});

it('reads with several readers what one reads', async () => {
  const alone = await fresh();
  await run(alone.workbench, fromModel(alone.model));
  const expected = await keptBytes();
  await workbench.clearStorage();
  vi.spyOn(ProbingReaders.prototype, 'further').mockReturnValue(2);
  const several = await fresh();
  await run(several.workbench, fromModel(several.model));
  expect(await keptBytes()).toEqual(expected);
  await run(several.workbench, fromFile);
  await workbench.clearStorage();
  const again = await fresh();
  await run(again.workbench, fromFile);
  await run(again.workbench, fromModel(again.model));
  expect(Object.entries(await keptBytes())).toEqual(expect.arrayContaining(Object.entries(expected)));
});

it('lists what is kept, and frees it by model and by probing set', async () => {
  const { workbench: page, model } = await fresh();
  await run(page, fromFile);
  await run(page, fromModel(model));
  const [set] = await page.kept();
  expect(set).toMatchObject({ title: 'tiny.zip' });
  expect(set.cells).toBeGreaterThan(0);
  expect(set.thumbnails).toBeGreaterThan(0);
  expect(new Set(set.layers.map(({ sourceName, layer }) => `${sourceName} ${layer}`))).toEqual(
    new Set(['features.npy features.npy', 'fixed.onnx logits', 'fixed.onnx relu1', 'fixed.onnx relu2']),
  );
  for (const { layer, activations, results } of set.layers) {
    expect(activations).toBeGreaterThan(0);
    // The class output was read besides and is not explained.
    expect(results > 0).toBe(layer !== 'logits');
  }
  await page.free({ source: model.hash });
  expect((await page.kept())[0].layers.map(({ sourceName }) => sourceName)).toEqual(['features.npy']);
  expect((await page.recent()).map(({ layer }) => layer)).toEqual(['features.npy']);
  expect((await page.estimate(fromModel(model))).cached).toBe(false);
  expect((await page.estimate(fromFile)).cached).toBe(true);
  await page.free({ probing: set.contentHash });
  expect(await page.kept()).toEqual([]);
  expect((await page.estimate(fromFile)).cached).toBe(false);
});

it('frees nothing that a run is using', async () => {
  const { workbench: page, model } = await fresh();
  const job = page.run(fromModel(model), { onProgress: () => undefined, onUnits: () => undefined });
  await expect(page.free({ source: model.hash })).rejects.toMatchObject({ code: 'jobs/in-use' });
  await page.free({ source: 'another model' });
  await job.finished;
});

it('keeps no steps of a run that another tab does at the same time, and says so', async () => {
  const [first, second] = [await fresh(), await fresh()];
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const onProgress = ({ stage }: RunProgress): void => {
    if (stage === 'model') begin();
  };
  const job = first.workbench.run(fromModel(first.model), { onProgress, onUnits: () => undefined });
  await begun;
  const notes: string[] = [];
  const [theirs, ours] = [await run(second.workbench, fromModel(second.model), notes), await job.finished];
  expect(notes.join(' ')).toContain('under way in another tab');
  expect(theirs).toEqual(ours.map(({ units, key }) => ({ units, key })));
  notes.length = 0;
  await workbench.clearStorage();
  await run((await fresh()).workbench, fromModel(second.model), notes);
  expect(notes.join(' ')).not.toContain('another tab');
});

it('remembers where a folder is, for the next visit', async () => {
  const handle = await (await navigator.storage.getDirectory()).getDirectoryHandle('a set', { create: true });
  await workbench.rememberFile({ name: 'a set', kind: 'folder', role: 'probing', hash: 'h', handle });
  const next = createWorkbench();
  const [known] = await next.knownFiles();
  expect(known).toMatchObject({ name: 'a set', kind: 'folder', role: 'probing', hash: 'h' });
  expect(await known.handle.isSameEntry(handle)).toBe(true);
  await next.forgetFile(known.id);
  expect(await workbench.knownFiles()).toEqual([]);
});
