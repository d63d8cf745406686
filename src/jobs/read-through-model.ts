import { newMemory } from '../engine/bits/memory.ts';
import { Fault } from '../engine/fault.ts';
import type { Batch } from '../pipeline/batches.ts';
import type { CollectedLayer } from '../pipeline/collected-layer.ts';
import type { ModelRun } from '../pipeline/model-run.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { BatchPlan, RunningOn } from '../pipeline/runtime-service.ts';
import { handOver, handOverBatch } from './hand-over.ts';
import type { ModelPace } from './pace.ts';
import { BatchReaders } from './batch-readers.ts';
import { cellsSoFar, finishCells, orAnew } from './read-samples.ts';
import { reporter } from './reporter.ts';
import type { StepSource } from './run-steps.ts';
import { BATCH_SECONDS, type SampleReading } from './sample-reading.ts';

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
  /** How fast, on this machine; null where everything was kept from a run that was broken off. */
  readonly pace: ModelPace | null;
}

/** The model runs elsewhere than it did when what was kept was made. */
class RunsElsewhere extends Error {}

/**
 * Shows the open model pictures in reading order. They are read ahead while it runs; the labels of the same samples are read along with
 * them, where the cells are not there yet. Looks are taken and steps are kept on the way; what steps of a broken-off run hold is not read
 * again.
 *
 * When the graphics processor is lost, a fresh worker starts again on WebAssembly, once; where onnxruntime itself could not be loaded, a
 * fresh worker tries again, once. Labels that were read stay read.
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
    return await readOnce(reading, run, found, true);
  } catch (error) {
    if (error instanceof RunsElsewhere) {
      reading.steps.startOver();
      return readOnce(reading, run, found, false);
    }
    const code = error instanceof Fault ? error.code : '';
    const isLost = code === 'runtime/device-lost' && run.provider !== 'wasm';
    if (!isLost && code !== 'runtime/no-runtime') throw error;
    reading.runtime.end(error as Fault);
    reading.steps.startOver();
    await reopen();
    if (!isLost) return readOnce(reading, run, found, false);
    const note = `${(error as Fault).message} This time on WebAssembly.`;
    reading.onProgress({ stage: 'model', done: 0, total: 1, secondsLeft: null, note });
    const again = await readOnce(reading, { ...run, provider: 'wasm' }, found, false);
    const providerNote = `${again.where.providerNote} (the graphics processor was lost during the run)`;
    return { ...again, where: { ...again.where, providerNote } };
  }
}

/** @param resumes whether to begin with what a broken-off run has kept */
async function readOnce(
  reading: SampleReading,
  run: ModelRun,
  found: CellBuffers | null,
  resumes: boolean,
): Promise<ModelReading> {
  const { runtime, samples, steps, signal, onProgress, looks } = reading;
  const parts = found ? null : reading.parts;
  const started = performance.now();
  onProgress({ stage: 'model', done: 0, total: 1, secondsLeft: null });
  const plan = await runtime.call('plan', run);
  const step = plan.samples;
  let from = 0;
  let where: RunningOn | undefined;
  let report: ((done: number) => void) | undefined;
  let opened = started;
  let firstDone = started;
  const stepSource = ({ provider }: RunningOn): StepSource => ({
    ...{ how: provider, cells: parts },
    layers: () => runtime.call('takeParts'),
  });
  const addLayers = (layers: readonly (ArrayBufferLike | null)[]): Promise<void> =>
    runtime.call(
      'addParts',
      layers.map((part) => (part ? [part] : [])),
    );
  const start = async (): Promise<void> => {
    const begun = await runtime.callWithin(FIRST_BATCH_SECONDS, 'start', run);
    where = begun;
    if (resumes && steps.resumable) from = await steps.restore({ ...stepSource(begun), addLayers });
    opened = performance.now();
    onProgress({ stage: 'model', done: 1, total: 1, secondsLeft: 0, note: begun.providerNote });
    report = reporter('activations', samples, onProgress, () => where?.providerNote, from);
    looks.begin(samples, from);
    steps.begin(from);
  };
  const runBatch = async (first: number, count: number, slot: number, pairs: Batch['pairs']): Promise<void> => {
    const seconds = first === from ? FIRST_BATCH_SECONDS : BATCH_SECONDS;
    const batch = handOverBatch({ values: slots[slot], pairs });
    const done = await runtime.callWithin(seconds, 'runBatch', first, count, batch);
    slots[slot] = done.values;
    // On WebGPU the first batch may have moved it.
    if (from > 0 && done.where.provider !== where?.provider) throw new RunsElsewhere();
    where = done.where;
    const read = first + count;
    report?.(read);
    if (first === from) firstDone = performance.now();
    // Before the next batch, so that both show exactly these samples.
    if (steps.due(read)) await steps.take(read, stepSource(where));
    if (looks.due(read)) await looks.take(read, () => runtime.call('soFar'), cellsSoFar(reading, read, found));
  };
  let last = orAnew(start);
  last.catch(() => undefined);
  // Which samples are missing is known only then; else the first batches are read while the model is opened.
  if (resumes && steps.resumable) await last;
  const readers = new BatchReaders(reading, samples - from);
  const slots = makeSlots(plan, SLOTS - 1 + readers.most);
  const inSlot: Promise<void>[] = slots.map(() => Promise.resolve());
  for (let next = from, batch = 0; next < samples; batch++) {
    const first = next;
    const slot = batch % slots.length;
    const reader = await readers.free();
    await inSlot[slot];
    signal.throwIfAborted();
    // Labels may be there of more samples than activations: a batch has both or one.
    const known = parts && first < parts.done ? parts.done - first : Infinity;
    const count = Math.min(step, samples - first, known);
    const withLabels = parts !== null && known === Infinity;
    let pairs: Batch['pairs'] = null;
    const filling = reader(async (link) => {
      const given = handOver(slots[slot]);
      const filled = await link.callWithin(BATCH_SECONDS, 'fill', first, count, plan.spec, given, withLabels);
      slots[slot] = filled.values;
      pairs = filled.pairs;
      if (filled.part) parts?.add(first, count, filled.part);
    });
    const before = last;
    last = filling.then(() => before).then(() => runBatch(first, count, slot, pairs));
    // Awaited when the slot is needed again; until then a failure must not count as unhandled.
    last.catch(() => undefined);
    inSlot[slot] = last;
    next += count;
  }
  await last;
  looks.end();
  if (!where) throw new RangeError('The probing set has no samples.');
  await steps.finish(samples, stepSource(where));
  const read = samples - from;
  const several = read > step;
  const seconds = (performance.now() - (several ? firstDone : opened)) / 1000;
  const pace: ModelPace | null =
    read === 0
      ? null
      : {
          opening: ((several ? firstDone : opened) - started) / 1000,
          aPicture: seconds / (several ? read - step : read),
        };
  const [layers, cells] = await Promise.all([runtime.call('finish'), parts && finishCells(reading)]);
  return { layers, where, cells, pace };
}

function makeSlots({ length }: BatchPlan, count: number): Float32Array[] {
  const bytes = length * Float32Array.BYTES_PER_ELEMENT;
  return Array.from({ length: count }, () => new Float32Array(newMemory(bytes)));
}
