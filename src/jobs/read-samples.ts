import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { CollectedLayer } from '../pipeline/collected-layer.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { RuntimeWorker } from '../../workers/runtime.worker.ts';
import type { RunProgress } from './api.ts';
import type { EarlyLooks } from './early-looks.ts';
import { reporter } from './reporter.ts';
import type { WorkerLink } from './worker-link.ts';

/** Seconds a batch may take to be read, and to be run. */
export const BATCH_SECONDS = 60;

/** Samples of which labels are read between two looks at the progress. */
const LABELS_STEP = 16;

/** What reading samples needs. */
export interface SampleReading {
  readonly probing: WorkerLink<ProbingWorker>;
  readonly runtime: WorkerLink<RuntimeWorker>;
  /** Samples to read: the first ones in reading order. */
  readonly samples: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
  readonly looks: EarlyLooks;
}

/** Reads the labels of samples into cells. */
export async function readCells({ probing, samples, signal, onProgress }: SampleReading): Promise<CellBuffers> {
  const report = reporter('concepts', samples, onProgress);
  for (let done = 0; done < samples;) {
    signal.throwIfAborted();
    done = Math.min(done + LABELS_STEP, samples);
    await probing.callWithin(BATCH_SECONDS, 'readLabels', done);
    report(done);
  }
  return probing.call('finishCells', samples);
}

/** Collects the activations of a dropped file. */
export async function readActivationFile(reading: SampleReading, threshold: ThresholdRule): Promise<CollectedLayer> {
  const { runtime, samples, signal, onProgress } = reading;
  const report = reporter('activations', samples, onProgress);
  const step = await runtime.call('startFile', { threshold, samples, order: 'ascending' });
  for (let first = 0; first < samples; first += step) {
    signal.throwIfAborted();
    const count = Math.min(step, samples - first);
    await runtime.callWithin(BATCH_SECONDS, 'readFile', first, count);
    report(first + count);
  }
  return runtime.call('finishFile');
}

/** Collects the activations of a dropped file along with the labels of the same samples, so that there is something to see early. */
export async function readFileAndCells(
  reading: SampleReading,
  threshold: ThresholdRule,
): Promise<{ readonly layer: CollectedLayer; readonly cells: CellBuffers }> {
  const { probing, runtime, samples, signal, onProgress, looks } = reading;
  const report = reporter('concepts', samples, onProgress);
  const step = Math.min(LABELS_STEP, await runtime.call('startFile', { threshold, samples, order: 'spread' }));
  looks.begin(samples);
  for (let done = 0; done < samples;) {
    signal.throwIfAborted();
    const first = done;
    done = Math.min(done + step, samples);
    await Promise.all([
      probing.callWithin(BATCH_SECONDS, 'readLabels', done),
      runtime.callWithin(BATCH_SECONDS, 'readFile', first, done - first),
    ]);
    report(done);
    if (looks.due(done)) await looks.take(done, () => runtime.call('fileSoFar'), cellsSoFar(reading, done, null));
  }
  looks.end();
  const [layer, cells] = await Promise.all([runtime.call('finishFile'), probing.call('finishCells', samples)]);
  onProgress({ stage: 'activations', done: samples, total: samples, secondsLeft: 0 });
  return { layer, cells };
}

/** Asks for the cells of the samples read so far. */
export function cellsSoFar({ probing }: SampleReading, read: number, whole: CellBuffers | null) {
  return () => probing.callWithin(BATCH_SECONDS, 'cellsSoFar', read, whole);
}
