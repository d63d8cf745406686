import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { OpenedProbing } from './api.ts';
import { sentenceOf } from './keeper.ts';
import type { Reopening } from './reopening.ts';
import type { WorkerLink } from './worker-link.ts';

/** Up to so many samples, small pictures of all are kept; beyond, of those only that a unit shows. */
export const THUMBNAILS_OF_ALL = 2000;

const STEP = 16;

/** What keeping small pictures needs. */
export interface ThumbnailWork {
  readonly probingLink: WorkerLink<ProbingWorker>;
  readonly storageLink: WorkerLink<StorageWorker>;
  readonly probing: Reopening<OpenedProbing>;
  /** Content hash of the probing set. */
  readonly hash: string;
  readonly sampleCount: number;
  readonly signal: AbortSignal;
}

/**
 * Draws and keeps the small pictures that are not kept yet.
 *
 * @param samples which; null: of all samples
 * @returns a sentence if the machine would not keep them
 */
export async function keepThumbnails(work: ThumbnailWork, samples: readonly number[] | null): Promise<string | null> {
  const { probingLink, storageLink, probing, hash, sampleCount, signal } = work;
  try {
    const kept = new Set(await storageLink.call('samplesWithThumbnail', hash));
    const wanted = samples ?? Array.from({ length: sampleCount }, (_, sample) => sample);
    const missing = wanted.filter((sample) => !kept.has(sample));
    for (let at = 0; at < missing.length && !signal.aborted; at += STEP) {
      await probing.ready();
      const drawn = await probingLink.call('thumbnails', missing.slice(at, at + STEP));
      await storageLink.call('keepThumbnails', hash, drawn, probing.info.title);
    }
    return null;
  } catch (error) {
    // Ended on purpose: what is missing is drawn when it is looked at.
    if (signal.aborted) return null;
    return sentenceOf(error);
  }
}
