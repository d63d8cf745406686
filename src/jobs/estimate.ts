import { memoryOf, storageOf, type LayerCost } from '../pipeline/run-cost.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { RunEstimate, RunRequest } from './api.ts';
import { runId } from './begin-steps.ts';
import { modelPaceKey, questionOf, runOf, type GatherContext } from './gather.ts';
import type { ReadSamples } from './keys.ts';
import type { ModelPace } from './pace.ts';
import { runSource, samplesToRead, unitRange, type RunSource } from './run-source.ts';
import { tryLabels, tryModel } from './try-batch.ts';
import type { WorkerLink } from './worker-link.ts';

/** What an estimate works with. */
export interface EstimateContext extends GatherContext {
  readonly storageLink: WorkerLink<StorageWorker>;
  readonly cores: number;
  readonly searchWorkers: number;
  /** May workers be asked to try something? */
  readonly idle: boolean;
}

/** Eight pictures, three values of four bytes; see batchSize of src/pipeline/batches.ts. */
const BATCH_BYTES_A_PIXEL = 8 * 3 * 4;

interface Known {
  readonly read: ReadSamples;
  readonly samples: number;
  /** Samples that a broken-off run of the same question has left to read. */
  readonly left: number;
  readonly source: RunSource;
  /** Whether the activations of each layer are kept. */
  readonly kept: readonly boolean[];
  readonly cellsKept: boolean;
}

/** What reading samples will take, and why that is thought. */
interface ReadingTime {
  readonly seconds: number | null;
  readonly basis: string;
  /** Values of a sample in each layer that must be made, and its units, where a trial told. */
  readonly sizes?: readonly (readonly number[])[] | undefined;
}

/**
 * What a run will cost. Where nothing is known of the model's speed and nothing runs, one batch is tried.
 *
 * @param signal when aborted, nothing more is tried: the estimate says what is known without
 * @throws Fault, if nothing is open or what is open does not fit
 */
export async function estimate(
  context: EstimateContext,
  request: RunRequest,
  signal: AbortSignal,
): Promise<RunEstimate> {
  const { keeper, probing, pace, searchWorkers } = context;
  const read = samplesToRead(request, probing.info);
  const source = await runSource(context, request, read, () => context.runtimeLink.call('runtimeVersion'));
  const [cellsKept, kept] = await Promise.all([
    keeper.hasCells(read),
    Promise.all(
      source.layers.map(({ group, explained }) =>
        keeper.hasLayer(group, questionOf({ ...source, explained }, request.settings)),
      ),
    ),
  ]);
  const samples = read.samples ?? probing.info.sampleCount;
  const brokenOff = await context.storageLink.call('keptRun', runId(read, source, kept)).catch(() => null);
  const left = samples - Math.min(samples, brokenOff?.done ?? 0);
  const known: Known = { read, samples, left, source, kept, cellsKept };
  await recallPaces(context, known);
  const reading = await readingTime(context, request, known, signal);
  const shapes = source.layers.map((_, i) => shapeOf(context, request, known, i, reading));
  const units = shapes.reduce(
    (sum, shape, i) => sum + (source.layers[i].explained ? unitsAsked(request, shape.units) : 0),
    0,
  );
  const searching = pace.search(units, request.settings) / searchWorkers;
  const { grid, sampleCount, hasPictures } = probing.info;
  const cached = kept.every(Boolean);
  const feed = source.run?.feed;
  const pixels = feed?.kind === 'pictures' ? feed.height * feed.width : 0;
  const size = {
    ...{ samples, sampleCount, positions: grid.height * grid.width, cellsKept, hasPictures, searchWorkers, units },
    layers: shapes.filter((_, i) => !kept[i]),
    keptBytes: shapes.reduce((sum, { values, units, peaksOnly }, i) => {
      return sum + (kept[i] ? (peaksOnly ? units : values) * samples * 4 : 0);
    }, 0),
    threshold: request.settings.threshold,
    modelBytes: cached ? 0 : (context.model?.info.bytes ?? 0),
    batchBytes: cached ? 0 : BATCH_BYTES_A_PIXEL * pixels,
  };
  return {
    seconds: reading.seconds === null || units === 0 ? null : reading.seconds + searching,
    memoryBytes: memoryOf(size),
    storageBytes: storageOf(size),
    cached,
    basis: `${left < samples ? `${samples - left} of ${samples} samples are kept from a run that was broken off. ` : ''}${reading.basis} ${pace.searched ? 'The search: as fast as the last one.' : 'The search: as fast as on a usual machine.'}`,
  };
}

/** Brings back what earlier visits have measured of what this run needs. */
async function recallPaces({ pace, model, probing }: EstimateContext, { source }: Known): Promise<void> {
  const key = source.run && model && modelPaceKey(model.info.hash, source.run);
  await Promise.all([
    pace.recall('search'),
    pace.recall({ labels: probing.info.contentHash }),
    key !== null && pace.recall({ model: key }),
  ]);
}

async function readingTime(
  context: EstimateContext,
  request: RunRequest,
  known: Known,
  signal: AbortSignal,
): Promise<ReadingTime> {
  if (known.source.run && known.kept.includes(false)) return modelTime(context, known, signal);
  const { left: samples, cellsKept, kept } = known;
  const activations = kept.every(Boolean) ? 'The activations are kept from an earlier run.' : 'The file is read.';
  const fromFile = kept.every(Boolean) ? 0 : fileSeconds(context, samples);
  if (cellsKept) return { seconds: fromFile, basis: activations };
  const aSample = await labelPace(context, request, signal);
  if (aSample === null) return { seconds: null, basis: `${activations} How fast labels are read is not known yet.` };
  return {
    seconds: fromFile + (samples * aSample) / context.readers.speedup({ samples, besideModel: false }),
    basis: `${activations} Labels: ${milliseconds(aSample)} a sample, as measured here.`,
  };
}

async function modelTime(context: EstimateContext, known: Known, signal: AbortSignal): Promise<ReadingTime> {
  const { source, left: samples, kept, cellsKept } = known;
  const { model, pace, idle } = context;
  if (!source.run || !model) return { seconds: null, basis: '' };
  const key = modelPaceKey(model.info.hash, source.run);
  const seconds = ({ opening, aPicture }: ModelPace): number => opening + samples * aPicture;
  const before = pace.model(key);
  const told = source.layers.every((_, i) => kept[i] || valuesOf(context, source, i) !== null);
  if (before && told) {
    const basis = `The model: ${milliseconds(before.aPicture)} a ${oneOf(source.run)}, as in its last run here.`;
    return { seconds: seconds(before), basis };
  }
  if (!idle || signal.aborted) return { seconds: null, basis: 'The speed of this model is not known yet.' };
  const missing = source.layers.filter((_, i) => !kept[i]);
  try {
    const tried = await orAborted(tryModel(context, runOf(source.run, missing), !cellsKept, signal), signal);
    if (!tried) return { seconds: null, basis: 'The speed of this model is not known yet.' };
    const speed = before ?? tried.pace;
    const basis = before
      ? `The model: ${milliseconds(speed.aPicture)} a ${oneOf(source.run)}, as in its last run here.`
      : `The model: ${milliseconds(speed.aPicture)} a ${oneOf(source.run)}, as in a batch tried just now.`;
    return { seconds: seconds(speed), basis, sizes: tried.sizes };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { seconds: null, basis: `The model could not be tried. ${said}` };
  }
}

const oneOf = ({ feed }: NonNullable<RunSource['run']>): string => (feed.kind === 'pairs' ? 'pair' : 'picture');

async function labelPace(context: EstimateContext, request: RunRequest, signal: AbortSignal): Promise<number | null> {
  const { probing, pace, idle } = context;
  const measured = pace.labels(probing.info.contentHash);
  if (measured !== null || !idle || signal.aborted) return measured;
  return orAborted(tryLabels(context, samplesToRead(request, probing.info)), signal).catch(() => null);
}

/** Bytes a second of a file that was dropped; pessimistic for a disk of today. */
const FILE_PACE = 200e6;

function fileSeconds({ activations }: EstimateContext, samples: number): number {
  if (!activations) return 0;
  const { unitCount, grid } = activations.info;
  return (samples * unitCount * grid.height * grid.width * 4) / FILE_PACE;
}

/** Units and values of a sample in a layer: from the file, from the model's shapes, from a trial; 0 where nobody knows. */
function shapeOf(
  context: EstimateContext,
  request: RunRequest,
  { source, kept }: Known,
  at: number,
  { sizes }: ReadingTime,
): LayerCost {
  if (request.activations.kind === 'file' && context.activations) {
    const { unitCount, grid } = context.activations.info;
    return { units: unitCount, values: unitCount * grid.height * grid.width, operator: '' };
  }
  const made = kept.slice(0, at).filter((is) => !is).length;
  const tried = kept[at] ? undefined : sizes?.[made];
  const values = tried?.reduce((product, size) => product * size, 1) ?? valuesOf(context, source, at) ?? 0;
  const units = source.layers[at].unitCount ?? tried?.[0] ?? 0;
  const { operator = '' } = context.model?.info.layers.find(({ tensor }) => tensor === source.layers[at].name) ?? {};
  return { units, values, operator, peaksOnly: !source.layers[at].explained };
}

/** Values of a sample in a layer of the model, as its shapes say; null where they do not. */
function valuesOf({ model }: EstimateContext, { layers }: RunSource, at: number): number | null {
  const shape = model?.info.layers.find(({ tensor }) => tensor === layers[at].name)?.shape?.slice(1) ?? null;
  if (!shape || layers[at].unitCount === null) return null;
  return shape.reduce<number | null>(
    (product, size) => (typeof size === 'number' && product !== null ? product * size : null),
    1,
  );
}

function unitsAsked(request: RunRequest, unitCount: number): number {
  if (unitCount === 0) return 0;
  const [first, last] = unitRange(request, unitCount);
  return last - first + 1;
}

const milliseconds = (seconds: number): string =>
  seconds < 0.01 ? `${(seconds * 1000).toFixed(1)} ms` : `${Math.round(seconds * 1000)} ms`;

/** Resolves with null once the signal is aborted, if that comes first. */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | null> {
  // Nobody may be left to hear of a failure.
  work.catch(() => undefined);
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  return Promise.race([work, aborted]);
}
