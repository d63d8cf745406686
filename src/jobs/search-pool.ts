import { hasSharedMemory } from '../engine/bits/memory.ts';
import type { Fault } from '../engine/fault.ts';
import type { ExplainSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type { SearchMemory } from '../pipeline/search-service.ts';
import { SearchMember } from './search-member.ts';
import { spawnSearch } from './spawn.ts';

/**
 * Search workers for so many cores: one core is left to the page, but two are used where there are two. Without shared memory there is
 * one, since each would need a copy of everything.
 */
export function poolSize(cores: number, shared: boolean = hasSharedMemory()): number {
  if (!shared) return 1;
  return cores === 2 ? 2 : Math.min(8, Math.max(1, cores - 1));
}

type OnUnits = (explained: readonly UnitExplanation[]) => void;

/** Workers that read the same shared memory and share the units of a layer among them. */
export class SearchPool {
  readonly #members: readonly SearchMember[];

  constructor(size = poolSize(navigator.hardwareConcurrency || 1), spawn: () => Worker = spawnSearch) {
    this.#members = Array.from({ length: size }, () => new SearchMember('searching formulas', spawn));
  }

  /** Number of workers. */
  get size(): number {
    return this.#members.length;
  }

  /** Starts the workers, so that the search does not wait for them. */
  warm(): void {
    for (const { link } of this.#members) link.warm();
  }

  /**
   * Explains units. They are handed out a few at a time, so that no worker waits long for another.
   *
   * @param onUnits called with explanations as they come, in no fixed order
   * @throws Fault of the search, or of a worker that died or was ended
   */
  async explain(
    memory: SearchMemory,
    units: readonly number[],
    settings: ExplainSettings,
    onUnits: OnUnits,
  ): Promise<void> {
    const stop = new AbortController();
    await this.#explain(this.#members, { memory, units, settings, mostAtATime: 8 }, stop.signal, onUnits);
  }

  /**
   * Explains units beside other work: on half of the workers, and one at a time, so that another search need not wait for it.
   *
   * @param signal when aborted, nothing more is handed out and nothing more is heard
   */
  async explainBeside(
    memory: SearchMemory,
    units: readonly number[],
    settings: ExplainSettings,
    signal: AbortSignal,
    onUnits: OnUnits,
  ): Promise<void> {
    const members = this.#members.slice(0, Math.ceil(this.#members.length / 2));
    await this.#explain(members, { memory, units, settings, mostAtATime: 2 }, signal, onUnits);
  }

  async #explain(
    members: readonly SearchMember[],
    { memory, units, settings, mostAtATime }: PoolTask,
    signal: AbortSignal,
    onUnits: OnUnits,
  ): Promise<void> {
    let next = 0;
    let failed = false;
    const take = (): readonly number[] => {
      const left = units.length - next;
      // Single units first, so that a first formula is there soon; single ones last, so that all workers end together.
      const count = next < members.length ? 1 : Math.min(mostAtATime, Math.ceil(left / (4 * members.length)));
      return units.slice(next, (next += count));
    };
    const over = (): boolean => failed || signal.aborted;
    const work = async (member: SearchMember): Promise<void> => {
      for (let chunk = take(); chunk.length > 0 && !over(); chunk = take()) {
        const explained = await member.ask(memory, 'explain', chunk, settings);
        if (!over()) onUnits(explained);
      }
    };
    const all = members.map((member) =>
      work(member).catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    );
    await Promise.all(all);
  }

  /** Ends all workers at once; the next search starts fresh ones. */
  end(fault: Fault): void {
    for (const { link } of this.#members) link.end(fault);
  }
}

interface PoolTask {
  readonly memory: SearchMemory;
  readonly units: readonly number[];
  readonly settings: ExplainSettings;
  /** Units handed to a worker at once. */
  readonly mostAtATime: number;
}
