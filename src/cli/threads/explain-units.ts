import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { UnitExplanation } from '../../engine/results/explanation.ts';
import type { Progress } from '../progress.ts';
import { explainerOf, type ExplainWork } from './explain-work.ts';

/** Threads that are started without being asked for, at most. */
const MOST_THREADS = 8;

/** A thread takes about as long to start as the search for a few units. */
const UNITS_A_THREAD = 32;

/** How many threads explain so many units: those asked for, else one a core, up to 8 and not more than are worth their start. */
export function threadsFor(units: number, asked: number | undefined): number {
  const fitting = Math.min(availableParallelism(), MOST_THREADS, Math.ceil(units / UNITS_A_THREAD));
  return Math.max(1, Math.min(units, asked ?? fitting));
}

type ExplainUnit = (unit: number) => Promise<UnitExplanation>;

/**
 * Explains units `first` to `last`, on several threads at once where that is asked for or worth it.
 *
 * @param asked number of threads; undefined: see {@link threadsFor}
 * @returns by unit, ascending, whichever was done first
 * @throws RangeError, if the threshold needs maps that were not kept
 */
export async function explainUnits(
  work: ExplainWork,
  [first, last]: readonly [number, number],
  asked: number | undefined,
  progress: Progress,
): Promise<readonly UnitExplanation[]> {
  const total = last - first + 1;
  const explained: UnitExplanation[] = [];
  let next = first;
  const takeTurns = async (explain: ExplainUnit): Promise<void> => {
    while (next <= last) {
      explained.push(await explain(next++));
      progress('Units explained', explained.length, total);
    }
  };
  const count = threadsFor(total, asked);
  if (count === 1) {
    const explain = explainerOf(work);
    // Between two units signals are looked at.
    await takeTurns((unit) => setImmediate(explain(unit)));
  } else {
    await onThreads(work, count, takeTurns);
  }
  return explained.toSorted((a, b) => a.unit - b.unit);
}

async function onThreads(
  work: ExplainWork,
  count: number,
  takeTurns: (explain: ExplainUnit) => Promise<void>,
): Promise<void> {
  const workerData = { work, module: new URL('./explain-thread.ts', import.meta.url).href };
  const threads = Array.from(
    { length: count },
    () => new Worker(new URL('./thread.mjs', import.meta.url), { workerData }),
  );
  const explainOn =
    (thread: Worker): ExplainUnit =>
    async (unit) => {
      thread.postMessage(unit);
      const [answer] = (await once(thread, 'message')) as [UnitExplanation];
      return answer;
    };
  try {
    await Promise.all(threads.map((thread) => takeTurns(explainOn(thread))));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
