import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Threads of the bench: as many as the goals are stated for. */
const THREADS = 2;

/** Threads that run the same file and take one task at a time. */
export class Threads<Task> {
  readonly #threads: readonly Worker[];

  private constructor(threads: readonly Worker[]) {
    this.#threads = threads;
  }

  /** Starts threads and waits until each says that it is ready. @param module path as thread.mjs sees it */
  static async start<Task>(module: string, data: object): Promise<Threads<Task>> {
    const threads = Array.from(
      { length: THREADS },
      () => new Worker(new URL('../thread.mjs', import.meta.url), { workerData: { ...data, module } }),
    );
    await Promise.all(threads.map((thread) => once(thread, 'message')));
    return new Threads<Task>(threads);
  }

  /** Number of threads. */
  get size(): number {
    return this.#threads.length;
  }

  /** Hands out tasks until there are none. @returns the answers, in no fixed order */
  async all(tasks: readonly Task[]): Promise<readonly unknown[]> {
    const answers: unknown[] = [];
    let next = 0;
    const work = async (thread: Worker): Promise<void> => {
      while (next < tasks.length) {
        thread.postMessage(tasks[next++]);
        const [answer] = (await once(thread, 'message')) as [unknown];
        answers.push(answer);
      }
    };
    await Promise.all(this.#threads.map(work));
    return answers;
  }

  /** Gives each thread one task. @param tasks one a thread */
  async each(tasks: readonly Task[]): Promise<readonly unknown[]> {
    return Promise.all(
      this.#threads.map(async (thread, i) => {
        thread.postMessage(tasks[i]);
        const [answer] = (await once(thread, 'message')) as [unknown];
        return answer;
      }),
    );
  }

  /** Ends them all. */
  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }
}
