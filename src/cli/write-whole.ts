import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cliFaults } from './errors.ts';

/** End of the names of files that are being written. */
export const UNFINISHED = '.part';

/**
 * Writes a file so that its name never stands for half of it, whatever happens meanwhile: under another name, onto the disk, then renamed.
 * Its folder is made if need be.
 *
 * @throws Fault `cli/not-writable`
 */
export async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.${process.pid}${UNFINISHED}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw cliFaults['not-writable'](path, error instanceof Error ? error.message : String(error));
  }
}

/** Makes names in a folder last through a loss of power, where the system has a way to. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
