import { newMemory } from '../engine/bits/memory.ts';
import { Fault } from '../engine/fault.ts';
import type { CollectedLayer } from '../pipeline/collected-layer.ts';
import type { ModelRun } from '../pipeline/model-run.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { BatchPlan, RunningOn } from '../pipeline/runtime-service.ts';
import { handOver } from './hand-over.ts';
import type { ModelPace } from './pace.ts';
import { BATCH_SECONDS, cellsSoFar, type SampleReading } from './read-samples.ts';
import { reporter } from './reporter.ts';

/** Seconds a model may take to be opened and to run its first batch, during which WebGPU compiles its programs. */
export const FIRST_BATCH_SECONDS = 120;

/** Batches in memory at a time: one is run while the next are read. */
const SLOTS = 3;

/** Activations that a model gave, where it ran, how fast, and the cells where they were asked for too. */
export interface ModelReading {
  /** In the order of the layers asked for. */
  readonly layers: readonly CollectedLayer[];
  readonly where: RunningOn;
  readonly cells: CellBuffers | null;
  /** How fast, on this machine. */
  readonly pace: ModelPace;
}

/**
 * Shows the open model pictures in reading order. They are read ahead while it runs; the labels of the same samples are read along with
 * them, where the cells are not there yet. Looks are taken on the way.
 *
 * When the graphics processor is lost, a fresh worker starts again on WebAssembly, once.
 *
 * @param found cells of all samples asked for, or null where they must be made
 * @param reopen opens the model again in a fresh worker
 */
export async function readThroughModel(
  reading: SampleReading,
  run: ModelRun,
  found: CellBuffers | null,
  reopen: () => Promise<void>,
): Promise<ModelReading> {
  try {
    return await readOnce(reading, run, found);
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'runtime/device-lost') || run.provider === 'wasm') throw error;
    reading.runtime.end(error);
    await reopen();
    const note = `${error.message} This time on WebAssembly.`;
    reading.onProgress({ stage: 'model', done: 0, total: 1, secondsLeft: null, note });
    const again = await readOnce(reading, { ...run, provider: 'wasm' }, found);
    const providerNote = `${again.where.providerNote} (the graphics processor was lost during the run)`;
    return { ...again, where: { ...again.where, providerNote } };
  }
}

async function readOnce(reading: SampleReading, run: ModelRun, found: CellBuffers | null): Promise<ModelReading> {
  const { probing, runtime, samples, signal, onProgress, looks } = reading;
  const started = performance.now();
  onProgress({ stage: 'model', done: 0, total: 1, secondsLeft: null });
  const plan = await runtime.call('plan', run);
  const slots = makeSlots(plan);
  const step = plan.pictures;
  let where: RunningOn | undefined;
  let report: ((done: number) => void) | undefined;
  let opened = started;
  let firstDone = started;
  const start = async (): Promise<void> => {
    where = await runtime.callWithin(FIRST_BATCH_SECONDS, 'start', run);
    opened = performance.now();
    onProgress({ stage: 'model', done: 1, total: 1, secondsLeft: 0, note: where.providerNote });
    report = reporter('activations', samples, onProgress, () => where?.providerNote);
    looks.begin(samples);
  };
  const runBatch = async (first: number, count: number, slot: number): Promise<void> => {
    const seconds = first === 0 ? FIRST_BATCH_SECONDS : BATCH_SECONDS;
    const done = await runtime.callWithin(seconds, 'runBatch', first, count, handOver(slots[slot]));
    slots[slot] = done.values;
    where = done.where;
    const read = first + count;
    report?.(read);
    if (first === 0) firstDone = performance.now();
    // Before the next batch, so that it shows exactly these samples.
    if (looks.due(read)) await looks.take(read, () => runtime.call('soFar'), cellsSoFar(reading, read, found));
  };
  // The first batches are read while the model is opened.
  let last = start();
  last.catch(() => undefined);
  const inSlot: Promise<void>[] = slots.map(() => Promise.resolve());
  for (let first = 0, batch = 0; first < samples; first += step, batch++) {
    const slot = batch % SLOTS;
    await inSlot[slot];
    signal.throwIfAborted();
    const count = Math.min(step, samples - first);
    const values = handOver(slots[slot]);
    slots[slot] = await probing.callWithin(BATCH_SECONDS, 'fill', first, count, plan.spec, values, found === null);
    last = last.then(() => runBatch(first, count, slot));
    // Awaited when the slot is needed again; until then a failure must not count as unhandled.
    last.catch(() => undefined);
    inSlot[slot] = last;
  }
  await last;
  looks.end();
  const several = samples > step;
  const pace: ModelPace = {
    opening: ((several ? firstDone : opened) - started) / 1000,
    aPicture: (performance.now() - (several ? firstDone : opened)) / 1000 / (several ? samples - step : samples),
  };
  const [layers, cells] = await Promise.all([
    runtime.call('finish'),
    found ? null : probing.call('finishCells', samples),
  ]);
  if (!where) throw new RangeError('The probing set has no samples.');
  return { layers, where, cells, pace };
}

function makeSlots({ length }: BatchPlan): Float32Array[] {
  const bytes = length * Float32Array.BYTES_PER_ELEMENT;
  return Array.from({ length: SLOTS }, () => new Float32Array(newMemory(bytes)));
}
