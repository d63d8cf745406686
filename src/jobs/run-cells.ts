import type { LayerResults, ProbingProvenance } from '../engine/results/layer-results.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { OpenedCells, RunEstimate, RunListener, RunRequest } from './api.ts';
import type { CellTables, HeldTable } from './cell-tables.ts';
import { jobFaults } from './errors.ts';
import { sentenceOf } from './keeper.ts';
import { fileGroup, resultsKey } from './keys.ts';
import type { Pace } from './pace.ts';
import { reporter } from './reporter.ts';
import { keepResults } from './results-in-pieces.ts';
import { unitRange } from './run-source.ts';
import { explainAll } from './search-layer.ts';
import type { SearchPool } from './search-pool.ts';
import type { WorkerLink } from './worker-link.ts';

/** What a run over a cell table works with. */
export interface CellsContext {
  readonly tables: CellTables;
  readonly storageLink: WorkerLink<StorageWorker>;
  readonly pool: SearchPool;
  readonly pace: Pace;
}

/**
 * Explains the units of the open cell table, from its counts alone, and keeps results and table.
 *
 * @param onMade called once the results are whole: from then on nothing makes the run fail
 * @throws Fault; the signal's reason
 */
export async function runCells(
  context: CellsContext,
  request: RunRequest,
  listener: RunListener,
  signal: AbortSignal,
  onMade: () => void,
): Promise<readonly LayerResults[]> {
  const started = performance.now();
  const table = openTable(context.tables);
  const { info, memory } = table;
  const { name, hash, threshold } = info;
  const settings = { ...request.settings, threshold };
  const range = rangeOf(request, info);
  await context.pace.recall('search');
  signal.throwIfAborted();
  const task = { layer: name, range, settings, memory: { ...memory, activations: undefined } };
  const units = await explainAll(context, task, listener);
  signal.throwIfAborted();
  const results: LayerResults = {
    key: await resultsKey(fileGroup({ probing: hash, samples: null }, hash), settings, range),
    madeAt: new Date().toISOString(),
    samplesRead: info.sampleCount,
    tookMs: Math.round(performance.now() - started),
    probing: provenanceOf(info),
    activations: { kind: 'file', name, hash },
    settings,
    unitRange: range,
    unitCount: info.unitCount,
    categories: info.categories,
    concepts: info.concepts,
    units,
  };
  onMade();
  listener.onResults?.(results);
  const report = reporter('saving', 1, listener.onProgress.bind(listener));
  const notes = await Promise.all([
    keepResults(context.storageLink, results).then(() => null, sentenceOf),
    context.tables.keep(table),
  ]);
  const note = notes.find((sentence) => sentence !== null);
  if (note) listener.onProgress({ stage: 'saving', done: 1, total: 1, secondsLeft: 0, note });
  else report(1);
  return [results];
}

/** Bytes of the page with its workers, and of each search worker. */
const PAGE_BYTES = 60 * 2 ** 20;
const WORKER_BYTES = 12 * 2 ** 20;
/** Bytes of a unit's results as kept, and what packing leaves of a table's numbers. */
const UNIT_BYTES = 4000;
const PACKED = 0.3;

/** What a run over the open cell table will cost. @throws Fault, if none is open or the units do not fit */
export async function estimateCells(context: CellsContext, request: RunRequest): Promise<RunEstimate> {
  const { tables, pool, pace } = context;
  const { info, memory } = openTable(tables);
  const [first, last] = rangeOf(request, info);
  await pace.recall('search');
  const units = last - first + 1;
  const { search, maps, counted } = memory;
  const bytes = [search.cells, search.extras, maps, counted].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const pacing = pace.searched ? 'The search: as fast as the last one.' : 'The search: as fast as on a usual machine.';
  return {
    seconds: pace.search(units, request.settings) / pool.size,
    memoryBytes: PAGE_BYTES + WORKER_BYTES * pool.size + bytes,
    storageBytes: PACKED * bytes + units * UNIT_BYTES,
    cached: false,
    basis: `Neither pictures nor activations are read. ${pacing}`,
  };
}

function openTable({ open }: CellTables): HeldTable {
  if (!open) throw jobFaults['nothing-open']('cell table');
  return open;
}

/** Thresholds play no part: the masks are counted. */
function rangeOf({ units, ...request }: RunRequest, { unitCount }: OpenedCells): readonly [number, number] {
  const settings = { ...request.settings, threshold: { kind: 'fixed', above: 0 } as const };
  return unitRange({ ...request, units, settings }, unitCount);
}

function provenanceOf(info: OpenedCells): ProbingProvenance {
  const { format, title, contentHash, sampleCount, grid, notes, synthetic, positions } = info;
  return { format, title, contentHash, sampleCount, grid, notes, synthetic, positions };
}
