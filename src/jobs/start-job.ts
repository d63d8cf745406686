import type { Fault } from '../engine/fault.ts';
import type { Job } from './api.ts';
import { asFault, jobFaults } from './errors.ts';

/** A job under way. */
export interface StartedJob<Result> extends Job<Result> {
  /** Resolves once nothing of the work goes on any more, however it ended. */
  readonly settled: Promise<void>;
}

/** What work is told about its job. */
export interface JobHandle {
  /** Aborted, with a fault, when the job is cancelled or has failed. */
  readonly signal: AbortSignal;
  /** Says that the result is there and only loose ends remain: from then on cancelling makes the work end early, not fail. */
  keep(): void;
}

/**
 * Starts work as a job.
 *
 * @param work gives the result; it must end soon after the signal or after `stop`
 * @param stop ends whatever the work waits for
 */
export function startJob<Result>(
  work: (handle: JobHandle) => Promise<Result>,
  stop: (fault: Fault) => void,
): StartedJob<Result> {
  const controller = new AbortController();
  const { signal } = controller;
  let state: 'working' | 'kept' | 'over' = 'working';
  const cancelled = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      if (state === 'working') reject(signal.reason as Error);
    });
  });
  const end = (fault: Fault): void => {
    if (signal.aborted) return;
    controller.abort(fault);
    stop(fault);
  };
  const working = work({ signal, keep: () => (state = state === 'working' ? 'kept' : state) });
  const finished = Promise.race([working, cancelled]).catch((error: unknown) => {
    throw asFault(error);
  });
  // Whoever started the job may look at it later, or never.
  finished.catch(() => undefined);
  const settled = working.then(
    () => undefined,
    (error: unknown) => end(asFault(error)),
  );
  return {
    finished,
    settled: settled.finally(() => (state = 'over')),
    cancel() {
      if (state !== 'over') end(jobFaults.cancelled());
    },
  };
}
