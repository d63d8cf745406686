import type { Connection } from './connection.ts';
import type { ResultsStore } from './results-store.ts';
import type { KeptThing, RunRecord } from './schema.ts';
import { isSelected, type Selection } from './selection.ts';
import type { StepsStore } from './steps-store.ts';

/** Lists what is kept, and frees some of it. */
export class KeptThings {
  readonly #connection: Connection;
  readonly #results: ResultsStore;
  readonly #steps: StepsStore;

  constructor(connection: Connection, results: ResultsStore, steps: StepsStore) {
    this.#connection = connection;
    this.#results = results;
    this.#steps = steps;
  }

  /** All that is kept, in no fixed order. */
  async list(): Promise<readonly KeptThing[]> {
    const database = await this.#connection.open();
    const uses = await database.getAll('uses');
    const caches = uses.flatMap(({ store, key, probing, title, source, sourceName, layer, bytes }): KeptThing[] =>
      store === 'steps' ? [] : [{ store, key, probing, title, source, sourceName, layer, bytes }],
    );
    return [...caches, ...(await this.#results.sizes()), ...(await this.#steps.runs()).flatMap(stepsOf)];
  }

  /** Frees what belongs to a probing set, a model, or both. */
  async free(selection: Selection): Promise<void> {
    for (const thing of await this.list()) {
      if (!isSelected(thing, selection)) continue;
      if (thing.store === 'results') await this.#results.forget(thing.key);
      else await this.#connection.forget(thing.store, thing.key);
    }
  }
}

/** A run's steps by layer; parts of cells count to the first. */
function stepsOf({ id, probing, source, layers, cellBytes, layerBytes }: RunRecord): readonly KeptThing[] {
  const about = { store: 'steps', key: id, probing: probing.contentHash, title: probing.title } as const;
  const names = layers.length > 0 ? layers : [''];
  return names.map((layer, i) => ({
    ...{ ...about, source: source.hash, sourceName: source.name, layer },
    bytes: (layerBytes[i] ?? 0) + (i === 0 ? cellBytes : 0),
  }));
}
