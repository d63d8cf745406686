import type { ExplainSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type { SearchMemory } from '../pipeline/search-service.ts';
import type { CellsSoFar } from '../pipeline/probing-service.ts';
import type { RunListener } from './api.ts';
import type { Pace } from './pace.ts';
import { reporter } from './reporter.ts';
import type { SearchPool } from './search-pool.ts';

/** What explaining works with. */
export interface SearchContext {
  readonly pool: SearchPool;
  readonly pace: Pace;
}

/** What is to be explained of a layer. */
export interface SearchTask {
  /** Name of the layer, for the listener. */
  readonly layer: string;
  readonly cells: CellsSoFar;
  /** See KeptActivations. */
  readonly activations: ArrayBufferLike;
  /** First and last unit. */
  readonly range: readonly [number, number];
  readonly settings: ExplainSettings;
}

/** Explains the units of a layer. @returns them, ascending */
export function searchLayer(
  context: SearchContext,
  task: SearchTask,
  listener: RunListener,
): Promise<readonly UnitExplanation[]> {
  return explainAll(context, { ...task, memory: memoryOf(task) }, listener);
}

/** {@link searchLayer} for whatever a search can read. */
export async function explainAll(
  { pool, pace }: SearchContext,
  task: Pick<SearchTask, 'layer' | 'range' | 'settings'> & { readonly memory: SearchMemory },
  listener: RunListener,
): Promise<readonly UnitExplanation[]> {
  const { layer, settings, memory } = task;
  const units = unitsOf(task);
  const explained: UnitExplanation[] = [];
  const report = reporter('search', units.length, listener.onProgress.bind(listener));
  const started = performance.now();
  await pool.explain(memory, units, settings, (some) => {
    explained.push(...some);
    listener.onUnits({ layer, share: 1, units: some });
    report(explained.length);
  });
  pace.searchRan(units.length, settings, ((performance.now() - started) / 1000) * pool.size);
  return explained.sort((a, b) => a.unit - b.unit);
}

/** Explains the units of the layers in a look, for as long as nobody says that it is over. */
export async function searchLook(
  { pool }: SearchContext,
  tasks: readonly SearchTask[],
  share: number,
  listener: RunListener,
  signal: AbortSignal,
): Promise<void> {
  for (const task of tasks) {
    if (signal.aborted) return;
    await pool.explainBeside(memoryOf(task), unitsOf(task), task.settings, signal, (units) => {
      listener.onUnits({ layer: task.layer, share, units });
    });
  }
}

function memoryOf({ cells, activations }: SearchTask) {
  return { search: { cells: cells.cells, extras: cells.extras }, maps: cells.maps, activations };
}

function unitsOf({ range: [first, last] }: Pick<SearchTask, 'range'>): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
