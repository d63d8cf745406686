import { hasSharedMemory } from '../engine/bits/memory.ts';
import type { Fault } from '../engine/fault.ts';
import type { ProbingWorker } from '../../workers/probing.worker.ts';
import { jobFaults } from './errors.ts';
import type { WorkerLink } from './worker-link.ts';

type Link = WorkerLink<ProbingWorker>;

/** Readers of a probing set at a time, at most. */
const MOST_READERS = 4;

/** Seconds of opening the probing set beyond which a second reader comes too late. */
const LONG_OPENING = 5;

/** Samples left to read below which a second reader does not pay. */
const LEAST_SAMPLES = 500;

/** Share of its time in which a further reader does what one alone would: readers share disk and memory. */
const WORTH = 0.85;

/** What is to be read. */
export interface ReadingWork {
  /** Samples left to read. */
  readonly samples: number;
  /** Does a model run meanwhile? Readers then only read ahead of it. */
  readonly besideModel: boolean;
}

/**
 * Further workers that open the same probing set and read other samples of it at the same time. They live for one run. None without shared
 * memory: what they read would have to be copied.
 */
export class ProbingReaders {
  readonly #spawn: () => Link;
  readonly #open: (link: Link) => Promise<unknown>;
  readonly #cores: number;
  readonly #openingSeconds: number;
  #links: readonly Link[] = [];

  /**
   * @param spawn gives a worker in which nothing is open
   * @param open opens the probing set in a worker
   * @param openingSeconds that the first opening took
   */
  constructor(spawn: () => Link, open: (link: Link) => Promise<unknown>, cores: number, openingSeconds: number) {
    this.#spawn = spawn;
    this.#open = open;
    this.#cores = cores;
    this.#openingSeconds = openingSeconds;
  }

  /** Readers that pay, besides the first. */
  further({ samples, besideModel }: ReadingWork): number {
    if (!hasSharedMemory() || samples < LEAST_SAMPLES || this.#openingSeconds >= LONG_OPENING) return 0;
    if (besideModel) return this.#cores > MOST_READERS ? 1 : 0;
    return Math.min(MOST_READERS, this.#cores) - 1;
  }

  /** How many times as fast as one all readers together are, about. */
  speedup(work: ReadingWork): number {
    return 1 + WORTH * this.further(work);
  }

  /** Starts further readers, in place of those before. @returns each as soon as it can read; null for one that cannot, or was ended: the others go on without it */
  start(work: ReadingWork): readonly Promise<Link | null>[] {
    this.end(jobFaults.cancelled());
    const links = Array.from({ length: this.further(work) }, () => this.#spawn());
    this.#links = links;
    return links.map((link) =>
      this.#open(link).then(
        () => link,
        () => null,
      ),
    );
  }

  /** Ends all further readers at once. */
  end(fault: Fault): void {
    for (const link of this.#links) link.end(fault);
    this.#links = [];
  }
}
