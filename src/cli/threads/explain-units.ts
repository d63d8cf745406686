import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Explainer, type ExplainInputs } from '../../engine/explain.ts';
import type { ExplainSettings, UnitExplanation } from '../../engine/results/explanation.ts';
import type { SearchBuffers } from '../../engine/search/tables.ts';
import type { Progress } from '../progress.ts';

/** What a thread that explains is given: memory that all of them read in place. */
export interface ExplainThreadData {
  readonly search: SearchBuffers;
  readonly maps: ArrayBufferLike;
  readonly activations: ArrayBufferLike;
  readonly settings: ExplainSettings;
}

const MOST_THREADS = 8;

/** A thread takes about as long to start as a search for a few units does. */
const UNITS_A_THREAD = 8;

/** How many threads explain so many units: those asked for, else one a core, up to 8 and not more than are worth their start. */
export function threadsFor(units: number, asked: number | undefined): number {
  const fitting = Math.min(availableParallelism(), MOST_THREADS, Math.ceil(units / UNITS_A_THREAD));
  return Math.max(1, Math.min(units, asked ?? fitting));
}

/**
 * Explains units `first` to `last`, on several threads at once where that is asked for or worth it.
 *
 * @param asked number of threads; undefined: see {@link threadsFor}
 * @returns by unit, ascending, whichever thread was done first
 * @throws RangeError, if the threshold needs maps that were not kept
 */
export async function explainUnits(
  inputs: ExplainInputs,
  settings: ExplainSettings,
  [first, last]: readonly [number, number],
  asked: number | undefined,
  progress: Progress,
): Promise<readonly UnitExplanation[]> {
  const total = last - first + 1;
  const explained: UnitExplanation[] = [];
  let next = first;
  const all = async (explain: (unit: number) => Promise<UnitExplanation>): Promise<void> => {
    while (next <= last) {
      const unit = next++;
      explained.push(await explain(unit));
      progress('Units explained', explained.length, total);
    }
  };
  const threads = threadsFor(total, asked);
  if (threads === 1) await all(inThisThread(new Explainer(inputs), settings));
  else await onThreads(inputs, settings, threads, all);
  return explained.toSorted((a, b) => a.unit - b.unit);
}

type ExplainUnit = (unit: number) => Promise<UnitExplanation>;

/** Between two units signals are looked at. */
const inThisThread =
  (explainer: Explainer, settings: ExplainSettings): ExplainUnit =>
  (unit) =>
    setImmediate(explainer.explain(unit, settings));

async function onThreads(
  { search, maps, activations }: ExplainInputs,
  settings: ExplainSettings,
  count: number,
  all: (explain: ExplainUnit) => Promise<void>,
): Promise<void> {
  const { buffers } = search;
  const data: ExplainThreadData = { search: buffers, maps: maps.buffer, activations: activations.buffer, settings };
  const module = new URL('./explain-thread.ts', import.meta.url).href;
  const threads = Array.from(
    { length: count },
    () => new Worker(new URL('./thread.mjs', import.meta.url), { workerData: { ...data, module } }),
  );
  try {
    const loops = threads.map((thread) =>
      all(async (unit) => {
        thread.postMessage(unit);
        const [answer] = (await once(thread, 'message')) as [UnitExplanation];
        return answer;
      }),
    );
    await Promise.all(loops);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
