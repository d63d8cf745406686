import type { SearchMemory } from '../pipeline/search-service.ts';
import type { SearchWorker } from '../../workers/search.worker.ts';
import { spawnSearch } from './spawn.ts';
import { WorkerLink, type ArgumentsOf, type MethodOf, type ResultOf } from './worker-link.ts';

/** A search worker, and which memory it reads. */
export class SearchMember {
  readonly link: WorkerLink<SearchWorker>;
  #attached: SearchMemory | undefined;
  #attaching: Promise<void> = Promise.resolve();
  #generation = 0;

  constructor(what: string, spawn: () => Worker = spawnSearch) {
    this.link = new WorkerLink<SearchWorker>(spawn, what);
  }

  /** Settles once the worker reads this memory; harmless if it does already. */
  attach(memory: SearchMemory): Promise<void> {
    const { link } = this;
    const parts = ['maps', 'activations', 'lower'] as const;
    const same = parts.every((part) => this.#attached?.[part] === memory[part]);
    if (same && link.alive && link.generation === this.#generation) return this.#attaching;
    const attaching = link.call('attach', memory);
    this.#attached = memory;
    this.#attaching = attaching;
    this.#generation = link.generation;
    attaching.catch(() => {
      if (this.#attaching === attaching) this.#attached = undefined;
    });
    return attaching;
  }

  /** A question to the worker about this memory, whatever others ask meanwhile: it is sent right after the memory. */
  async ask<Name extends MethodOf<SearchWorker>>(
    memory: SearchMemory,
    name: Name,
    ...args: ArgumentsOf<SearchWorker, Name>
  ): Promise<ResultOf<SearchWorker, Name>> {
    const attaching = this.attach(memory);
    const [answer] = await Promise.all([this.link.call(name, ...args), attaching]);
    return answer;
  }
}
