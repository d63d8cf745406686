import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { openBundle } from '../../src/engine/bits/bundle.ts';
import { openKeptActivations } from '../../src/engine/activation/kept.ts';
import { openCellMaps } from '../../src/engine/cells/cell-maps.ts';
import { openCellTable } from '../../src/engine/cells/cell-table.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import type { CollectedLayer } from '../../src/pipeline/collected-layer.ts';
import type { ModelRun } from '../../src/pipeline/model-run.ts';
import { ProbingService, type CellBuffers, type CellsSoFar } from '../../src/pipeline/probing-service.ts';
import { spreadSamples } from '../../src/pipeline/reading-order.ts';
import { RuntimeService } from '../../src/pipeline/runtime-service.ts';
import { SearchService } from '../../src/pipeline/search-service.ts';
import { scenesProbingSet } from '../../src/probing/scenes/scenes-probing-set.ts';
import { decodePicture } from '../../src/runtime/decode-node.ts';
import { openSession } from '../../src/runtime/ort-node.ts';

const settings: ExplainSettings = {
  ...{ threshold: { kind: 'quantile', quantile: 0.02 }, length: 3, beam: 5, penalty: 1, candidates: null },
  ...{ mode: 'default', minActive: 0, minConcept: 0, operators: ['or', 'and', 'and-not'], without: [] },
};
const runtimeVersion = async (): Promise<string> => '0';
const SAMPLES = 64;

/** Smaller than the page's, so that there is something between. */
const BATCH = 16;

let file: File;
let layers: readonly string[];
let run: ModelRun;

async function services() {
  const probing = new ProbingService<{ readonly kind: string }>({
    ...{ open: async () => scenesProbingSet(), decode: decodePicture },
    drawThumbnail: async () => expect.fail('drawn'),
    drawPicture: async () => expect.fail('drawn'),
  });
  const runtime = new RuntimeService({ openSession, runtimeVersion });
  const [{ sampleCount }, opened] = await Promise.all([probing.open({ kind: 'sample' }), runtime.openModel(file)]);
  return { probing, runtime, sampleCount, opened };
}

beforeAll(async () => {
  file = new File([await readFile('public/samples/scenes/model.onnx')], 'model.onnx');
  const { opened, sampleCount } = await services();
  const mapped = opened.layers.filter(({ probeable, shape }) => probeable && shape?.length === 4);
  layers = [opened.defaultLayer ?? '', mapped[2].tensor];
  if (opened.input.kind !== 'pictures') expect.fail('it takes no pictures');
  const { preprocessing, height, width } = opened.input;
  run = {
    ...{ layers, peaksOnly: [], tokenizer: null, threshold: settings.threshold },
    feed: { kind: 'pictures', preprocessing, height: height ?? 64, width: width ?? 64 },
    ...{ sampleCount, samples: SAMPLES, provider: 'wasm' },
  };
});

interface Made {
  readonly layers: readonly CollectedLayer[];
  readonly cells: CellBuffers;
  readonly looks: readonly { readonly layers: readonly CollectedLayer[]; readonly cells: CellsSoFar }[];
}

/** Runs as the page does, and looks on the way after each of some batches. */
async function runThrough(asked: ModelRun, lookAfter: readonly number[] = []): Promise<Made> {
  const { probing, runtime } = await services();
  const { spec, length } = runtime.plan(asked);
  await runtime.start(asked);
  const looks: Made['looks'][number][] = [];
  const parts: ArrayBufferLike[] = [];
  for (let first = 0; first < asked.samples; first += BATCH) {
    const count = Math.min(BATCH, asked.samples - first);
    const { part, ...batch } = await probing.fill(first, count, spec, new Float32Array(length), true);
    parts.push(part ?? expect.fail('labels were asked for'));
    await runtime.runBatch(first, count, batch);
    if (!lookAfter.includes(first + count)) continue;
    const cells = probing.cellsSoFar(parts, first + count, null);
    looks.push({ layers: runtime.soFar() ?? expect.fail('too large'), cells });
  }
  return { layers: await runtime.finish(), cells: await probing.finishCells(parts, asked.samples), looks };
}

function explain({ buffer, unitCount }: CollectedLayer, { cells, extras, maps }: CellsSoFar) {
  const search = new SearchService();
  search.attach({ search: { cells, extras }, maps, activations: buffer });
  return search.explain(
    Array.from({ length: unitCount }, (_, unit) => unit),
    settings,
  );
}

/** A short text that differs where the bytes do. */
const digest = (buffer: ArrayBufferLike): string => createHash('sha256').update(new Uint8Array(buffer)).digest('hex');

it('gives the same, byte for byte, whether it was looked at on the way or not', async () => {
  const atOnce = await runThrough(run);
  const looked = await runThrough(run, [16, 32, 48]);
  expect(looked.looks).toHaveLength(3);
  for (const [i, layer] of atOnce.layers.entries()) {
    expect(digest(looked.layers[i].buffer)).toEqual(digest(layer.buffer));
    expect(explain(looked.layers[i], looked.cells)).toEqual(explain(layer, atOnce.cells));
  }
  for (const name of ['cells', 'extras', 'maps', 'names'] as const) {
    expect(digest(looked.cells[name])).toEqual(digest(atOnce.cells[name]));
  }
}, 60_000);

it('shows on the way what a run of only these samples gives', async () => {
  const { looks } = await runThrough(run, [32]);
  const short = await runThrough({ ...run, samples: 32 });
  const explained = short.layers.map((layer) => explain(layer, short.cells));
  expect(looks[0].layers.map((layer) => explain(layer, looks[0].cells))).toEqual(explained);
  expect(explained[0].some(({ state }) => state === 'explained')).toBe(true);
  expect(digest(looks[0].cells.cells)).toEqual(digest(short.cells.cells));
  expect(digest(looks[0].cells.maps)).toEqual(digest(short.cells.maps));
}, 60_000);

it('takes the same cells out of those of more samples', async () => {
  const { probing } = await services();
  const whole = await probing.finishCells([], 48);
  const cut = probing.cellsSoFar([], 20, whole);
  const alone = await probing.finishCells([], 20);
  for (const name of ['cells', 'extras', 'maps'] as const) expect(digest(cut[name])).toEqual(digest(alone[name]));
});

it('reads exactly the samples asked for, spread over the set, and says so', async () => {
  const made = await runThrough({ ...run, samples: 19 });
  const samples = spreadSamples(run.sampleCount, 19);
  const kept = openKeptActivations(made.layers[0].buffer);
  expect(kept).toMatchObject({ samplesRead: 19, sampleCount: run.sampleCount, keptQuantile: 1 });
  expect(kept.samples.subarray(0, kept.start[1])).toEqual(samples);
  const read = Array.from(kept.highest.subarray(0, run.sampleCount), (value, i) => (Number.isNaN(value) ? -1 : i));
  expect(read.filter((i) => i >= 0)).toEqual([...samples]);
  const { grid } = openCellMaps(made.cells.maps);
  expect(openCellTable(made.cells.cells).positionCount).toBe(19 * grid.height * grid.width);
  expect(openBundle(made.cells.names).meta['names']).toHaveLength(run.sampleCount);
}, 60_000);

it('gives each of several layers what a run of its own gives', async () => {
  const both = await runThrough({ ...run, samples: 24 });
  for (const [i, layer] of layers.entries()) {
    const alone = await runThrough({ ...run, samples: 24, layers: [layer] });
    expect(digest(both.layers[i].buffer)).toEqual(digest(alone.layers[0].buffer));
  }
}, 60_000);

it('goes on where it was broken off, twice, with other batches', async () => {
  const atOnce = await runThrough(run);
  const kept: (readonly ArrayBufferLike[])[] = [];
  for (const [from, to, batch] of [
    [0, 20, 10],
    [20, 36, 16],
    [36, SAMPLES, 7],
  ]) {
    const { probing, runtime } = await services();
    const { spec, length } = runtime.plan(run);
    await runtime.start(run);
    runtime.addParts(layers.map((_, layer) => kept.map((parts) => parts[layer])));
    for (let first = from; first < to; first += batch) {
      const count = Math.min(batch, to - first);
      const filled = await probing.fill(first, count, spec, new Float32Array(length), false);
      await runtime.runBatch(first, count, filled);
    }
    kept.push(runtime.takeParts().map((part) => part ?? expect.fail('batches were run')));
    if (to < SAMPLES) continue;
    for (const [i, layer] of (await runtime.finish()).entries())
      expect(digest(layer.buffer)).toEqual(digest(atOnce.layers[i].buffer));
    expect(() => runtime.takeParts()).toThrow(expect.objectContaining({ code: 'pipeline/nothing-open' }));
  }
}, 60_000);

it('tries a batch in the session that the run then takes', async () => {
  let opened = 0;
  const runtime = new RuntimeService({
    openSession: (...asked) => {
      opened++;
      return openSession(...asked);
    },
    runtimeVersion,
  });
  await runtime.openModel(file);
  const { length, samples } = runtime.plan(run);
  const batch = { values: new Float32Array(length).fill(0.5), pairs: null };
  const trial = await runtime.tryBatch(run, samples, batch);
  expect(trial.seconds).toBeGreaterThan(0);
  expect(trial.opening).toBeGreaterThan(0);
  expect(trial.sizes.map((size) => size.length)).toEqual([3, 3]);
  await Promise.all([runtime.start(run), runtime.tryBatch(run, samples, batch)]);
  expect(opened).toBe(1);
  await runtime.start({ ...run, layers: layers.slice(0, 1) });
  expect(opened).toBe(2);
}, 60_000);
