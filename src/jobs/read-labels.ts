import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { CellParts } from './cell-parts.ts';
import { BATCH_SECONDS, type SampleReading } from './sample-reading.ts';
import type { WorkerLink } from './worker-link.ts';

/** Samples handed to a reader at a time. */
export const LOT = 16;

/** Labels that are being read. */
export interface LabelReading {
  /** Settles once all samples before one are read. @throws Fault of a reader that failed or died; the signal's reason */
  until(sample: number): Promise<void>;
}

type Work = Pick<SampleReading, 'probing' | 'readers' | 'samples' | 'signal'>;

/**
 * Reads the labels that no part has yet, with as many readers as pay. Samples are handed out in small lots, so that no reader waits long for
 * another, and all that was read is a first part of the reading order, but for a lot or two.
 */
export function readLabels({ probing, readers, samples, signal }: Work, parts: CellParts): LabelReading {
  let next = parts.done;
  let failure: { readonly error: unknown } | null = null;
  let wake: () => void = () => undefined;
  const work = async (link: WorkerLink<ProbingWorker>): Promise<void> => {
    while (next < samples && !failure) {
      signal.throwIfAborted();
      const first = next;
      const count = Math.min(LOT, samples - first);
      next += count;
      parts.add(first, count, await link.callWithin(BATCH_SECONDS, 'readPart', first, count));
      wake();
    }
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    wake();
  };
  work(probing).catch(fail);
  for (const opening of readers.start({ samples: samples - next, besideModel: false })) {
    void opening.then((link) => link && work(link).catch(fail));
  }
  return {
    async until(sample) {
      while (parts.done < sample) {
        if (failure) throw failure.error;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
