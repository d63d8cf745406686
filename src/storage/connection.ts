import type { IDBPDatabase } from 'idb';
import { storageFaults } from './errors.ts';
import { openDatabase, type Schema, type UseRecord } from './schema.ts';

/** The database, opened when first needed and again whenever it was closed, and the room in it. */
export class Connection {
  readonly #name: string;
  #database: Promise<IDBPDatabase<Schema>> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws Fault `storage/newer`, `storage/unavailable` */
  open(): Promise<IDBPDatabase<Schema>> {
    if (this.#database) return this.#database;
    const forget = (): void => {
      if (this.#database === opening) this.#database = undefined;
    };
    const opening = openDatabase(this.#name, forget);
    this.#database = opening;
    opening.catch(forget);
    return opening;
  }

  /** Ends the connection; the next call opens it again. */
  async close(): Promise<void> {
    const database = this.#database;
    this.#database = undefined;
    (await database?.catch(() => undefined))?.close();
  }

  /**
   * Writes, and where there is no room deletes caches longest out of use until there is.
   *
   * @param what is written, for messages
   * @param probing the probing set at work, whose concepts and small pictures stay
   * @throws Fault `storage/full`, if there is no room even then
   */
  async withRoom(
    what: string,
    probing: string,
    write: (database: IDBPDatabase<Schema>) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const database = await this.open();
      try {
        return await write(database);
      } catch (error) {
        if ((error as Error | undefined)?.name !== 'QuotaExceededError') throw error;
        if (!(await this.#dropOldest(database, probing))) throw storageFaults.full(what);
      }
    }
  }

  /** Deletes caches longest out of use until those left have at most so many bytes. */
  async trim(probing: string, most: number): Promise<void> {
    const database = await this.open();
    for (;;) {
      const uses = await database.getAll('uses');
      if (uses.reduce((sum, use) => sum + use.bytes, 0) <= most) return;
      if (!(await this.#dropOldest(database, probing))) return;
    }
  }

  /** Deletes a cache and what is known of its use. */
  async forget(store: UseRecord['store'], key: string): Promise<void> {
    const database = await this.open();
    const change = database.transaction([store, 'uses'], 'readwrite');
    const entry = store === 'thumbnails' ? samplesOf(key) : key;
    await Promise.all([
      change.objectStore(store).delete(entry as IDBKeyRange & string),
      change.objectStore('uses').delete(`${store}/${key}`),
      change.done,
    ]);
  }

  /** Notes that a cache was of use now. */
  async used(id: string): Promise<void> {
    const database = await this.open();
    const change = database.transaction('uses', 'readwrite');
    const use = await change.store.get(id);
    if (use) await change.store.put({ ...use, usedAt: Date.now() });
    await change.done;
  }

  async #dropOldest(database: IDBPDatabase<Schema>, probing: string): Promise<boolean> {
    const uses = await database.getAllFromIndex('uses', 'usedAt');
    const oldest = uses.find((use) => use.store === 'activations' || use.probing !== probing);
    if (!oldest) return false;
    await this.forget(oldest.store, oldest.key);
    return true;
  }
}

/** A record of a cache's use, now. */
export function useOf(store: UseRecord['store'], key: string, probing: string, bytes: number): UseRecord {
  return { id: `${store}/${key}`, store, key, probing, usedAt: Date.now(), bytes };
}

/** The keys of all small pictures of a probing set. */
export function samplesOf(probing: string): IDBKeyRange {
  return IDBKeyRange.bound([probing, 0], [probing, Infinity]);
}
