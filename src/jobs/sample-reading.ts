import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { RuntimeWorker } from '../../workers/runtime.worker.ts';
import type { RunProgress } from './api.ts';
import type { CellParts } from './cell-parts.ts';
import type { EarlyLooks } from './early-looks.ts';
import type { ProbingReaders } from './probing-readers.ts';
import type { RunSteps } from './run-steps.ts';
import type { WorkerLink } from './worker-link.ts';

/** Seconds a batch may take to be read, and to be run. */
export const BATCH_SECONDS = 60;

/** What reading samples needs. */
export interface SampleReading {
  readonly probing: WorkerLink<ProbingWorker>;
  /** Further readers of the same probing set. */
  readonly readers: Pick<ProbingReaders, 'start' | 'end'>;
  readonly runtime: WorkerLink<RuntimeWorker>;
  /** Samples to read: the first ones in reading order. */
  readonly samples: number;
  /** What was read of the labels. */
  readonly parts: CellParts;
  readonly steps: RunSteps;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
  readonly looks: EarlyLooks;
}
