import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ExplainSettings, UnitExplanation } from '../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { CellTableFormat, RunProgress, RunRequest, Workbench } from '../../src/jobs/api.ts';
import { CellTables } from '../../src/jobs/cell-tables.ts';
import { createWorkbench } from '../../src/jobs/workbench.ts';
import { tinyActivations, tinyZip } from './support/tiny-golden.ts';

const settings: ExplainSettings = {
  ...{ threshold: { kind: 'quantile', quantile: 0.05 }, length: 3, beam: 5, penalty: 0.95, candidates: null },
  ...{ mode: 'default', minActive: 0, minConcept: 0, operators: ['or', 'and', 'and-not'], without: [] },
};
const request: RunRequest = { activations: { kind: 'file' }, units: null, samples: null, settings };
/** Whatever threshold the page asks for: the table's own counts. */
const ofCells: RunRequest = {
  ...request,
  activations: { kind: 'cells' },
  settings: { ...settings, threshold: { kind: 'fixed', above: 1e9 } },
};

let workbench: Workbench;
let counted: LayerResults;
const saved = new Map<CellTableFormat, Blob>();

beforeAll(async () => {
  const before = createWorkbench();
  await before.clearStorage();
  await before.openProbing({ kind: 'zip', file: await tinyZip() });
  await before.openActivations(await tinyActivations());
  [counted] = await before.run(request, silent).finished;
  const evidence = before.evidence(counted);
  for (const format of ['parquet', 'arrow'] as const) saved.set(format, await evidence.cellTable(format));
});

beforeEach(async () => {
  workbench = createWorkbench();
  await workbench.clearStorage();
});

afterEach(() => workbench.clearStorage());

const silent = { onProgress: () => undefined, onUnits: () => undefined };
const fileOf = (format: CellTableFormat): File => new File([saved.get(format) ?? ''], `tiny.${format}`);
/** What cells tell of a unit: everything but its strongest samples. */
const fromCells = (unit: UnitExplanation): UnitExplanation => ({ ...unit, top: [] });

async function run(asked = ofCells, progress: RunProgress[] = []): Promise<LayerResults> {
  const [results] = await workbench.run(asked, { ...silent, onProgress: (step) => progress.push(step) }).finished;
  return results;
}

it.each(['parquet', 'arrow'] as const)(
  'a table saved as %s gives the same explanations, every digit',
  async (format) => {
    const opened = await workbench.openCells([fileOf(format)]);
    expect(opened).toMatchObject({
      name: `tiny.${format}`,
      fileCount: 1,
      unitCount: 24,
      sampleCount: 24,
      format: 'cells',
    });
    expect([opened.rule, opened.title]).toEqual([settings.threshold, counted.probing.title]);
    expect(opened.notes[0]).toContain(counted.probing.contentHash);
    expect(opened.notes[0]).toContain('features.npy');
    const progress: RunProgress[] = [];
    const results = await run(ofCells, progress);
    expect(results.units).toEqual(counted.units.map(fromCells));
    expect(results.units.filter(({ state }) => state === 'explained').length).toBeGreaterThan(3);
    expect(results).toMatchObject({ settings, unitRange: [0, 23], concepts: counted.concepts, samplesRead: 24 });
    expect(results.activations).toEqual({ kind: 'file', name: `tiny.${format}`, hash: opened.hash });
    expect(results.probing.positions).toBe(24 * counted.probing.grid.height * counted.probing.grid.width);
    expect(new Set(progress.map(({ stage }) => stage))).toEqual(new Set(['search', 'saving']));
    expect((await workbench.estimate(ofCells)).seconds).toBeGreaterThan(0);
  },
);

it('answers questions with other settings and formulas as the pictures would, and refuses what takes samples', async () => {
  const before = createWorkbench();
  await before.openProbing({ kind: 'zip', file: await tinyZip() });
  await before.openActivations(await tinyActivations());
  const [layer] = await before.run(request, silent).finished;
  await workbench.openCells([fileOf('parquet')]);
  const results = await run();
  const [first] = counted.units.filter(({ state }) => state === 'explained');
  const { unit, threshold } = first;
  const formula = first.best?.formula ?? expect.fail('unit without formula');
  const [there, here] = [before.evidence(layer), workbench.evidence(results)];
  const longer = { ...settings, length: 4, beam: 8, operators: ['or', 'and'] as const };
  expect(await here.explain(unit, longer)).toEqual(fromCells(await there.explain(unit, longer)));
  const measured = await there.measure(unit, threshold ?? NaN, formula);
  const samples = { samplesCoverage: null, explanationCoverage: null, auroc: null };
  expect(await here.measure(unit, 0, formula)).toEqual({ ...measured, ...samples });
  const { positions, sizes } = await there.coverage();
  expect(await here.coverage()).toMatchObject({ positions, sizes, samplesRead: 0 });
  const other = { ...settings, threshold: { kind: 'quantile', quantile: 0.01 } } as const;
  await expect(here.explain(unit, other)).rejects.toMatchObject({ code: 'jobs/masks-counted' });
  await expect(here.sampleList(unit, 0, null, 'firing')).rejects.toMatchObject({ code: 'jobs/no-samples' });
  await expect(here.formulaSamples(formula)).rejects.toMatchObject({ code: 'jobs/no-samples' });
  await expect(
    workbench.saveWorkspace({ keys: [results.key], withActivations: false, view: '' }),
  ).rejects.toMatchObject({ code: 'jobs/table-not-packed' });
});

it('is kept with its results, and can be saved again', async () => {
  const opened = await workbench.openCells([fileOf('arrow')]);
  const results = await run();
  const later = createWorkbench();
  const kept = (await later.results(results.key)) ?? expect.fail('not kept');
  expect(kept.units).toEqual(results.units);
  const evidence = later.evidence(kept);
  expect(await evidence.explain(0, settings)).toEqual(results.units[0]);
  const again = new File([await evidence.cellTable('parquet')], 'again.parquet');
  const table = await later.openCells([again]);
  expect(table).toMatchObject({ cellCount: opened.cellCount, positions: opened.positions, title: opened.title });
  await later.free({ probing: opened.hash });
  await expect(later.evidence(kept).explain(0, settings)).rejects.toMatchObject({ code: 'jobs/not-kept' });
});

it('adds shards up', async () => {
  const twice = await workbench.openCells([fileOf('parquet'), fileOf('arrow')]);
  expect(twice).toMatchObject({ fileCount: 2, sampleCount: 48 });
  const results = await run();
  const ious = (units: readonly UnitExplanation[]) => units.map(({ best }) => best?.iou);
  expect(ious(results.units)).toEqual(ious(counted.units));
});

it('says of a file that is no table what it is, and keeps what is open', async () => {
  const opened = await workbench.openCells([fileOf('parquet')]);
  const other = new File(['no table at all'], 'other.arrow');
  await expect(workbench.openCells([other])).rejects.toMatchObject({ code: 'cells/wrong-kind' });
  expect((await run()).probing.contentHash).toBe(opened.hash);
});

it('ends a reader that a damaged file keeps busy for ever, and names the file', async () => {
  const spawn = (): Worker => new Worker(new URL('./support/busy.worker.ts', import.meta.url), { type: 'module' });
  const tables = new CellTables({ call: () => Promise.reject(new Error('Nothing is kept here.')) }, spawn);
  const reading = tables.openFiles([fileOf('parquet')], 0.5);
  await expect(reading).rejects.toMatchObject({ code: 'jobs/file-stalled' });
  await expect(reading).rejects.toThrow(/tiny\.parquet.*damaged/);
  expect(tables.open).toBeNull();
});
