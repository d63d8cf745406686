import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { ResultsLabel } from '../engine/results/results-label.ts';
import { Connection, samplesOf, useOf } from './connection.ts';
import { KeptThings } from './kept-things.ts';
import { KnownFiles } from './known-files.ts';
import { pack, packedBytes, unpack, type Packed } from './packed.ts';
import { ResultsStore } from './results-store.ts';
import {
  STORES,
  type CacheName,
  type FileRecord,
  type KeptNames,
  type KeptThing,
  type RunHeader,
  type RunRecord,
} from './schema.ts';
import type { Selection } from './selection.ts';
import { StepsStore, type Step } from './steps-store.ts';

/** Results kept; older ones go. */
export const MOST_RESULTS = 20;

/** Bytes of caches and steps kept, compressed, before the ones longest out of use go. */
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
  /** What a person knows it by. */
  readonly names: KeptNames;
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
  readonly #steps: StepsStore;
  readonly #files: KnownFiles;
  readonly #things: KeptThings;
  readonly #limits: StorageLimits;

  constructor(name = 'formulens', limits: StorageLimits = { results: MOST_RESULTS, cachedBytes: MOST_CACHED }) {
    this.#connection = new Connection(name);
    this.#results = new ResultsStore(this.#connection, limits.results);
    this.#steps = new StepsStore(this.#connection, limits.cachedBytes);
    this.#files = new KnownFiles(this.#connection);
    this.#things = new KeptThings(this.#connection, this.#results, this.#steps);
    this.#limits = limits;
  }

  /**
   * Keeps an entry, replacing one of the same key.
   *
   * @throws Fault `storage/full`, if there is no room even without older caches
   */
  async keep(store: CacheName, { buffers, ...labels }: CacheEntry): Promise<void> {
    const parts: Record<string, Packed> = {};
    for (const [name, buffer] of Object.entries(buffers)) parts[name] = await pack(buffer);
    const bytes = Object.values(parts).reduce((sum, part) => sum + packedBytes(part), 0);
    const what = store === 'cells' ? 'the concepts' : 'the activations';
    const { key, probing, names } = labels;
    await this.#connection.withRoom(what, probing, async (database) => {
      await database.put(store, { ...labels, parts });
      await database.put('uses', useOf({ ...names, store, key, probing, bytes }));
    });
    await this.#connection.trim(probing, this.#limits.cachedBytes);
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

  /** Keeps small pictures of samples. @param title of the probing set @throws Fault `storage/full` */
  async keepThumbnails(probing: string, thumbnails: readonly Thumbnail[], title = ''): Promise<void> {
    await this.#connection.withRoom('small pictures', probing, async (database) => {
      const change = database.transaction(['thumbnails', 'uses'], 'readwrite');
      const before = await change.objectStore('uses').get(`thumbnails/${probing}`);
      const store = change.objectStore('thumbnails');
      let bytes = before?.bytes ?? 0;
      for (const { sample, picture } of thumbnails) {
        bytes += picture.size - ((await store.get([probing, sample]))?.picture.size ?? 0);
      }
      const names = { title: title || (before?.title ?? ''), source: '', sourceName: '', layer: '' };
      const puts = thumbnails.map((thumbnail) => store.put({ probing, ...thumbnail }));
      await Promise.all([
        ...puts,
        change.objectStore('uses').put(useOf({ ...names, store: 'thumbnails', key: probing, probing, bytes })),
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

  /**
   * Keeps a step of a run; it is on the disk when this settles. One that begins with the first sample takes the place of whatever was kept of
   * the run.
   *
   * @throws Fault `storage/full`; `storage/steps-gone`, if the step before it is not there any more
   */
  async keepStep(header: RunHeader, step: Step): Promise<void> {
    await this.#steps.keep(header, step);
  }

  /** Runs of which steps are kept, latest first. */
  async runs(): Promise<readonly RunRecord[]> {
    return this.#steps.runs();
  }

  /** A run of which steps are kept, or null. */
  async keptRun(id: string): Promise<RunRecord | null> {
    return this.#steps.run(id);
  }

  /** The step of a run that begins with a sample; null where there is none, or where it was damaged. */
  async step(id: string, first: number): Promise<Step | null> {
    return this.#steps.step(id, first);
  }

  /** Forgets what was kept of a run, from a sample on; harmless where there is nothing. */
  async forgetSteps(id: string, first = 0): Promise<void> {
    await this.#steps.cutOff(id, first);
  }

  /** All that is kept, with its sizes, in no fixed order. */
  async kept(): Promise<readonly KeptThing[]> {
    return this.#things.list();
  }

  /** Frees what belongs to a probing set, a model, or both. */
  async free(selection: Selection): Promise<void> {
    await this.#things.free(selection);
  }

  /** Remembers where a file or folder is. @throws Fault `storage/full` */
  async rememberFile(file: Omit<FileRecord, 'id' | 'usedAt'>): Promise<void> {
    await this.#files.remember(file);
  }

  /** Files and folders remembered, latest first. */
  async knownFiles(): Promise<readonly FileRecord[]> {
    return this.#files.list();
  }

  /** Forgets where a file or folder is. */
  async forgetFile(id: string): Promise<void> {
    await this.#files.forget(id);
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
