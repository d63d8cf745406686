import { Fault } from '../engine/fault.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { BatchPlan, CollectedLayer, ModelRun, RunningOn } from '../pipeline/runtime-service.ts';
import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { RuntimeWorker } from '../../workers/runtime.worker.ts';
import type { RunProgress, RunStage } from './api.ts';
import { TimeLeft } from './time-left.ts';
import type { WorkerLink } from './worker-link.ts';

/** Seconds a model may take to be opened and to run its first batch, during which WebGPU compiles its programs. */
const FIRST_BATCH_SECONDS = 120;

/** Seconds a batch may take to be read, and to be run. */
const BATCH_SECONDS = 60;

/** Batches in shared memory at a time: one is run while the next are read. */
const SLOTS = 3;

/** Samples of which labels are read between two looks at the progress. */
const LABELS_STEP = 16;

/** What reading samples needs. */
export interface SampleReading {
  readonly probing: WorkerLink<ProbingWorker>;
  readonly runtime: WorkerLink<RuntimeWorker>;
  readonly sampleCount: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

/** Reads the labels of all samples into cells. */
export async function readCells({ probing, sampleCount, signal, onProgress }: SampleReading): Promise<CellBuffers> {
  const report = reporter('concepts', sampleCount, onProgress);
  for (let done = 0; done < sampleCount; done = Math.min(done + LABELS_STEP, sampleCount)) {
    signal.throwIfAborted();
    await probing.callWithin(BATCH_SECONDS, 'readLabels', done + LABELS_STEP);
    report(Math.min(done + LABELS_STEP, sampleCount));
  }
  return probing.call('finishCells');
}

/** Collects the activations of a dropped file. */
export async function readActivationFile(
  reading: SampleReading,
  threshold: ModelRun['threshold'],
): Promise<CollectedLayer> {
  const { runtime, sampleCount, signal, onProgress } = reading;
  const report = reporter('activations', sampleCount, onProgress);
  const step = await runtime.call('startFile', threshold);
  for (let first = 0; first < sampleCount; first += step) {
    signal.throwIfAborted();
    const count = Math.min(step, sampleCount - first);
    await runtime.callWithin(BATCH_SECONDS, 'readFile', first, count);
    report(first + count);
  }
  return runtime.call('finishFile');
}

/** Activations that a model gave, where it ran, and the cells where they were asked for too. */
export interface ModelReading {
  readonly layer: CollectedLayer;
  readonly where: RunningOn;
  readonly cells: CellBuffers | null;
}

/**
 * Shows the open model all pictures. Pictures are read ahead into shared memory while it runs; the labels of the same samples are read
 * along with them, if `withLabels`.
 *
 * When the graphics processor is lost, a fresh worker starts again on WebAssembly, once.
 *
 * @param reopen opens the model again in a fresh worker
 */
export async function readThroughModel(
  reading: SampleReading,
  run: ModelRun,
  withLabels: boolean,
  reopen: () => Promise<void>,
): Promise<ModelReading> {
  try {
    return await readOnce(reading, run, withLabels);
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'runtime/device-lost') || run.provider === 'wasm') throw error;
    reading.runtime.end(error);
    await reopen();
    const note = `${error.message} This time on WebAssembly.`;
    reading.onProgress({ stage: 'model', done: 0, total: 1, secondsLeft: null, note });
    const again = await readOnce(reading, { ...run, provider: 'wasm' }, withLabels);
    const providerNote = `${again.where.providerNote} (the graphics processor was lost during the run)`;
    return { ...again, where: { ...again.where, providerNote } };
  }
}

async function readOnce(reading: SampleReading, run: ModelRun, withLabels: boolean): Promise<ModelReading> {
  const { probing, runtime, sampleCount, signal, onProgress } = reading;
  onProgress({ stage: 'model', done: 0, total: 1, secondsLeft: null });
  const plan = await runtime.call('plan', run);
  const slots = makeSlots(plan);
  const step = plan.pictures;
  let where: RunningOn | undefined;
  let report: ((done: number) => void) | undefined;
  const start = async (): Promise<void> => {
    where = await runtime.callWithin(FIRST_BATCH_SECONDS, 'start', run);
    onProgress({ stage: 'model', done: 1, total: 1, secondsLeft: 0, note: where.providerNote });
    report = reporter('activations', sampleCount, onProgress, () => where?.providerNote);
  };
  const runBatch = async (first: number, count: number, slot: Float32Array): Promise<void> => {
    where = await runtime.callWithin(first === 0 ? FIRST_BATCH_SECONDS : BATCH_SECONDS, 'runBatch', first, count, slot);
    report?.(first + count);
  };
  // The first batches are read while the model is opened.
  let last = start();
  last.catch(() => undefined);
  const inSlot: Promise<void>[] = slots.map(() => Promise.resolve());
  for (let first = 0, batch = 0; first < sampleCount; first += step, batch++) {
    const slot = batch % SLOTS;
    await inSlot[slot];
    signal.throwIfAborted();
    const count = Math.min(step, sampleCount - first);
    await probing.callWithin(BATCH_SECONDS, 'fill', first, count, plan.spec, slots[slot], withLabels);
    last = last.then(() => runBatch(first, count, slots[slot]));
    // Awaited when the slot is needed again; until then a failure must not count as unhandled.
    last.catch(() => undefined);
    inSlot[slot] = last;
  }
  await last;
  const [layer, cells] = await Promise.all([runtime.call('finish'), withLabels ? probing.call('finishCells') : null]);
  if (!where) throw new RangeError('The probing set has no samples.');
  return { layer, where, cells };
}

function makeSlots({ length }: BatchPlan): readonly Float32Array[] {
  const bytes = length * Float32Array.BYTES_PER_ELEMENT;
  return Array.from({ length: SLOTS }, () => new Float32Array(new SharedArrayBuffer(bytes)));
}

/** Tells how far a stage is, with an estimate of what is left. */
export function reporter(
  stage: RunStage,
  total: number,
  onProgress: (progress: RunProgress) => void,
  note?: () => string | undefined,
): (done: number) => void {
  const left = new TimeLeft();
  onProgress({ stage, done: 0, total, secondsLeft: null });
  return (done) => {
    const said = note?.();
    onProgress({
      stage,
      done,
      total,
      secondsLeft: left.seconds(done, total),
      ...(said !== undefined && { note: said }),
    });
  };
}
