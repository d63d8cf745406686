import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { CollectedLayer } from '../pipeline/collected-layer.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { CellParts } from './cell-parts.ts';
import { jobFaults } from './errors.ts';
import { LOT, readLabels } from './read-labels.ts';
import { reporter } from './reporter.ts';
import { Unusable, type StepSource } from './run-steps.ts';
import { BATCH_SECONDS, type SampleReading } from './sample-reading.ts';

/** Reads the labels of samples into cells. */
export async function readCells(reading: SampleReading): Promise<CellBuffers> {
  const { samples, parts, steps, onProgress } = reading;
  const source: StepSource = { how: '', cells: parts, layers: async () => [] };
  await orAnew(() => steps.restore({ ...source, addLayers: async () => undefined }));
  const from = parts.done;
  const report = reporter('concepts', samples, onProgress, undefined, from);
  steps.begin(from);
  const labels = readLabels(reading, parts);
  while (parts.done < samples) {
    await labels.until(Math.min(parts.done + LOT, samples));
    report(parts.done);
    if (steps.due(parts.done)) await steps.take(parts.done, source);
  }
  await steps.finish(samples, source);
  return finishCells(reading);
}

/** Collects the activations of a dropped file. */
export async function readActivationFile(reading: SampleReading, threshold: ThresholdRule): Promise<CollectedLayer> {
  const { runtime, samples, steps, signal, onProgress } = reading;
  // As they lie in the file is fastest; but what an earlier run has kept goes on in its own order.
  const order = steps.how === 'spread' ? 'spread' : 'ascending';
  const { step, from, source } = await startFile(reading, { threshold, samples, order }, null);
  const report = reporter('activations', samples, onProgress, undefined, from);
  steps.begin(from);
  for (let first = from; first < samples; first += step) {
    signal.throwIfAborted();
    const count = Math.min(step, samples - first);
    await runtime.callWithin(BATCH_SECONDS, 'readFile', first, count);
    report(first + count);
    if (steps.due(first + count)) await steps.take(first + count, source);
  }
  await steps.finish(samples, source);
  return runtime.call('finishFile');
}

/** Collects the activations of a dropped file along with the labels of the same samples, so that there is something to see early. */
export async function readFileAndCells(
  reading: SampleReading,
  threshold: ThresholdRule,
): Promise<{ readonly layer: CollectedLayer; readonly cells: CellBuffers }> {
  const { runtime, samples, parts, steps, signal, onProgress, looks } = reading;
  const run = { threshold, samples, order: 'spread' } as const;
  const { step: most, from, source } = await startFile(reading, run, parts);
  const step = Math.min(LOT, most);
  const report = reporter('concepts', samples, onProgress, undefined, from);
  looks.begin(samples, from);
  steps.begin(from);
  const labels = readLabels(reading, parts);
  for (let done = from; done < samples;) {
    signal.throwIfAborted();
    const first = done;
    done = Math.min(done + step, samples);
    await Promise.all([labels.until(done), runtime.callWithin(BATCH_SECONDS, 'readFile', first, done - first)]);
    report(done);
    if (steps.due(done)) await steps.take(done, source);
    if (looks.due(done)) await looks.take(done, () => runtime.call('fileSoFar'), cellsSoFar(reading, done, null));
  }
  looks.end();
  await steps.finish(samples, source);
  // One after the other: both are large while they are laid out.
  const layer = await runtime.call('finishFile');
  const cells = await finishCells(reading);
  onProgress({ stage: 'activations', done: samples, total: samples, secondsLeft: 0 });
  return { layer, cells };
}

/** The cells of all samples, of the parts that were read. Ends the further readers first: their memory is of better use here. */
export function finishCells({ probing, readers, parts, samples }: SampleReading): Promise<CellBuffers> {
  readers.end(jobFaults.cancelled());
  return probing.call('finishCells', parts.all(), samples);
}

/** Asks for the cells of the samples read so far. */
export function cellsSoFar({ probing, parts }: SampleReading, read: number, whole: CellBuffers | null) {
  return () => probing.callWithin(BATCH_SECONDS, 'cellsSoFar', whole ? [] : parts.between(0, read), read, whole);
}

/** Does work that begins with what was kept; where that is of no use, once more without it. */
export async function orAnew<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return work();
  }
}

async function startFile(
  { runtime, steps }: SampleReading,
  run: { readonly threshold: ThresholdRule; readonly samples: number; readonly order: 'spread' | 'ascending' },
  cells: CellParts | null,
) {
  const source: StepSource = {
    ...{ how: run.order, cells },
    layers: async () => [await runtime.call('takeFilePart')],
  };
  const addLayers = ([part]: readonly (ArrayBufferLike | null)[]): Promise<void> =>
    part ? runtime.call('addFileParts', [part]) : Promise.resolve();
  return orAnew(async () => {
    const step = await runtime.call('startFile', run);
    return { step, from: await steps.restore({ ...source, addLayers }), source };
  });
}
