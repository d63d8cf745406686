import type { Fault } from '../engine/fault.ts';
import { toFault } from './to-fault.ts';

/** How work tells how far it is, and learns that it is not wanted any more. */
export interface WorkOptions {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Something that takes a while: started by a person, with progress, ended or failed, and what it made. */
export class Task<Made> {
  /** What the last work that was done made; stays where a later one is cancelled or fails. */
  made: Made | undefined = $state.raw(undefined);
  progress: { readonly done: number; readonly total: number } | null = $state.raw(null);
  running = $state(false);
  fault: Fault | null = $state.raw(null);
  #ended: AbortController | null = null;

  /** Starts work; what runs already is cancelled. Resolves when it is done, cancelled or failed. */
  async start(work: (options: WorkOptions) => Promise<Made>): Promise<void> {
    this.cancel();
    const mine = new AbortController();
    this.#ended = mine;
    this.running = true;
    this.progress = null;
    this.fault = null;
    const onProgress = (done: number, total: number): void => {
      if (this.#ended === mine) this.progress = { done, total };
    };
    try {
      const made = await work({ onProgress, signal: mine.signal });
      if (this.#ended === mine) this.made = made;
    } catch (error) {
      if (this.#ended === mine) this.fault = toFault(error);
    } finally {
      if (this.#ended === mine) this.#stop();
    }
  }

  /** Ends what runs; nothing of it is kept. */
  cancel(): void {
    this.#ended?.abort();
    this.#stop();
  }

  #stop(): void {
    this.#ended = null;
    this.running = false;
    this.progress = null;
  }
}
