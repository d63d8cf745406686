import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { ResultsLabel } from '../engine/results/results-label.ts';
import { Connection, samplesOf, useOf } from './connection.ts';
import { pack, unpack } from './packed.ts';
import { ResultsStore } from './results-store.ts';
import { STORES, type CacheName } from './schema.ts';

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
  readonly #connection: Connection;
  readonly #results: ResultsStore;
  readonly #limits: StorageLimits;

  constructor(name = 'formulens', limits: StorageLimits = { results: MOST_RESULTS, cachedBytes: MOST_CACHED }) {
    this.#connection = new Connection(name);
    this.#results = new ResultsStore(this.#connection, limits.results);
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
    const what = store === 'cells' ? 'the concepts' : 'the activations';
    await this.#connection.withRoom(what, labels.probing, async (database) => {
      await database.put(store, { ...labels, parts: Object.fromEntries(packed) });
      await database.put('uses', useOf(store, labels.key, labels.probing, bytes));
    });
    await this.#connection.trim(labels.probing, this.#limits.cachedBytes);
  }

  /** Entries of a group, without what they hold. */
  async labels(store: CacheName, group: string): Promise<readonly CacheLabel[]> {
    const database = await this.#connection.open();
    const records = await database.getAllFromIndex(store, 'group', group);
    return records.map(({ key, meta }) => ({ key, meta }));
  }

  /** An entry, its bundles in shared memory where there is such a thing; null where there is none, or where it was damaged. */
  async find(store: CacheName, key: string): Promise<CacheEntry | null> {
    const database = await this.#connection.open();
    const record = await database.get(store, key);
    if (!record) return null;
    const { parts, ...labels } = record;
    try {
      const buffers: Record<string, ArrayBufferLike> = {};
      for (const [name, part] of Object.entries(parts)) buffers[name] = await unpack(part);
      await this.#connection.used(`${store}/${key}`);
      return { ...labels, buffers };
    } catch {
      await this.#connection.forget(store, key);
      return null;
    }
  }

  /** Keeps small pictures of samples. @throws Fault `storage/full` */
  async keepThumbnails(probing: string, thumbnails: readonly Thumbnail[]): Promise<void> {
    await this.#connection.withRoom('small pictures', probing, async (database) => {
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
    const database = await this.#connection.open();
    return (await database.get('thumbnails', [probing, sample]))?.picture ?? null;
  }

  /** Those of some samples' small pictures that are kept, by sample. */
  async thumbnails(probing: string, samples: readonly number[]): Promise<readonly Thumbnail[]> {
    const database = await this.#connection.open();
    const wanted = new Set(samples);
    const records = await database.getAll('thumbnails', samplesOf(probing));
    return records.filter(({ sample }) => wanted.has(sample)).map(({ sample, picture }) => ({ sample, picture }));
  }

  /** Samples of a probing set whose small pictures are kept, ascending. */
  async samplesWithThumbnail(probing: string): Promise<readonly number[]> {
    const database = await this.#connection.open();
    const keys = await database.getAllKeys('thumbnails', samplesOf(probing));
    return keys.map(([, sample]) => sample);
  }

  /** Takes units of results that {@link keepResults} will keep: a page sends them in pieces, each quickly copied. */
  stageUnits(key: string, units: readonly UnitExplanation[]): void {
    this.#results.stage(key, units);
  }

  /**
   * Keeps results, after the units that were staged for their key; those kept longest beyond {@link MOST_RESULTS} go.
   *
   * @throws Fault `storage/full`
   */
  async keepResults(results: LayerResults): Promise<void> {
    await this.#results.keep(results);
  }

  /** Kept results, those kept last first. */
  async recent(): Promise<readonly ResultsLabel[]> {
    return this.#results.labels();
  }

  /** {@link results} in pieces: some units, and everything else. */
  async resultsPart(key: string, firstUnit: number, unitCount: number): Promise<LayerResults | null> {
    return this.#results.part(key, firstUnit, unitCount);
  }

  /** Results kept under a key; null where there are none, or where they were damaged. */
  async results(key: string): Promise<LayerResults | null> {
    return this.#results.find(key);
  }

  /** Forgets some results; what they were made from stays until room is short. */
  async forgetResults(key: string): Promise<void> {
    await this.#results.forget(key);
  }

  /** Keeps a small plain value under a name, for example a measured speed. @throws Fault `storage/full` */
  async remember(name: string, value: unknown): Promise<void> {
    await this.#connection.withRoom('a setting', '', async (database) => {
      await database.put('values', { name, value });
    });
  }

  /** The value kept under a name, or null where there is none. */
  async recall(name: string): Promise<unknown> {
    const database = await this.#connection.open();
    return (await database.get('values', name))?.value ?? null;
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    const database = await this.#connection.open();
    const change = database.transaction(STORES, 'readwrite');
    await Promise.all([...STORES.map((store) => change.objectStore(store).clear()), change.done]);
  }

  /** Ends the connection; the next call opens it again. */
  async close(): Promise<void> {
    await this.#connection.close();
  }
}
