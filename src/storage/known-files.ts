import type { Connection } from './connection.ts';
import type { FileRecord } from './schema.ts';

/** Files and folders remembered; those longest out of use go. */
export const MOST_FILES = 20;

/** Where models, probing sets and files of activations came from: handles that the browser can open again. */
export class KnownFiles {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Remembers a file or folder, in place of one that held the same. @throws Fault `storage/full` */
  async remember(file: Omit<FileRecord, 'id' | 'usedAt'>): Promise<void> {
    const id = `${file.role}/${file.hash}`;
    await this.#connection.withRoom('where files are', '', async (database) => {
      await database.put('files', { ...file, id, usedAt: new Date().toISOString() });
    });
    for (const { id: oldest } of (await this.list()).slice(MOST_FILES)) await this.forget(oldest);
  }

  /** Those remembered, latest first. */
  async list(): Promise<readonly FileRecord[]> {
    const database = await this.#connection.open();
    const files = await database.getAll('files');
    return files.sort((a, b) => (a.usedAt < b.usedAt ? 1 : a.usedAt > b.usedAt ? -1 : 0));
  }

  /** Forgets one; harmless where there is none. */
  async forget(id: string): Promise<void> {
    const database = await this.#connection.open();
    await database.delete('files', id);
  }
}
