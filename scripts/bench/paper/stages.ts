import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { diskTree } from '../../../src/cli/disk-tree.ts';
import { ActivationCollector } from '../../../src/engine/activation/collector.ts';
import type { KeptActivations } from '../../../src/engine/activation/kept.ts';
import type { CellMaps } from '../../../src/engine/cells/cell-maps.ts';
import { openCellPart } from '../../../src/engine/cells/cell-part.ts';
import { joinCellParts } from '../../../src/engine/cells/join-cell-parts.ts';
import type { ExplainSettings } from '../../../src/engine/results/explanation.ts';
import { prepareSearch, type SearchTables } from '../../../src/engine/search/tables.ts';
import { keptQuantileFor } from '../../../src/pipeline/kept-quantile.ts';
import { openActivations } from '../../../src/probing/activation-file.ts';
import { openBroden } from '../../../src/probing/broden/broden.ts';
import type { ExplainData, ExplainTask } from './explain-thread.ts';
import { MemoryWatch } from './memory.ts';
import { Threads } from './threads.ts';
import type { PaperSet } from './write-set.ts';

/** What a stage took. */
export interface StageFigures {
  readonly seconds: number;
  /** Largest resident memory of the process during the stage. */
  readonly megabytes: number;
}

/** What the search and the way back to pictures need. */
export interface PaperCells {
  readonly search: SearchTables;
  readonly maps: CellMaps;
}

/** Samples handed to a reading thread at once. */
const LOT = 64;

/** Does something and says what it took. */
export async function measured<Result>(work: () => Promise<Result>): Promise<{ result: Result; took: StageFigures }> {
  const memory = new MemoryWatch();
  const started = performance.now();
  const result = await work();
  return { result, took: { seconds: (performance.now() - started) / 1000, megabytes: memory.end() } };
}

/** Label maps of the first pictures into cells, on two threads; each opens the zip itself, as the page's workers do. */
export async function readCells({ zip }: PaperSet, pictures: number): Promise<PaperCells> {
  const probing = await openBroden(await diskTree(zip));
  const threads = await Threads.start<readonly [number, number]>('./paper/read-thread.ts', { zip });
  const lots: [number, number][] = [];
  for (let first = 0; first < pictures; first += LOT) lots.push([first, Math.min(LOT, pictures - first)]);
  const buffers = (await threads.all(lots)) as readonly ArrayBufferLike[];
  await threads.end();
  const { table, maps } = joinCellParts(buffers.map(openCellPart));
  return { search: prepareSearch(table, probing.concepts, { grid: probing.grid }), maps };
}

/** Activations of the first pictures and units out of the file into kept maps, on one thread. */
export async function readActivations(
  { npy }: PaperSet,
  { pictures, units }: { readonly pictures: number; readonly units: number },
  settings: ExplainSettings,
): Promise<KeptActivations> {
  const file = await openActivations(await openAsBlob(npy), basename(npy));
  const size = { sampleCount: pictures, unitCount: units, height: file.height, width: file.width };
  const collector = new ActivationCollector({ ...size, keptQuantile: keptQuantileFor(size, settings.threshold) });
  const values = file.units * file.height * file.width;
  const wanted = units * file.height * file.width;
  const step = Math.floor((4 * 2 ** 20) / values);
  for (let first = 0; first < pictures; first += step) {
    const count = Math.min(step, pictures - first);
    const read = await file.read(first, count);
    for (let row = 0; row < count; row++)
      collector.add(first + row, 1, read.subarray(row * values, row * values + wanted));
  }
  return collector.finish();
}

/** Thresholds, masks and counts of all units, then their search, on two threads that share all tables. */
export async function explainAll(
  { search, maps }: PaperCells,
  activations: KeptActivations,
  settings: ExplainSettings,
): Promise<{ readonly counting: StageFigures; readonly searching: StageFigures; readonly meanIou: number }> {
  const data: ExplainData = { search: search.buffers, maps: maps.buffer, activations: activations.buffer };
  const threads = await Threads.start<ExplainTask>('./paper/explain-thread.ts', data);
  const all = Array.from({ length: activations.unitCount }, (_, unit) => unit);
  const shares = Array.from({ length: threads.size }, (_, i) => all.filter((unit) => unit % threads.size === i));
  const counting = await measured(() => threads.each(shares.map((units) => ({ stage: 'count', units, settings }))));
  const searching = await measured(() => threads.each(shares.map(() => ({ stage: 'search', settings }))));
  await threads.end();
  const sum = (searching.result as readonly number[]).reduce((total, part) => total + part, 0);
  return { counting: counting.took, searching: searching.took, meanIou: sum / all.length };
}
