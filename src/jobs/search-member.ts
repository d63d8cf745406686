import type { SearchMemory } from '../pipeline/search-service.ts';
import type { SearchWorker } from '../../workers/search.worker.ts';
import { spawnSearch } from './spawn.ts';
import { WorkerLink } from './worker-link.ts';

/** A search worker, and which memory it reads. */
export class SearchMember {
  readonly link: WorkerLink<SearchWorker>;
  #attached: SearchMemory | undefined;
  #generation = 0;

  constructor(what: string, spawn: () => Worker = spawnSearch) {
    this.link = new WorkerLink<SearchWorker>(spawn, what);
  }

  /** Settles once the worker reads this memory; harmless if it does already. */
  async attach(memory: SearchMemory): Promise<void> {
    const { link } = this;
    const same = this.#attached?.maps === memory.maps && this.#attached.activations === memory.activations;
    if (same && link.alive && link.generation === this.#generation) return;
    await link.call('attach', memory);
    this.#attached = memory;
    this.#generation = link.generation;
  }
}
