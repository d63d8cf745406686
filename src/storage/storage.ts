import type { IDBPDatabase } from 'idb';
import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { storageFaults } from './errors.ts';
import { pack, packJson, unpack, unpackJson } from './packed.ts';
import { openDatabase, type CacheName, type Schema, type UseRecord } from './schema.ts';

/** Results kept; older ones go. */
export const MOST_RESULTS = 20;

/** Bytes of caches kept, compressed, before the ones longest out of use go. */
export const MOST_CACHED = 4 * 2 ** 30;

/** Something worth keeping because it took long. */
export interface CacheEntry {
  readonly key: string;
  /** Entries that answer the same question share it. */
  readonly group: string;
  /** Content hash of the probing set. */
  readonly probing: string;
  /** Small plain values that tell entries of a group apart. */
  readonly meta: Readonly<Record<string, unknown>>;
  /** Bundles by name. */
  readonly buffers: Readonly<Record<string, ArrayBufferLike>>;
}

/** An entry of a group, without what it holds. */
export type CacheLabel = Pick<CacheEntry, 'key' | 'meta'>;

/** Kept results, as lists show them. */
export interface ResultsLabel {
  readonly key: string;
  readonly madeAt: string;
  readonly title: string;
  readonly layer: string;
  readonly unitCount: number;
}

/** A small picture of a sample. */
export interface Thumbnail {
  readonly sample: number;
  readonly picture: Blob;
}

/** Limits, smaller in tests. */
export interface StorageLimits {
  readonly results: number;
  readonly cachedBytes: number;
}

/**
 * What is kept on this machine between visits. Entries are compressed and checked when read: a damaged one is deleted and
 * counts as absent. Where room is short, caches longest out of use go first; results never go for want of room.
 */
export class Storage {
  readonly #name: string;
  readonly #limits: StorageLimits;
  readonly #staged = new Map<string, readonly UnitExplanation[]>();
  #opened: LayerResults | undefined;
  #database: Promise<IDBPDatabase<Schema>> | undefined;

  constructor(name = 'formulens', limits: StorageLimits = { results: MOST_RESULTS, cachedBytes: MOST_CACHED }) {
    this.#name = name;
    this.#limits = limits;
  }

  /**
   * Keeps an entry, replacing one of the same key.
   *
   * @throws Fault `storage/full`, if there is no room even without older caches
   */
  async keep(store: CacheName, { buffers, ...labels }: CacheEntry): Promise<void> {
    const packed = await Promise.all(
      Object.entries(buffers).map(async ([name, buffer]) => [name, await pack(buffer)] as const),
    );
    const bytes = packed.reduce((sum, [, { gzip }]) => sum + gzip.size, 0);
    await this.#withRoom(store === 'cells' ? 'the concepts' : 'the activations', labels.probing, async (database) => {
      await database.put(store, { ...labels, parts: Object.fromEntries(packed) });
      await database.put('uses', useOf(store, labels.key, labels.probing, bytes));
    });
    await this.#trim(labels.probing);
  }

  /** Entries of a group, without what they hold. */
  async labels(store: CacheName, group: string): Promise<readonly CacheLabel[]> {
    const database = await this.#open();
    const records = await database.getAllFromIndex(store, 'group', group);
    return records.map(({ key, meta }) => ({ key, meta }));
  }

  /** An entry, its bundles in shared memory; null where there is none, or where it was damaged. */
  async find(store: CacheName, key: string): Promise<CacheEntry | null> {
    const database = await this.#open();
    const record = await database.get(store, key);
    if (!record) return null;
    const { parts, ...labels } = record;
    try {
      const buffers: Record<string, SharedArrayBuffer> = {};
      for (const [name, part] of Object.entries(parts)) buffers[name] = await unpack(part);
      await this.#used(database, `${store}/${key}`);
      return { ...labels, buffers };
    } catch {
      await this.#forget(database, store, key);
      return null;
    }
  }

  /** Keeps small pictures of samples. @throws Fault `storage/full` */
  async keepThumbnails(probing: string, thumbnails: readonly Thumbnail[]): Promise<void> {
    await this.#withRoom('small pictures', probing, async (database) => {
      const change = database.transaction(['thumbnails', 'uses'], 'readwrite');
      const before = await change.objectStore('uses').get(`thumbnails/${probing}`);
      const bytes = thumbnails.reduce((sum, { picture }) => sum + picture.size, before?.bytes ?? 0);
      const puts = thumbnails.map((thumbnail) => change.objectStore('thumbnails').put({ probing, ...thumbnail }));
      await Promise.all([
        ...puts,
        change.objectStore('uses').put(useOf('thumbnails', probing, probing, bytes)),
        change.done,
      ]);
    });
  }

  /** A small picture, or null where none is kept. */
  async thumbnail(probing: string, sample: number): Promise<Blob | null> {
    const database = await this.#open();
    return (await database.get('thumbnails', [probing, sample]))?.picture ?? null;
  }

  /** Samples of a probing set whose small pictures are kept, ascending. */
  async samplesWithThumbnail(probing: string): Promise<readonly number[]> {
    const database = await this.#open();
    const keys = await database.getAllKeys('thumbnails', samplesOf(probing));
    return keys.map(([, sample]) => sample);
  }

  /** Takes units of results that {@link keepResults} will keep: a page sends them in pieces, each quickly copied. */
  stageUnits(key: string, units: readonly UnitExplanation[]): void {
    this.#staged.set(key, [...(this.#staged.get(key) ?? []), ...units]);
  }

  /**
   * Keeps results, after the units that were staged for their key; the oldest beyond {@link MOST_RESULTS} go.
   *
   * @throws Fault `storage/full`
   */
  async keepResults(given: LayerResults): Promise<void> {
    const results = { ...given, units: [...(this.#staged.get(given.key) ?? []), ...given.units] };
    this.#staged.delete(given.key);
    const body = await packJson(results);
    await this.#withRoom('the results', results.probing.contentHash, async (database) => {
      await database.put('results', { ...labelOf(results), body });
    });
    const database = await this.#open();
    const keys = await database.getAllKeysFromIndex('results', 'madeAt');
    for (const key of keys.slice(0, Math.max(0, keys.length - this.#limits.results)))
      await database.delete('results', key);
  }

  /** Kept results, newest first. */
  async recent(): Promise<readonly ResultsLabel[]> {
    const database = await this.#open();
    const records = await database.getAllFromIndex('results', 'madeAt');
    return records
      .reverse()
      .map(({ key, madeAt, title, layer, unitCount }) => ({ key, madeAt, title, layer, unitCount }));
  }

  /** {@link results} in pieces: some units, and everything else. */
  async resultsPart(key: string, firstUnit: number, unitCount: number): Promise<LayerResults | null> {
    const whole = this.#opened?.key === key && firstUnit > 0 ? this.#opened : await this.results(key);
    if (!whole) return null;
    const done = firstUnit + unitCount >= whole.units.length;
    this.#opened = done ? undefined : whole;
    return { ...whole, units: whole.units.slice(firstUnit, firstUnit + unitCount) };
  }

  /** Results kept under a key; null where there are none, or where they were damaged. */
  async results(key: string): Promise<LayerResults | null> {
    const database = await this.#open();
    const record = await database.get('results', key);
    if (!record) return null;
    try {
      return (await unpackJson(record.body)) as LayerResults;
    } catch {
      await database.delete('results', key);
      return null;
    }
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    const database = await this.#open();
    const stores = ['cells', 'activations', 'thumbnails', 'results', 'uses'] as const;
    const change = database.transaction(stores, 'readwrite');
    await Promise.all([...stores.map((store) => change.objectStore(store).clear()), change.done]);
  }

  /** Ends the connection; the next call opens it again. */
  async close(): Promise<void> {
    const database = this.#database;
    this.#database = undefined;
    (await database?.catch(() => undefined))?.close();
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    if (this.#database) return this.#database;
    const forget = (): void => {
      if (this.#database === opening) this.#database = undefined;
    };
    const opening = openDatabase(this.#name, forget);
    this.#database = opening;
    opening.catch(forget);
    return opening;
  }

  async #withRoom(
    what: string,
    probing: string,
    write: (database: IDBPDatabase<Schema>) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const database = await this.#open();
      try {
        return await write(database);
      } catch (error) {
        if ((error as Error | undefined)?.name !== 'QuotaExceededError') throw error;
        if (!(await this.#dropOldest(database, probing))) throw storageFaults.full(what);
      }
    }
  }

  async #trim(probing: string): Promise<void> {
    const database = await this.#open();
    for (;;) {
      const uses = await database.getAll('uses');
      if (uses.reduce((sum, use) => sum + use.bytes, 0) <= this.#limits.cachedBytes) return;
      if (!(await this.#dropOldest(database, probing))) return;
    }
  }

  /** Deletes the cache longest out of use, but not the concepts and small pictures of the probing set at work. */
  async #dropOldest(database: IDBPDatabase<Schema>, probing: string): Promise<boolean> {
    const uses = await database.getAllFromIndex('uses', 'usedAt');
    const oldest = uses.find((use) => use.store === 'activations' || use.probing !== probing);
    if (!oldest) return false;
    await this.#forget(database, oldest.store, oldest.key);
    return true;
  }

  async #forget(database: IDBPDatabase<Schema>, store: UseRecord['store'], key: string): Promise<void> {
    const change = database.transaction([store, 'uses'], 'readwrite');
    const entry = store === 'thumbnails' ? samplesOf(key) : key;
    await Promise.all([
      change.objectStore(store).delete(entry as IDBKeyRange & string),
      change.objectStore('uses').delete(`${store}/${key}`),
      change.done,
    ]);
  }

  async #used(database: IDBPDatabase<Schema>, id: string): Promise<void> {
    const change = database.transaction('uses', 'readwrite');
    const use = await change.store.get(id);
    if (use) await change.store.put({ ...use, usedAt: Date.now() });
    await change.done;
  }
}

function useOf(store: UseRecord['store'], key: string, probing: string, bytes: number): UseRecord {
  return { id: `${store}/${key}`, store, key, probing, usedAt: Date.now(), bytes };
}

function samplesOf(probing: string): IDBKeyRange {
  return IDBKeyRange.bound([probing, 0], [probing, Infinity]);
}

/** What lists show of results. */
export function labelOf({ key, madeAt, probing, activations, units }: LayerResults): ResultsLabel {
  const layer = activations.kind === 'model' ? activations.layer : activations.name;
  return { key, madeAt, title: probing.title, layer, unitCount: units.length };
}
