import { beforeAll, beforeEach, expect, it } from 'vitest';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { RunRequest, Workbench } from '../../src/jobs/api.ts';
import { createWorkbench } from '../../src/jobs/workbench.ts';
import { tinyActivations, tinyZip } from './support/tiny-golden.ts';

const settings: ExplainSettings = { ...defaultSettings, threshold: { kind: 'quantile', quantile: 0.05 } };

let zip: File;
let npy: File;
let workbench: Workbench;
let made: LayerResults;

beforeAll(async () => {
  [zip, npy] = await Promise.all([tinyZip(), tinyActivations()]);
});

beforeEach(async () => {
  workbench = createWorkbench();
  await workbench.clearStorage();
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  made = await run(settings);
});

async function run(asked: ExplainSettings): Promise<LayerResults> {
  const request: RunRequest = { activations: { kind: 'file' }, settings: asked, units: null, samples: null };
  const job = workbench.run(request, { onProgress: () => undefined, onUnits: () => undefined });
  return (await job.finished)[0];
}

async function save(keys: readonly string[], withActivations = true): Promise<File> {
  const blob = await workbench.saveWorkspace({ keys, withActivations, view: 'page=layer' });
  return new File([blob], 'tiny.formulens');
}

/** A page on which nothing was ever opened. */
async function emptyPage(): Promise<Workbench> {
  const page = createWorkbench();
  await page.clearStorage();
  return page;
}

it('saved, opened where nothing is, and kept there: results, pictures, masks and live answers are the same', async () => {
  const other = await run({ ...settings, length: 1 });
  const before = workbench.evidence(made);
  const file = await save([made.key, other.key]);
  const page = await emptyPage();
  expect(await page.results(made.key)).toBeNull();
  expect(await page.openWorkspace(file)).toEqual({ keys: [made.key, other.key], view: 'page=layer' });

  for (const here of [page, createWorkbench()]) {
    expect(await here.results(made.key)).toEqual(made);
    expect(await here.results(other.key)).toEqual(other);
    const after = here.evidence(made);
    const unit = made.units.find(({ best }) => best !== null) ?? expect.fail('no unit has a formula');
    const [{ sample }] = unit.top;
    const formula = unit.best?.formula ?? expect.fail('no formula');
    const threshold = unit.threshold ?? NaN;
    expect(await after.unitMask(unit.unit, sample, threshold)).toEqual(
      await before.unitMask(unit.unit, sample, threshold),
    );
    expect(await after.unitMask(unit.unit, sample, threshold)).toContain(1);
    expect(await after.formulaMask(formula, sample)).toEqual(await before.formulaMask(formula, sample));
    expect(await after.activationMap(unit.unit, sample)).toEqual(await before.activationMap(unit.unit, sample));
    expect(await after.sampleNames()).toEqual(await before.sampleNames());
    const tried: ExplainSettings = { ...settings, length: 4, threshold: { kind: 'quantile', quantile: 0.02 } };
    expect(await after.explain(unit.unit, tried)).toEqual(await before.explain(unit.unit, tried));
    expect(await after.measure(unit.unit, threshold, formula)).toEqual(
      await before.measure(unit.unit, threshold, formula),
    );
    const picture = (await after.picture(sample)) ?? expect.fail('no picture');
    expect(picture.full).toBe(false);
    expect((await createImageBitmap(await (await fetch(picture.url)).blob())).width).toBeGreaterThan(0);
  }
  const [label] = await page.recent();
  expect(label).toMatchObject({ key: other.key, probingHash: made.probing.contentHash, samplesRead: 24 });
});

it('without activations shows formulas and pictures, and says what masks need', async () => {
  const size = await workbench.workspaceSize([made.key]);
  const file = await save([made.key], false);
  expect(size.with).toBeGreaterThan(size.without);
  expect(Math.abs(size.without - file.size)).toBeLessThan(0.3 * file.size);
  const page = await emptyPage();
  await page.openWorkspace(file);
  const evidence = page.evidence(made);
  const [{ unit, top }] = made.units.filter(({ best }) => best !== null);
  expect(await page.results(made.key)).toEqual(made);
  expect(await evidence.thumbnail(top[0].sample)).toMatch(/^blob:/);
  expect((await evidence.sampleConcepts(top[0].sample)).palette.length).toBeGreaterThan(0);
  await expect(evidence.unitMask(unit, top[0].sample, 0)).rejects.toMatchObject({ code: 'jobs/not-kept' });
  await expect(evidence.explain(unit, settings)).rejects.toMatchObject({ code: 'jobs/not-kept' });
  await expect(page.saveWorkspace({ keys: [made.key], withActivations: true, view: '' })).rejects.toMatchObject({
    code: 'jobs/not-kept',
  });
  expect((await page.workspaceSize([made.key])).with).toBeNull();
});

it('leaves alone what is newer here, and what a run makes', async () => {
  const file = await save([made.key]);
  const again = await run(settings);
  expect(again.key).toBe(made.key);
  expect(again.madeAt > made.madeAt).toBe(true);
  await workbench.openWorkspace(file);
  expect((await workbench.results(made.key))?.madeAt).toBe(again.madeAt);

  const page = await emptyPage();
  await page.openWorkspace(file);
  await page.openProbing({ kind: 'zip', file: zip });
  await page.openActivations(npy);
  const stages: string[] = [];
  const request: RunRequest = { activations: { kind: 'file' }, settings, units: null, samples: null };
  const job = page.run(request, {
    onProgress: ({ stage, note }) => stages.push(note ?? stage),
    onUnits: () => undefined,
  });
  const [results] = await job.finished;
  expect(results.units).toEqual(made.units);
  expect(stages).toContain('activations');
  expect(stages.join()).not.toContain('kept from an earlier run');
});

it('forgets results when told, and says so when they are to be saved', async () => {
  await workbench.forget(made.key);
  expect(await workbench.recent()).toEqual([]);
  expect(await workbench.results(made.key)).toBeNull();
  await expect(save([made.key])).rejects.toMatchObject({ code: 'jobs/not-kept' });
});

it('says what is wrong with a file and leaves everything as it was', async () => {
  await expect(workbench.openWorkspace(zip)).rejects.toMatchObject({
    code: 'pipeline/workspace-other',
    message: expect.stringContaining('tiny.zip is a probing set, not a workspace file.') as string,
  });
  expect(await workbench.results(made.key)).toEqual(made);
});

it('answers the newest question and drops those that waited', async () => {
  const evidence = workbench.evidence(made);
  const [{ unit }] = made.units.filter(({ best }) => best !== null);
  await evidence.thresholdLimits(unit);
  const asked = [1, 2, 3, 4].map((length) =>
    evidence.explain(unit, { ...settings, length }).then(
      ({ byLength }) => byLength.length,
      (error: unknown) => (error as { code: string }).code,
    ),
  );
  expect(await Promise.all(asked)).toEqual([1, 'jobs/stale', 'jobs/stale', 4]);
});

it('shows pictures at their own size while the probing set is open', async () => {
  const evidence = workbench.evidence(made);
  const [{ sample }] = made.units.flatMap(({ top }) => top);
  const picture = (await evidence.picture(sample)) ?? expect.fail('no picture');
  expect(picture.full).toBe(true);
  expect((await fetch(picture.url)).headers.get('content-type')).toMatch(/^image\//);
  await expect(evidence.unitMask(99, 0, 0)).rejects.toMatchObject({ code: 'jobs/no-such-unit' });
});

it("opens a sample's ready-made results before any model is loaded", async () => {
  const page = createWorkbench(`${location.origin}/`);
  await page.clearStorage();
  const { keys, view } = await page.openWorkspace('scenes');
  const results = (await page.results(keys[0])) ?? expect.fail('no results');
  expect([view, results.unitCount]).toEqual(['', 128]);
  const evidence = page.evidence(results);
  const { unit, top } = results.units.find(({ best }) => best !== null) ?? expect.fail('no formula');
  expect(await evidence.thumbnail(top[0].sample)).toMatch(/^blob:/);
  expect(await evidence.unitMask(unit, top[0].sample, results.units[unit].threshold ?? NaN)).toContain(1);
  expect(await evidence.explain(unit, results.settings)).toEqual(results.units[unit]);
  expect((await evidence.thresholdLimits(unit)).quantile).toBe(0.01);
  const beyond = { ...results.settings, threshold: { kind: 'quantile', quantile: 0.5 } } as const;
  await expect(evidence.explain(unit, beyond)).rejects.toMatchObject({ code: 'jobs/below-kept' });

  const [model, probing] = await Promise.all([
    page.openModel('scenes'),
    page.openProbing({ kind: 'sample', name: 'scenes' }),
  ]);
  expect(results.activations).toMatchObject({
    ...{ kind: 'model', name: model.name, hash: model.hash, layer: model.defaultLayer },
    feed: model.input.kind === 'pictures' && {
      ...{ kind: 'pictures', preprocessing: model.input.preprocessing },
      ...{ height: model.input.height, width: model.input.width },
    },
  });
  const { title, contentHash, sampleCount, grid, synthetic } = probing;
  expect(results.probing).toMatchObject({ title, contentHash, sampleCount, grid, synthetic });
});
