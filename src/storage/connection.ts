import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { openDatabase } from './database.ts';
import { storageFaults } from './errors.ts';
import type { Schema, UseRecord } from './schema.ts';

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
   * @param run id of a run whose steps stay
   * @throws Fault `storage/full`, if there is no room even then
   */
  async withRoom(
    what: string,
    probing: string,
    write: (database: IDBPDatabase<Schema>) => Promise<void>,
    run?: string,
  ): Promise<void> {
    for (;;) {
      const database = await this.open();
      try {
        return await write(database);
      } catch (error) {
        if (!isWantOfRoom(error)) throw error;
        if (!(await this.#dropOldest(database, probing, run))) throw storageFaults.full(what);
      }
    }
  }

  /** Deletes caches longest out of use until those left have at most so many bytes. @param run id of a run whose steps stay */
  async trim(probing: string, most: number, run?: string): Promise<void> {
    const database = await this.open();
    for (;;) {
      const uses = await database.getAll('uses');
      if (uses.reduce((sum, use) => sum + use.bytes, 0) <= most) return;
      if (!(await this.#dropOldest(database, probing, run))) return;
    }
  }

  /** Deletes a cache, or the steps of a run, and what is known of its use. */
  async forget(store: UseRecord['store'], key: string): Promise<void> {
    const database = await this.open();
    const change = database.transaction(
      [...(store === 'steps' ? (['runs'] as const) : []), store, 'uses'],
      'readwrite',
    );
    await Promise.all([
      change.objectStore(store).delete(recordsOf(store, key) as IDBKeyRange & string),
      ...(store === 'steps' ? [change.objectStore('runs').delete(key)] : []),
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

  async #dropOldest(database: IDBPDatabase<Schema>, probing: string, run?: string): Promise<boolean> {
    const uses = await database.getAllFromIndex('uses', 'usedAt');
    const mayGo = ({ store, key, probing: of }: UseRecord): boolean =>
      store === 'steps' ? key !== run : store === 'activations' || of !== probing;
    const oldest = uses.find(mayGo);
    if (!oldest) return false;
    await this.forget(oldest.store, oldest.key);
    return true;
  }
}

/** A record of a use, now. */
export function useOf(about: Omit<UseRecord, 'id' | 'usedAt'>): UseRecord {
  return { ...about, id: `${about.store}/${about.key}`, usedAt: Date.now() };
}

/** The keys of all small pictures of a probing set. */
export function samplesOf(probing: string): IDBKeyRange {
  return IDBKeyRange.bound([probing, 0], [probing, Infinity]);
}

/**
 * Settles once a change is written. Where some of it cannot be, none of it is.
 *
 * @param write hands over every request as it is made
 * @throws whatever came first; of several errors, the one that tells of want of room
 */
export async function changed<Names extends StoreNames<Schema>[]>(
  change: IDBPTransaction<Schema, Names, 'readwrite'>,
  write: (asked: (request: Promise<unknown>) => void) => void,
): Promise<void> {
  const requests: Promise<unknown>[] = [];
  const errors: unknown[] = [];
  try {
    write((request) => requests.push(request));
  } catch (error) {
    errors.push(error);
    change.abort();
  }
  for (const outcome of await Promise.allSettled([...requests, change.done])) {
    if (outcome.status === 'rejected') errors.push(outcome.reason);
  }
  if (errors.length > 0) throw errors.find(isWantOfRoom) ?? errors[0];
}

function isWantOfRoom(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'QuotaExceededError';
}

function recordsOf(store: UseRecord['store'], key: string): IDBKeyRange | string {
  if (store === 'thumbnails' || store === 'steps') return samplesOf(key);
  return key;
}
