import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { ActivationProvenance, LayerResults, ProbingProvenance } from '../engine/results/layer-results.ts';
import { pipelineFaults } from '../pipeline/errors.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { CollectedLayer, ModelRun, RunningOn } from '../pipeline/runtime-service.ts';
import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { RuntimeWorker } from '../../workers/runtime.worker.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { OpenedActivations, OpenedModel, OpenedProbing, RunListener, RunRequest } from './api.ts';
import { jobFaults } from './errors.ts';
import { sentenceOf, type Keeper, type KeptLayer, type LayerMeta } from './keeper.ts';
import { fileGroup, layerKey, modelGroup, resultsKey } from './keys.ts';
import { readActivationFile, readCells, readThroughModel, reporter, type SampleReading } from './read-samples.ts';
import type { Reopening } from './reopening.ts';
import { keepResults } from './results-in-pieces.ts';
import type { SearchPool } from './search-pool.ts';
import { keepThumbnails, THUMBNAILS_OF_ALL } from './thumbnails.ts';
import type { WorkerLink } from './worker-link.ts';

/** Everything a run works with. */
export interface RunContext {
  readonly probingLink: WorkerLink<ProbingWorker>;
  readonly runtimeLink: WorkerLink<RuntimeWorker>;
  readonly storageLink: WorkerLink<StorageWorker>;
  readonly pool: SearchPool;
  readonly keeper: Keeper;
  readonly probing: Reopening<OpenedProbing>;
  readonly model: Reopening<OpenedModel> | null;
  readonly activations: Reopening<OpenedActivations> | null;
}

/**
 * Runs from open files to kept results.
 *
 * @param onMade called once the results are whole, before they are kept: from then on nothing makes the run fail, and the signal
 *   only ends the keeping
 * @throws Fault; the signal's reason
 */
export async function runLayer(
  context: RunContext,
  request: RunRequest,
  listener: RunListener,
  signal: AbortSignal,
  onMade: () => void,
): Promise<LayerResults> {
  const started = performance.now();
  const probing = context.probing.info;
  const { contentHash } = probing;
  context.pool.warm();
  const found = await context.keeper.cells(contentHash);
  signal.throwIfAborted();
  const source = await sourceOf(context, request);
  // Where the file tells how many units there are, a range that does not fit is refused before the work, not after.
  if (source.unitCount !== null) unitRange(request, source.unitCount);
  const { layer, cells } = await gather(context, request, source, found, listener, signal);
  signal.throwIfAborted();

  const { unitCount } = layer.meta;
  // Packing them takes seconds of a core, so that waits until all units are explained.
  context.keeper.remember(contentHash, cells, layer);
  const range = unitRange(request, unitCount);
  const drawing = { ...context, hash: contentHash, sampleCount: probing.sampleCount, signal };
  const drawsAll = probing.hasPictures && probing.sampleCount <= THUMBNAILS_OF_ALL;

  const units = await search(context, request, layer, cells, range, listener);
  signal.throwIfAborted();
  const { settings } = request;
  const results: LayerResults = {
    key: await resultsKey(layer.key, settings, range),
    madeAt: new Date().toISOString(),
    tookMs: Math.round(performance.now() - started),
    probing: provenanceOf(probing),
    activations: source.provenance(layer.meta),
    settings,
    unitRange: range,
    unitCount,
    categories: probing.categories,
    concepts: probing.concepts,
    units,
  };
  onMade();
  listener.onResults?.(results);
  const report = reporter('saving', 1, listener.onProgress.bind(listener));
  const top = new Set(units.flatMap((unit) => unit.top.map(({ sample }) => sample)));
  const resultsNote = await keepResults(context.storageLink, results).then(() => null, sentenceOf);
  const keepingAll = Promise.all([
    cells === found ? null : context.keeper.keepCells(contentHash, cells),
    layer.fresh ? context.keeper.keepLayer(layer) : null,
    probing.hasPictures ? keepThumbnails(drawing, drawsAll ? null : [...top]) : null,
  ]);
  const notes = await Promise.race([keepingAll, whenAborted(signal)]);
  const note = resultsNote ?? notes.find((sentence) => sentence !== null);
  if (note) listener.onProgress({ stage: 'saving', done: 1, total: 1, secondsLeft: 0, note });
  else report(1);
  return results;
}

/** Resolves with nothing to say once the signal is aborted. */
function whenAborted(signal: AbortSignal): Promise<readonly null[]> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve([]);
    else signal.addEventListener('abort', () => resolve([]), { once: true });
  });
}

/** Where a run's activations come from, seen alike whether it is a model or a file. */
interface Source {
  readonly group: string;
  /** Version of onnxruntime in use; empty for files. */
  readonly runtimeVersion: string;
  readonly run: ModelRun | null;
  /** Null where only a run can tell. */
  readonly unitCount: number | null;
  provenance(meta: LayerMeta): ActivationProvenance;
}

async function sourceOf(
  { probing, model, activations, runtimeLink }: RunContext,
  request: RunRequest,
): Promise<Source> {
  const { contentHash, sampleCount, title, hasPictures } = probing.info;
  const wanted = request.activations;
  if (wanted.kind === 'file') {
    if (!activations) throw jobFaults['nothing-open']('file of activations');
    const { name, hash, unitCount, sampleCount: found } = activations.info;
    if (found !== sampleCount) throw pipelineFaults['sample-count'](name, found, title, sampleCount);
    const provenance = (): ActivationProvenance => ({ kind: 'file', name, hash });
    return { group: fileGroup(contentHash, hash), runtimeVersion: '', run: null, unitCount, provenance };
  }
  if (!model) throw jobFaults['nothing-open']('model');
  if (!hasPictures) throw pipelineFaults['no-pictures'](title);
  const { layer, preprocessing, inputHeight, inputWidth } = wanted;
  const { name, hash, layers } = model.info;
  const { operator = '', unitCount = null } = layers.find(({ tensor }) => tensor === layer) ?? {};
  const runtimeVersion = await runtimeLink.call('runtimeVersion');
  const { threshold } = request.settings;
  return {
    group: modelGroup(contentHash, hash, wanted),
    runtimeVersion,
    unitCount,
    run: { layer, height: inputHeight, width: inputWidth, preprocessing, threshold, sampleCount, provider: 'auto' },
    provenance: ({ provider, providerNote }) => ({
      ...{ kind: 'model', name, hash, layer, operator, preprocessing, inputHeight, inputWidth },
      ...{ provider, providerNote, runtimeVersion },
    }),
  };
}

type Gathered = KeptLayer & { readonly fresh: boolean };

/** Gets cells and activations, from where they are kept or by reading the samples. */
async function gather(
  context: RunContext,
  request: RunRequest,
  source: Source,
  found: CellBuffers | null,
  listener: RunListener,
  signal: AbortSignal,
): Promise<{ readonly layer: Gathered; readonly cells: CellBuffers }> {
  const { probing, model, activations, keeper, probingLink, runtimeLink } = context;
  const { contentHash, sampleCount } = probing.info;
  const { threshold } = request.settings;
  const onProgress = listener.onProgress.bind(listener);
  const reading: SampleReading = { probing: probingLink, runtime: runtimeLink, sampleCount, signal, onProgress };
  const readCellsAgain = async (): Promise<CellBuffers> => {
    await probing.ready();
    return readCells(reading);
  };
  const kept = await keeper.layer(source.group, { runtimeVersion: source.runtimeVersion, threshold });
  signal.throwIfAborted();
  if (kept) {
    const note = 'The activations were kept from an earlier run.';
    onProgress({ stage: 'activations', done: sampleCount, total: sampleCount, secondsLeft: 0, note });
    return { layer: { ...kept, fresh: false }, cells: found ?? (await readCellsAgain()) };
  }
  const made = (
    { buffer, ...sizes }: CollectedLayer,
    where: Omit<RunningOn, 'provider'> & { provider: string },
  ): Gathered => {
    const meta = { ...where, ...sizes };
    return { key: layerKey(source.group, meta), group: source.group, probing: contentHash, meta, buffer, fresh: true };
  };
  if (!source.run) {
    await activations?.ready();
    const cells = found ?? (await readCellsAgain());
    const layer = await readActivationFile(reading, threshold);
    return { layer: made(layer, { provider: '', providerNote: '', runtimeVersion: '' }), cells };
  }
  await Promise.all([probing.ready(), model?.ready()]);
  const reopen = async (): Promise<void> => model?.ready();
  const read = await readThroughModel(reading, source.run, found === null, reopen);
  return { layer: made(read.layer, read.where), cells: found ?? read.cells ?? (await readCellsAgain()) };
}

async function search(
  { pool }: RunContext,
  { settings }: RunRequest,
  layer: KeptLayer,
  cells: CellBuffers,
  [first, last]: readonly [number, number],
  listener: RunListener,
): Promise<readonly UnitExplanation[]> {
  const memory = { search: { cells: cells.cells, extras: cells.extras }, maps: cells.maps, activations: layer.buffer };
  const units = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const explained: UnitExplanation[] = [];
  const report = reporter('search', units.length, listener.onProgress.bind(listener));
  await pool.explain(memory, units, settings, (some) => {
    explained.push(...some);
    listener.onUnits(some);
    report(explained.length);
  });
  return explained.sort((a, b) => a.unit - b.unit);
}

function unitRange({ units, settings }: RunRequest, unitCount: number): readonly [number, number] {
  const { threshold } = settings;
  if (threshold.kind === 'given' && threshold.thresholds.length !== unitCount) {
    throw pipelineFaults['threshold-count'](threshold.thresholds.length, unitCount);
  }
  if (!units) return [0, unitCount - 1];
  const [first, last] = units;
  const inside = Number.isInteger(first) && Number.isInteger(last) && first >= 0 && first <= last && last < unitCount;
  if (!inside) throw pipelineFaults['unit-range'](first, last, unitCount);
  return units;
}

function provenanceOf(probing: OpenedProbing): ProbingProvenance {
  const { format, title, contentHash, sampleCount, grid, notes, synthetic } = probing;
  return { format, title, contentHash, sampleCount, grid, notes, synthetic };
}
