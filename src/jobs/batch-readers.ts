import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { SampleReading } from './sample-reading.ts';
import type { WorkerLink } from './worker-link.ts';

type Link = WorkerLink<ProbingWorker>;

/** Has a reader do something; settles as that does. */
export type AskReader = (work: (link: Link) => Promise<void>) => Promise<void>;

/** Readers of pictures for a model: one, and more once they are open, each with one batch at a time. */
export class BatchReaders {
  /** Readers that there will be, at most. */
  readonly most: number;
  readonly #idle: Link[];
  #failure: { readonly error: unknown } | null = null;
  #wake: () => void = () => undefined;

  /** @param samples left to read */
  constructor({ probing, readers }: Pick<SampleReading, 'probing' | 'readers'>, samples: number) {
    const further = readers.start({ samples, besideModel: true });
    this.most = 1 + further.length;
    this.#idle = [probing];
    for (const opening of further) void opening.then((link) => link && this.#isFree(link));
  }

  /** Settles once a reader has nothing to do. @throws whatever a reader's work threw before */
  async free(): Promise<AskReader> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      const link = this.#idle.shift();
      if (link) return (work) => this.#ask(link, work);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async #ask(link: Link, work: (link: Link) => Promise<void>): Promise<void> {
    try {
      await work(link);
      this.#isFree(link);
    } catch (error) {
      this.#failure ??= { error };
      this.#wake();
      throw error;
    }
  }

  #isFree(link: Link): void {
    this.#idle.push(link);
    this.#wake();
  }
}
