import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
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

/** Kept results: what lists show, and the whole, packed. */
export interface ResultsRecord {
  readonly key: string;
  readonly madeAt: string;
  readonly title: string;
  readonly layer: string;
  readonly unitCount: number;
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

/** The database, version 1. */
export interface Schema extends DBSchema {
  cells: { key: string; value: CacheRecord; indexes: { group: string } };
  activations: { key: string; value: CacheRecord; indexes: { group: string } };
  thumbnails: { key: [string, number]; value: ThumbnailRecord };
  results: { key: string; value: ResultsRecord; indexes: { madeAt: string } };
  uses: { key: string; value: UseRecord; indexes: { usedAt: number } };
}

/** Version of {@link Schema}. */
export const SCHEMA_VERSION = 1;

/**
 * Opens the database.
 *
 * @param onClosed called when the connection is of no use any more: a newer tab wants it, or the browser has ended it
 * @throws Fault `storage/newer`, if a newer page has changed it; `storage/unavailable`, if there is none to be had
 */
export async function openDatabase(name: string, onClosed: () => void): Promise<IDBPDatabase<Schema>> {
  try {
    return await openDB<Schema>(name, SCHEMA_VERSION, {
      upgrade(database) {
        for (const store of ['cells', 'activations'] as const) {
          database.createObjectStore(store, { keyPath: 'key' }).createIndex('group', 'group');
        }
        database.createObjectStore('thumbnails', { keyPath: ['probing', 'sample'] });
        database.createObjectStore('results', { keyPath: 'key' }).createIndex('madeAt', 'madeAt');
        database.createObjectStore('uses', { keyPath: 'id' }).createIndex('usedAt', 'usedAt');
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
