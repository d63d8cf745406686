import { createReadStream, openAsBlob, type Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { probingFaults } from '../probing/errors.ts';
import type { FileTree, TreeFile } from '../probing/file-tree.ts';
import { readFault } from '../probing/read-fault.ts';
import { faultingStream } from '../probing/trees/faulting-stream.ts';
import { treePaths } from '../probing/trees/paths.ts';
import { zipTree } from '../probing/trees/zip-tree.ts';

const FILES_AT_ONCE = 64;

/**
 * The files of a folder or a zip on disk, or a single file, as sentence pairs come in. Nothing is read yet but names, sizes and times.
 *
 * @param path a folder, a zip archive, or another file
 * @throws Fault naming the path, if it does not exist or cannot be read
 */
export async function diskTree(path: string): Promise<FileTree> {
  const root = resolve(path);
  try {
    if ((await stat(root)).isDirectory()) return { name: basename(root), files: await folderFiles(root) };
    if (await isZip(root)) return await zipTree(await openAsBlob(root), basename(root));
    const name = basename(root);
    return { name, files: new Map([[name, diskFile(name, root, await stat(root))]]) };
  } catch (error) {
    if (isMissing(error)) throw probingFaults['not-found'](path);
    throw readFault(error, path);
  }
}

/** Whether a file is a zip archive by its ending, or by its first bytes. */
async function isZip(path: string): Promise<boolean> {
  if (/\.zip$/i.test(path)) return true;
  const start = await (await openAsBlob(path)).slice(0, 4).text();
  return start === 'PK\x03\x04';
}

async function folderFiles(root: string): Promise<ReadonlyMap<string, TreeFile>> {
  const found: { readonly path: string; readonly absolute: string; readonly stats: Stats }[] = [];
  const paths = await readdir(root, { recursive: true });
  for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
    const batch = paths.slice(at, at + FILES_AT_ONCE).map(async (path) => {
      const absolute = join(root, path);
      // A link to nothing is no file; whoever needs it says so by name.
      const stats = await stat(absolute).catch(() => undefined);
      if (stats?.isFile()) found.push({ path: path.split(sep).join('/'), absolute, stats });
    });
    await Promise.all(batch);
  }
  const { byPath } = treePaths(found);
  return new Map(Array.from(byPath, ([path, { absolute, stats }]) => [path, diskFile(path, absolute, stats)]));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function diskFile(path: string, absolute: string, picked: Stats): TreeFile {
  const toFault = (error: unknown): Error => readFault(error, path);
  const checkUnchanged = async (): Promise<void> => {
    const now = await stat(absolute);
    if (now.size !== picked.size || now.mtimeMs !== picked.mtimeMs) throw probingFaults.changed(path);
  };
  return {
    path,
    size: picked.size,
    stamp: String(Math.floor(picked.mtimeMs)),
    async bytes() {
      try {
        await checkUnchanged();
        return new Uint8Array(await readFile(absolute));
      } catch (error) {
        throw toFault(error);
      }
    },
    stream: () =>
      faultingStream(() => Readable.toWeb(createReadStream(absolute)) as ReadableStream<Uint8Array>, toFault),
  };
}
