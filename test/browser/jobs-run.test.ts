import { beforeAll, beforeEach, expect, it } from 'vitest';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import { unitMask } from '../../src/engine/activation/unit-mask.ts';
import { sampleCells } from '../../src/engine/cells/cell-maps.ts';
import { Explainer } from '../../src/engine/explain.ts';
import { referenceText } from '../../src/engine/formula/print.ts';
import { formulaBits } from '../../src/engine/formula/evaluate.ts';
import { hasBit } from '../../src/engine/bits/bitset.ts';
import type { ExplainSettings, UnitExplanation } from '../../src/engine/results/explanation.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { createWorkbench } from '../../src/jobs/workbench.ts';
import type { ExplainedUnits, RunProgress, RunRequest, Workbench } from '../../src/jobs/api.ts';
import { joinCellParts } from '../../src/engine/cells/join-cell-parts.ts';
import { ingest, readCellPart } from '../../src/pipeline/ingest.ts';
import { spreadSamples } from '../../src/pipeline/reading-order.ts';
import { openActivations } from '../../src/probing/activation-file.ts';
import { openProbing } from '../../src/probing/open.ts';
import { zipTree } from '../../src/probing/trees/zip-tree.ts';
import golden from '../golden/tiny/expected-n3-b5-p095-lnone.json';
import { lookAfter } from './support/early-looks.ts';
import { tinyActivations, tinyZip } from './support/tiny-golden.ts';

const settings: ExplainSettings = {
  ...{ threshold: { kind: 'quantile', quantile: 0.05 }, length: 3, beam: 5, penalty: 0.95, candidates: null },
  ...{ mode: 'default', minActive: 0, minConcept: 0, operators: ['or', 'and', 'and-not'], without: [] },
};
const request = (change: Partial<ExplainSettings> = {}): RunRequest => ({
  ...{ activations: { kind: 'file' }, units: null, samples: null, settings: { ...settings, ...change } },
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

/** The same without workers, on this thread. */
async function computeHere() {
  const probing = await openProbing(await zipTree(zip, 'tiny.zip'));
  const { table, maps } = await ingest(probing);
  const file = await openActivations(npy, 'features.npy');
  const { samples: sampleCount, units: unitCount, height, width } = file;
  const collector = new ActivationCollector({ sampleCount, unitCount, height, width, keptQuantile: 1 });
  collector.add(0, sampleCount, await file.read(0, sampleCount));
  const search = prepareSearch(table, probing.concepts, { grid: probing.grid });
  return { probing, maps, search, activations: collector.finish() };
}

async function run(asked: RunRequest, progress: RunProgress[] = [], units: UnitExplanation[] = []) {
  const job = workbench.run(asked, {
    onProgress: (step) => progress.push(step),
    onUnits: ({ units: some }) => units.push(...some),
  });
  const [results] = await job.finished;
  return results;
}

it('explains every unit as the engine does without workers, and shows the evidence', async () => {
  const probing = await workbench.openProbing({ kind: 'zip', file: zip });
  const opened = await workbench.openActivations(npy);
  expect(opened).toMatchObject({ name: 'features.npy', sampleCount: 24, unitCount: 24, grid: { height: 7, width: 7 } });
  const progress: RunProgress[] = [];
  const streamed: UnitExplanation[] = [];
  const results = await run(request(), progress, streamed);

  const here = await computeHere();
  const explainer = new Explainer(here);
  const expected = Array.from({ length: 24 }, (_, unit) => explainer.explain(unit, settings));
  expect(results.units).toEqual(expected);
  expect(streamed.toSorted((a, b) => a.unit - b.unit)).toEqual(expected);
  expect(results.probing).toMatchObject({ format: 'broden', contentHash: probing.contentHash, synthetic: false });
  expect(new Set(progress.map(({ stage }) => stage))).toEqual(new Set(['concepts', 'activations', 'search', 'saving']));
  expect(progress.filter(({ stage }) => stage === 'search').at(-1)).toMatchObject({ done: 24, total: 24 });

  const evidence = workbench.evidence(results);
  const [unit] = expected.filter(({ best }) => best !== null);
  const [{ sample }] = unit.top;
  const { grid } = here.probing;
  const mask = unitMask(here.activations, unit.unit, sample, unit.threshold ?? NaN, grid);
  expect(await evidence.unitMask(unit.unit, sample, unit.threshold ?? NaN)).toEqual(mask);
  expect(mask).toContain(1);
  const formula = unit.best?.formula ?? expect.fail('unit without formula');
  const bits = formulaBits(formula, here.search);
  const { palette, index } = sampleCells(here.maps, sample);
  expect(await evidence.formulaMask(formula, sample)).toEqual(
    Uint8Array.from(index, (at) => +hasBit(bits, palette[at])),
  );
  const labels = await here.probing.labels(sample);
  const present = new Set<number>(labels.everywhere);
  for (const plane of labels.planes) for (const label of plane) if (label > 0) present.add(label - 1);
  const concepts = await evidence.sampleConcepts(sample);
  expect([...new Set(concepts.palette.flat())].sort((a, b) => a - b)).toEqual([...present].sort((a, b) => a - b));
  expect(await evidence.sampleName(sample)).toBe(here.probing.sampleName(sample));
  const picture = await fetch((await evidence.thumbnail(sample)) ?? expect.fail('no picture'));
  expect((await createImageBitmap(await picture.blob())).width).toBeGreaterThan(0);
});

it('gives, dropped into a page, the formulas that the reference program gave', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const recorded = golden.units.toSorted((a, b) => a.unit - b.unit);
  const threshold = { kind: 'given', thresholds: recorded.map((unit) => unit.threshold) } as const;
  const results = await run(request({ threshold, mode: 'reference', penalty: 0.95 }));
  const label = ({ best }: UnitExplanation): string =>
    best ? referenceText(best.formula, (id) => results.concepts[id].name) : 'NONE';
  expect(results.units.map(label)).toEqual(recorded.map(({ formula }) => formula));
  expect(results.units.map(({ area }) => area)).toEqual(recorded.map((unit) => unit.mask_pixels));
  for (const [i, { best }] of results.units.entries()) expect(best?.score ?? 0).toBeCloseTo(recorded[i].iou, 9);
});

it('shows results and their evidence after a reload, with nothing open', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const made = await run(request());
  const reloaded = createWorkbench();
  const [{ key, title, unitCount }] = await reloaded.recent();
  expect({ key, title, unitCount }).toEqual({ key: made.key, title: 'tiny.zip', unitCount: 24 });
  const results = (await reloaded.results(key)) ?? expect.fail('results are gone');
  expect(results).toEqual(made);
  const before = workbench.evidence(made);
  const after = reloaded.evidence(results);
  for (const { unit, top, best, threshold } of results.units) {
    for (const { sample } of top.slice(0, 2)) {
      const at = threshold ?? NaN;
      expect(await after.unitMask(unit, sample, at)).toEqual(await before.unitMask(unit, sample, at));
      expect(await after.thumbnail(sample)).toMatch(/^blob:/);
      if (best)
        expect(await after.formulaMask(best.formula, sample)).toEqual(await before.formulaMask(best.formula, sample));
    }
  }
});

it('starts a second run from the caches, in memory and on the machine', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  await run(request());
  for (const again of [workbench, createWorkbench()]) {
    if (again !== workbench) {
      await again.openProbing({ kind: 'zip', file: zip });
      await again.openActivations(npy);
      workbench = again;
    }
    const progress: RunProgress[] = [];
    const results = await run(request({ length: 2 }), progress);
    expect(results.units.some(({ byLength }) => byLength.length === 2)).toBe(true);
    expect(progress.some(({ stage }) => stage === 'concepts')).toBe(false);
    expect(progress.filter(({ stage }) => stage === 'activations')).toMatchObject([
      { note: expect.stringContaining('kept') },
    ]);
  }
});

it('keeps what is open when something else cannot be opened', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const bad = new File(['not a zip'], 'bad.zip');
  await expect(workbench.openProbing({ kind: 'zip', file: bad })).rejects.toMatchObject({
    code: expect.stringMatching(/^probing\//),
  });
  await expect(workbench.openActivations(new File(['x'], 'bad.npy'))).rejects.toMatchObject({ name: 'Fault' });
  expect((await run(request({ length: 1 }))).units).toHaveLength(24);
});

it('cancels within a second, keeps what is open, and runs again', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const heard: string[] = [];
  let cancelled = 0;
  const job = workbench.run(request({ length: 40, beam: 400 }), {
    onProgress: ({ stage }) => {
      heard.push(stage);
      if (stage !== 'search' || cancelled) return;
      cancelled = performance.now();
      job.cancel();
    },
    onUnits: () => heard.push('units'),
  });
  await expect(job.finished).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect(performance.now() - cancelled).toBeLessThan(1000);
  expect(heard.at(-1)).toBe('search');
  job.cancel();
  expect((await run(request({ length: 1 }))).units).toHaveLength(24);
});

it('does not throw results away when their keeping is cancelled', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const job = workbench.run(request(), {
    onProgress: ({ stage }) => {
      if (stage === 'saving') job.cancel();
    },
    onUnits: () => undefined,
  });
  expect((await job.finished)[0].units).toHaveLength(24);
  expect(await workbench.recent()).toHaveLength(1);
});

it('cancels at the very start too', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const job = workbench.run(request(), { onProgress: () => undefined, onUnits: () => undefined });
  job.cancel();
  await expect(job.finished).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect((await run(request({ length: 1 }))).units).toHaveLength(24);
});

it('lets a new run take the place of the one before', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const first = workbench.run(request({ length: 30, beam: 300 }), {
    onProgress: () => undefined,
    onUnits: () => undefined,
  });
  const second = run(request({ length: 1 }));
  await expect(first.finished).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect((await second).units).toHaveLength(24);
});

it('says what is missing or does not fit', async () => {
  await expect(run(request())).rejects.toMatchObject({ code: 'jobs/nothing-open' });
  await workbench.openProbing({ kind: 'zip', file: zip });
  await expect(run(request())).rejects.toMatchObject({ code: 'jobs/nothing-open' });
  await workbench.openActivations(npy);
  await expect(run({ ...request(), units: [3, 24] })).rejects.toMatchObject({ code: 'pipeline/unit-range' });
  await expect(run(request({ threshold: { kind: 'given', thresholds: [1, 2] } }))).rejects.toMatchObject({
    code: 'pipeline/threshold-count',
  });
  const results = await run({ ...request(), units: [3, 5] });
  expect(results.unitRange).toEqual([3, 5]);
  expect(results.units.map(({ unit }) => unit)).toEqual([3, 4, 5]);
});

it('forgets everything when told, and says so when evidence is asked for', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const results = await run(request());
  expect((await workbench.storage()).used).toBeGreaterThan(0);
  const reloaded = createWorkbench();
  await reloaded.clearStorage();
  expect(await reloaded.recent()).toEqual([]);
  expect(await reloaded.results(results.key)).toBeNull();
  const evidence = reloaded.evidence(results);
  expect(await evidence.thumbnail(0)).toBeNull();
  await expect(evidence.unitMask(0, 0, 0)).rejects.toMatchObject({ code: 'jobs/not-kept' });
});

it('shows units on the way, from the samples read so far, and ends as if it had not', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const atOnce = await run(request());
  await workbench.clearStorage();
  const looks = lookAfter(16, 24);
  const final: UnitExplanation[] = [];
  const onUnits = (explained: ExplainedUnits): void => {
    looks.onUnits(explained);
    if (explained.share === 1) final.push(...explained.units);
  };
  const [results] = await workbench.run(request(), { onProgress: () => undefined, onUnits }).finished;
  looks.restore();
  expect(new Set(looks.provisional.values())).toEqual(new Set([16 / 24]));
  expect(results.units).toEqual(atOnce.units);
  expect(final.toSorted((a, b) => a.unit - b.unit)).toEqual(atOnce.units);
});

it('gives the same in a part of the samples as the engine does without workers', async () => {
  await workbench.openProbing({ kind: 'zip', file: zip });
  await workbench.openActivations(npy);
  const results = await run({ ...request(), samples: 10 });
  const explainer = new Explainer(await computePart(10));
  expect(results.samplesRead).toBe(10);
  expect(results.units).toEqual(Array.from({ length: 24 }, (_, unit) => explainer.explain(unit, settings)));
  const again: RunProgress[] = [];
  expect((await run({ ...request(), samples: 10 }, again)).units).toEqual(results.units);
  expect(again.some(({ stage }) => stage === 'concepts')).toBe(false);
});

/** A part of the samples without workers. */
async function computePart(count: number) {
  const probing = await openProbing(await zipTree(zip, 'tiny.zip'));
  const file = await openActivations(npy, 'features.npy');
  const { samples: sampleCount, units: unitCount, height, width } = file;
  const samples = [...spreadSamples(sampleCount, count)];
  const sizes = { sampleCount, samplesToRead: count, unitCount, height, width, keptQuantile: 1 };
  const collector = new ActivationCollector(sizes);
  for (const sample of samples) collector.addSamples([sample], await file.read(sample, 1));
  const { table, maps } = joinCellParts([await readCellPart(probing, samples)]);
  return {
    maps,
    search: prepareSearch(table, probing.concepts, { grid: probing.grid }),
    activations: collector.finish(),
  };
}
