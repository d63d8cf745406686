import { hasSharedMemory } from '../engine/bits/memory.ts';
import { Fault } from '../engine/fault.ts';
import { openKeptActivations } from '../engine/activation/kept.ts';
import type { LayerClasses, LayerResults, ProbingProvenance } from '../engine/results/layer-results.ts';
import { predictedClasses, withWords } from '../engine/results/samples-facts.ts';
import { wordsLayer } from '../pipeline/companions.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { OpenedProbing, RunListener, RunRequest } from './api.ts';
import { beginSteps } from './begin-steps.ts';
import { EarlyLooks, type Look } from './early-looks.ts';
import { jobFaults } from './errors.ts';
import { gather, keptLayers, type GatherContext, type Gathering } from './gather.ts';
import { sentenceOf, type KeptLayer } from './keeper.ts';
import { resultsKey, type ReadSamples } from './keys.ts';
import { withNotes } from './notes.ts';
import { reporter } from './reporter.ts';
import { keepResults } from './results-in-pieces.ts';
import { runSource, samplesToRead, unitRange, type RunSource } from './run-source.ts';
import { searchLayer, searchLook } from './search-layer.ts';
import type { SearchPool } from './search-pool.ts';
import { keepThumbnails, THUMBNAILS_OF_ALL } from './thumbnails.ts';
import type { WorkerLink } from './worker-link.ts';

/** Everything a run works with. */
export interface RunContext extends GatherContext {
  readonly storageLink: WorkerLink<StorageWorker>;
  readonly pool: SearchPool;
  readonly cores: number;
}

const NOT_SHARED =
  'This page has no shared memory (it is not cross-origin isolated): the search runs on one worker, the model on one thread.';

/**
 * Runs from open files to kept results, one for each layer asked for, in that order.
 *
 * @param onMade called once all results are whole, before caches and small pictures are kept: from then on nothing makes the run fail,
 *   and the signal only ends the keeping
 * @throws Fault; the signal's reason
 */
export async function runLayers(
  context: RunContext,
  request: RunRequest,
  given: RunListener,
  signal: AbortSignal,
  onMade: () => void,
): Promise<readonly LayerResults[]> {
  const started = performance.now();
  const { listener, say } = withNotes(given);
  const read = samplesToRead(request, context.probing.info);
  context.pool.warm();
  const recalled = context.pace.recall('search');
  const found = await context.keeper.cells(read);
  signal.throwIfAborted();
  const source = await runSource(context, request, read, () => context.runtimeLink.call('runtimeVersion'));
  // Where the file tells how many units there are, a range that does not fit is refused before the work, not after.
  for (const { unitCount, explained } of source.layers)
    if (unitCount !== null && explained) unitRange(request, unitCount);
  const kept = await keptLayers(context.keeper, source, request);
  signal.throwIfAborted();
  await recalled;
  const looks = looksAt(context, request, source, kept, listener);
  if (!hasSharedMemory()) say(NOT_SHARED);
  if (source.withoutPredictions !== null) say(source.withoutPredictions);
  const areKept = kept.map((layer) => layer !== null);
  const reads = found === null || areKept.includes(false);
  const steps = await beginSteps(context, request, { read, source, kept: areKept, reads }, say);
  const gathering = { request, read, source, kept, found, looks, steps, listener, signal };
  try {
    const made = await explainLayers(context, gathering, started, onMade);
    await steps.completed();
    return made;
  } catch (error) {
    await steps.brokenOff(error instanceof Fault && error.code === 'jobs/cancelled');
    throw error;
  }
}

async function explainLayers(
  context: RunContext,
  gathering: Gathering,
  started: number,
  onMade: () => void,
): Promise<readonly LayerResults[]> {
  const { request, read, source, kept, found, looks, listener, signal } = gathering;
  const { info: probing } = context.probing;
  const { layers, cells } = await gather(context, gathering).finally(() => context.readers.end(jobFaults.cancelled()));
  looks.end();
  signal.throwIfAborted();
  // Packing them takes seconds of a core, so that waits until all units are explained.
  context.keeper.remember(read, cells, ...layers);

  const made: LayerResults[] = [];
  const keeping: Promise<string | null>[] = [];
  const explained = source.layers.filter((layer) => layer.explained);
  for (const [i, { name, group, provenance }] of explained.entries()) {
    const { meta, buffer: activations } = layers[i];
    const { settings } = request;
    const range = unitRange(request, meta.unitCount);
    const found = await searchLayer(context, { layer: name, cells, activations, range, settings }, listener);
    const words = layerNamed(source, layers, wordsLayer(name));
    const units = words ? withWords(found, openKeptActivations(words.buffer)) : found;
    const classes = await layerClasses(context, source, layers, request, name);
    signal.throwIfAborted();
    const results: LayerResults = {
      key: await resultsKey(group, settings, range),
      madeAt: new Date().toISOString(),
      samplesRead: read.samples ?? probing.sampleCount,
      tookMs: Math.round(performance.now() - started),
      probing: provenanceOf(probing),
      activations: provenance(meta),
      settings,
      unitRange: range,
      unitCount: meta.unitCount,
      categories: probing.categories,
      concepts: probing.concepts,
      units,
      ...(classes && { classes }),
    };
    made.push(results);
    if (made.length === explained.length) onMade();
    listener.onResults?.(results);
    keeping.push(keepResults(context.storageLink, results).then(() => null, sentenceOf));
  }
  const report = reporter('saving', 1, listener.onProgress.bind(listener));
  const resultsNotes = await Promise.all(keeping);
  const fresh = { cells: cells === found ? null : cells, layers: layers.filter((_, i) => kept[i] === null) };
  const notes = await Promise.race([keepRest(context, read, made, fresh, signal), whenAborted(signal)]);
  const note = [...resultsNotes, ...notes].find((sentence) => sentence !== null);
  if (note) listener.onProgress({ stage: 'saving', done: 1, total: 1, secondsLeft: 0, note });
  else report(1);
  return made;
}

/** What was read of a layer, by its name. */
function layerNamed(
  { layers: all }: RunSource,
  layers: readonly KeptLayer[],
  name: string | null,
): KeptLayer | undefined {
  return layers[all.findIndex((layer) => layer.name === name)];
}

/** What the model says of the samples, and how it weighs a layer's units; undefined where it has no classes. */
async function layerClasses(
  { model, runtimeLink }: RunContext,
  source: RunSource,
  layers: readonly KeptLayer[],
  { activations }: RunRequest,
  layer: string,
): Promise<LayerClasses | undefined> {
  const output = layerNamed(source, layers, source.classOutput);
  if (!output || source.classOutput === null || activations.kind !== 'model') return undefined;
  await model?.ready();
  const { feed } = activations;
  const weights = await runtimeLink.call('classWeights', layer);
  const { unitCount } = output.meta;
  const names = feed.kind === 'pairs' ? feed.encoding.classes : await runtimeLink.call('classNames', unitCount);
  const predicted = predictedClasses(openKeptActivations(output.buffer));
  return { output: source.classOutput, names, weights, predicted };
}

/** Keeps what makes the next run short, and small pictures. @returns sentences, where the machine would not */
async function keepRest(
  context: RunContext,
  read: ReadSamples,
  made: readonly LayerResults[],
  fresh: { readonly cells: CellBuffers | null; readonly layers: readonly KeptLayer[] },
  signal: AbortSignal,
): Promise<readonly (string | null)[]> {
  const { keeper, probing } = context;
  const { contentHash: hash, sampleCount, hasPictures } = probing.info;
  const drawsAll = read.samples === null && sampleCount <= THUMBNAILS_OF_ALL;
  const top = new Set(made.flatMap(({ units }) => units.flatMap((unit) => unit.top.map(({ sample }) => sample))));
  return Promise.all([
    fresh.cells && keeper.keepCells(read, probing.info.title, fresh.cells),
    hasPictures ? keepThumbnails({ ...context, hash, sampleCount, signal }, drawsAll ? null : [...top]) : null,
    ...fresh.layers.map((layer) => keeper.keepLayer(layer)),
  ]);
}

/** Early looks at the layers that must be read. */
function looksAt(
  { pool, pace, cores, probing }: RunContext,
  request: RunRequest,
  { layers }: RunSource,
  kept: readonly (KeptLayer | null)[],
  listener: RunListener,
): EarlyLooks {
  const missing = layers.filter((_, i) => kept[i] === null);
  const looked = missing.filter(({ explained }) => explained);
  const { settings } = request;
  const units = looked.reduce((sum, { unitCount }) => sum + (unitCount ?? 0), 0);
  const samples = request.samples ?? probing.info.sampleCount;
  const explain = (look: Look, signal: AbortSignal): Promise<void> => {
    const tasks = look.layers.slice(0, looked.length).map(({ buffer, unitCount }, i) => ({
      ...{ layer: looked[i].name, cells: look.cells, activations: buffer, settings },
      range: unitRange(request, unitCount),
    }));
    return searchLook({ pool, pace }, tasks, look.read / samples, listener, signal);
  };
  const wanted = hasSharedMemory() && looked.length > 0;
  return new EarlyLooks({ cores, wanted, seconds: pace.search(units, settings) / pool.size, explain });
}

/** Resolves with nothing to say once the signal is aborted. */
function whenAborted(signal: AbortSignal): Promise<readonly null[]> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve([]);
    else signal.addEventListener('abort', () => resolve([]), { once: true });
  });
}

function provenanceOf(probing: OpenedProbing): ProbingProvenance {
  const { format, title, contentHash, sampleCount, grid, notes, synthetic } = probing;
  return { format, title, contentHash, sampleCount, grid, notes, synthetic };
}
