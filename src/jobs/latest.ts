import { jobFaults } from './errors.ts';

interface Waiting {
  start(): void;
  drop(): void;
}

/** Does one piece of work at a time; of those that wait meanwhile, only the newest is done. */
export class Latest {
  #busy = false;
  #waiting: Waiting | null = null;

  /**
   * @param work begins once nothing else is at work
   * @throws Fault `jobs/stale`, if a newer question came before this one's turn; whatever `work` throws
   */
  ask<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        this.#busy = true;
        const end = (settle: () => void): void => {
          this.#next();
          settle();
        };
        work().then(
          (answer) => end(() => resolve(answer)),
          (error: unknown) => end(() => reject(error)),
        );
      };
      this.#waiting?.drop();
      this.#waiting = null;
      if (this.#busy) this.#waiting = { start, drop: () => reject(jobFaults.stale()) };
      else start();
    });
  }

  #next(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#busy = false;
    waiting?.start();
  }
}
