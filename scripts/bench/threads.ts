import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Runs a module in several threads at once. It posts a message once it is ready, begins at the message it then gets, and posts another
 * when it is done.
 *
 * @param module path beside this file
 * @param shares what each thread gets as its `workerData`
 * @returns seconds from the first beginning to the last end
 */
export async function secondsOnThreads(module: string, shares: readonly object[]): Promise<number> {
  const threads = shares.map(
    (share) => new Worker(new URL('./thread.mjs', import.meta.url), { workerData: { ...share, module } }),
  );
  await Promise.all(threads.map((thread) => once(thread, 'message')));
  const started = performance.now();
  for (const thread of threads) thread.postMessage('go');
  await Promise.all(threads.map((thread) => once(thread, 'message')));
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(threads.map((thread) => thread.terminate()));
  return seconds;
}
