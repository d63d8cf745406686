import { openDB, type IDBPDatabase } from 'idb';
import { storageFaults } from './errors.ts';
import { SCHEMA_VERSION, type Schema } from './schema.ts';
import { upgradeToChunks } from './upgrade.ts';

/**
 * Opens the database.
 *
 * @param onClosed called when the connection is of no use any more: a newer tab wants it, or the browser has ended it
 * @throws Fault `storage/newer`, if a newer page has changed it; `storage/unavailable`, if there is none to be had
 */
export async function openDatabase(name: string, onClosed: () => void): Promise<IDBPDatabase<Schema>> {
  try {
    return await openDB<Schema>(name, SCHEMA_VERSION, {
      upgrade(database, before, _after, change) {
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
        if (before < 3) {
          database.createObjectStore('runs', { keyPath: 'id' });
          database.createObjectStore('steps', { keyPath: ['run', 'first'] });
          database.createObjectStore('files', { keyPath: 'id' });
          // The database opens once all of it is done; where it fails, the change is undone and the next visit tries again.
          if (before > 0) upgradeToChunks(change).catch(() => change.abort());
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
