import type { Fault } from '../engine/fault.ts';
import type { ExplainSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type { SearchMemory } from '../pipeline/search-service.ts';
import { SearchMember } from './search-member.ts';
import { spawnSearch } from './spawn.ts';

/** Search workers for so many cores: one core is left to the page, but two are used where there are two. */
export function poolSize(cores: number): number {
  return cores === 2 ? 2 : Math.min(8, Math.max(1, cores - 1));
}

/** Workers that read the same shared memory and share the units of a layer among them. */
export class SearchPool {
  readonly #members: readonly SearchMember[];

  constructor(size = poolSize(navigator.hardwareConcurrency || 1), spawn: () => Worker = spawnSearch) {
    this.#members = Array.from({ length: size }, () => new SearchMember('searching formulas', spawn));
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
    onUnits: (explained: readonly UnitExplanation[]) => void,
  ): Promise<void> {
    let next = 0;
    let failed = false;
    const take = (): readonly number[] => {
      const left = units.length - next;
      // Single units first, so that a first formula is there soon; single ones last, so that all workers end together.
      const count = next < this.#members.length ? 1 : Math.min(8, Math.ceil(left / (4 * this.#members.length)));
      return units.slice(next, (next += count));
    };
    const work = async (member: SearchMember): Promise<void> => {
      for (let chunk = take(); chunk.length > 0 && !failed; chunk = take()) {
        await member.attach(memory);
        const explained = await member.link.call('explain', chunk, settings);
        if (!failed) onUnits(explained);
      }
    };
    const all = this.#members.map((member) =>
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
