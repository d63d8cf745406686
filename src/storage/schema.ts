import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ResultsLabel } from '../engine/results/results-label.ts';
import { storageFaults } from './errors.ts';
import type { Packed } from './packed.ts';

/** Stores whose contents can be computed again. */
export type CacheName = 'cells' | 'activations';

/** Something that took long to compute, as it is kept. */
export interface CacheRecord {
  readonly key: string;
  /** Entries that answer the same question share it, for example the same layer on the same probing set. */
  readonly group: string;
  /** Content hash of the probing set it belongs to. */
  readonly probing: string;
  /** Small plain values that tell entries of a group apart. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly parts: Readonly<Record<string, Packed>>;
}

/** A small picture of a sample. */
export interface ThumbnailRecord {
  readonly probing: string;
  readonly sample: number;
  readonly picture: Blob;
}

/** Form of {@link ResultsLabel} and of what is packed beside it; records of another form are passed over. */
export const RESULTS_FORM = 2;

/** A label of kept results, as it is kept. */
export interface LabelRecord extends ResultsLabel {
  readonly form: number;
  /** When they were kept here: milliseconds since 1970, different for each record. */
  readonly keptAt: number;
}

/** Kept results as a whole. */
export interface ResultsRecord {
  readonly key: string;
  readonly body: Packed;
}

/** When a cache was last of use, and how large it is; decides what goes first when room is short. */
export interface UseRecord {
  /** Store and key. */
  readonly id: string;
  readonly store: CacheName | 'thumbnails';
  readonly key: string;
  readonly probing: string;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
  readonly bytes: number;
}

/** A small value by name, for example a measured speed. */
export interface ValueRecord {
  readonly name: string;
  readonly value: unknown;
}

/** The database, version 2. */
export interface Schema extends DBSchema {
  cells: { key: string; value: CacheRecord; indexes: { group: string } };
  activations: { key: string; value: CacheRecord; indexes: { group: string } };
  thumbnails: { key: [string, number]; value: ThumbnailRecord };
  labels: { key: string; value: LabelRecord; indexes: { keptAt: number } };
  results: { key: string; value: ResultsRecord };
  uses: { key: string; value: UseRecord; indexes: { usedAt: number } };
  values: { key: string; value: ValueRecord };
}

/** Every store of {@link Schema}. */
export const STORES = ['cells', 'activations', 'thumbnails', 'labels', 'results', 'uses', 'values'] as const;

/** Version of {@link Schema}. Version 1 kept labels and results in one record, without settings and hashes: those results are dropped. */
export const SCHEMA_VERSION = 2;

/**
 * Opens the database.
 *
 * @param onClosed called when the connection is of no use any more: a newer tab wants it, or the browser has ended it
 * @throws Fault `storage/newer`, if a newer page has changed it; `storage/unavailable`, if there is none to be had
 */
export async function openDatabase(name: string, onClosed: () => void): Promise<IDBPDatabase<Schema>> {
  try {
    return await openDB<Schema>(name, SCHEMA_VERSION, {
      upgrade(database, before) {
        if (before < 1) {
          for (const store of ['cells', 'activations'] as const) {
            database.createObjectStore(store, { keyPath: 'key' }).createIndex('group', 'group');
          }
          database.createObjectStore('thumbnails', { keyPath: ['probing', 'sample'] });
          database.createObjectStore('uses', { keyPath: 'id' }).createIndex('usedAt', 'usedAt');
        }
        if (before < 2) {
          if (before === 1) database.deleteObjectStore('results');
          database.createObjectStore('labels', { keyPath: 'key' }).createIndex('keptAt', 'keptAt');
          database.createObjectStore('results', { keyPath: 'key' });
          database.createObjectStore('values', { keyPath: 'name' });
        }
      },
      blocking(_current, _wanted, event) {
        // Without this a newer tab waits for ever.
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    });
  } catch (error) {
    const name = (error as Error | undefined)?.name;
    if (name === 'VersionError') throw storageFaults.newer();
    throw storageFaults.unavailable((error as Error | undefined)?.message ?? String(error));
  }
}
