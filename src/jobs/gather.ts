import type { CollectedLayer } from '../pipeline/collected-layer.ts';
import { PEAKS_ONLY } from '../pipeline/companions.ts';
import type { KeptNames } from '../storage/schema.ts';
import type { ModelRun } from '../pipeline/model-run.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { RunningOn } from '../pipeline/runtime-service.ts';
import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { RuntimeWorker } from '../../workers/runtime.worker.ts';
import type { RunListener, RunRequest } from './api.ts';
import { CellParts } from './cell-parts.ts';
import type { EarlyLooks } from './early-looks.ts';
import type { Keeper, KeptLayer, LayerQuestion } from './keeper.ts';
import { layerKey, type ReadSamples } from './keys.ts';
import type { Pace } from './pace.ts';
import type { ProbingReaders } from './probing-readers.ts';
import { readActivationFile, readCells, readFileAndCells } from './read-samples.ts';
import type { SampleReading } from './sample-reading.ts';
import type { RunSteps } from './run-steps.ts';
import { readThroughModel } from './read-through-model.ts';
import type { OpenFiles, RunSource, SourceLayer } from './run-source.ts';
import type { WorkerLink } from './worker-link.ts';

/** What gathering works with. */
export interface GatherContext extends OpenFiles {
  readonly probingLink: WorkerLink<ProbingWorker>;
  readonly readers: ProbingReaders;
  readonly runtimeLink: WorkerLink<RuntimeWorker>;
  readonly keeper: Keeper;
  readonly pace: Pace;
}

/** What is to be gathered. */
export interface Gathering {
  readonly request: RunRequest;
  readonly read: ReadSamples;
  readonly source: RunSource;
  /** Activations kept from earlier runs, in the order of the source's layers; null where they must be made. */
  readonly kept: readonly (KeptLayer | null)[];
  /** Cells kept from an earlier run, or null where they must be made. */
  readonly found: CellBuffers | null;
  readonly looks: EarlyLooks;
  readonly steps: RunSteps;
  readonly listener: RunListener;
  readonly signal: AbortSignal;
}

/** Cells, and activations in the order of the source's layers. */
export interface Gathered {
  readonly layers: readonly KeptLayer[];
  readonly cells: CellBuffers;
}

type Where = Omit<RunningOn, 'provider'> & { readonly provider: string };

/** Activations of earlier runs that answer a request, in the order of the source's layers. */
export function keptLayers(
  keeper: Keeper,
  { layers, runtimeVersion }: RunSource,
  { settings }: RunRequest,
): Promise<readonly (KeptLayer | null)[]> {
  return Promise.all(
    layers.map(({ group, explained }) => keeper.layer(group, questionOf({ runtimeVersion, explained }, settings))),
  );
}

/** What is asked of kept activations: enough of them for the threshold, or only the highest value of each sample. */
export function questionOf(
  { runtimeVersion, explained }: Pick<RunSource, 'runtimeVersion'> & Pick<SourceLayer, 'explained'>,
  { threshold }: Pick<RunRequest['settings'], 'threshold'>,
): LayerQuestion {
  return { runtimeVersion, threshold: explained ? threshold : { kind: 'quantile', quantile: PEAKS_ONLY } };
}

/** Gets cells and activations: what is kept as it is, the rest by reading the samples once. @throws Fault; the signal's reason */
export async function gather(context: GatherContext, gathering: Gathering): Promise<Gathered> {
  const { probing, activations, probingLink, runtimeLink, readers } = context;
  const { request, read, source, kept, found, listener, signal, looks, steps } = gathering;
  const samples = read.samples ?? probing.info.sampleCount;
  const onProgress = listener.onProgress.bind(listener);
  const parts = new CellParts();
  const links = { probing: probingLink, runtime: runtimeLink, readers };
  const reading: SampleReading = { ...links, samples, parts, steps, signal, onProgress, looks };
  const missing = source.layers.filter((_, i) => kept[i] === null);
  const cellsBy = async (read: (reading: SampleReading) => Promise<CellBuffers>): Promise<CellBuffers> => {
    if (found) return found;
    await probing.ready();
    return read(reading);
  };
  const joined = (fresh: readonly KeptLayer[]): readonly KeptLayer[] =>
    source.layers.map((layer, i) => kept[i] ?? fresh[missing.indexOf(layer)]);

  if (missing.length === 0) {
    const note = 'The activations were kept from an earlier run.';
    onProgress({ stage: 'activations', done: samples, total: samples, secondsLeft: 0, note });
    return { layers: joined([]), cells: await cellsBy(readCells) };
  }
  if (!source.run) {
    await activations?.ready();
    const names = namesOf(context, missing[0]);
    const { threshold } = request.settings;
    let file: CollectedLayer | undefined;
    const cells = await cellsBy(async () => {
      const both = await readFileAndCells(reading, threshold);
      file = both.layer;
      return both.cells;
    });
    file ??= await readActivationFile(reading, threshold);
    const where = { provider: '', providerNote: '', runtimeVersion: '' };
    return { layers: [madeLayer(read, missing[0], names, file, where)], cells };
  }
  const { cells, layers, where } = await runModel(context, gathering, reading, missing);
  const fresh = layers.map((layer, i) => madeLayer(read, missing[i], namesOf(context, missing[i]), layer, where));
  return { layers: joined(fresh), cells: cells ?? (await cellsBy(readCells)) };
}

async function runModel(
  { probing, model, pace }: GatherContext,
  { source, kept, found }: Gathering,
  reading: SampleReading,
  missing: readonly SourceLayer[],
) {
  await Promise.all([probing.ready(), model?.ready()]);
  if (missing.length < kept.length) {
    const names = source.layers.filter((layer) => !missing.includes(layer)).map(({ name }) => name);
    const note = `The activations of ${names.join(', ')} were kept from an earlier run.`;
    reading.onProgress({ stage: 'model', done: 0, total: 1, secondsLeft: null, note });
  }
  const run = runOf(source.run as NonNullable<RunSource['run']>, missing);
  const made = await readThroughModel(reading, run, found, async () => model?.ready());
  if (model && made.pace) pace.modelRan(modelPaceKey(model.info.hash, run), made.pace);
  return made;
}

/** A run of some of the layers. */
export function runOf(run: Omit<ModelRun, 'layers'>, layers: readonly SourceLayer[]): ModelRun {
  const names = layers.map(({ name }) => name);
  return { ...run, layers: names, peaksOnly: run.peaksOnly.filter((name) => names.includes(name)) };
}

/** What a model's speed depends on. */
export function modelPaceKey(hash: string, { feed }: Pick<ModelRun, 'feed'>): string {
  const size = feed.kind === 'pictures' ? [feed.height, feed.width] : ['pairs', feed.encoding.maxTokens];
  return JSON.stringify([hash, ...size]);
}

/** What a person knows the activations of a layer by. */
function namesOf({ probing, model, activations }: OpenFiles, { name: layer }: SourceLayer): KeptNames {
  const { hash = '', name = '' } = (model ?? activations)?.info ?? {};
  return { title: probing.info.title, source: hash, sourceName: name, layer };
}

function madeLayer(
  { probing }: ReadSamples,
  { group }: SourceLayer,
  names: KeptNames,
  { buffer, ...sizes }: CollectedLayer,
  where: Where,
): KeptLayer {
  const meta = { ...where, ...sizes };
  return { key: layerKey(group, meta), group, probing, meta, names, buffer };
}
