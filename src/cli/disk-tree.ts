import { createReadStream, openAsBlob } from 'node:fs';
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
 * The files of a folder or a zip on disk. Nothing is read yet but names, sizes and times.
 *
 * @param path a folder, or a zip archive
 * @throws Fault naming the path, if it does not exist or is neither
 */
export async function diskTree(path: string): Promise<FileTree> {
  const root = resolve(path);
  try {
    if ((await stat(root)).isDirectory()) return { name: basename(root), files: await folderFiles(root) };
    return await zipTree(await openAsBlob(root), basename(root));
  } catch (error) {
    if (isMissing(error)) throw probingFaults['not-found'](path);
    throw readFault(error, path);
  }
}

async function folderFiles(root: string): Promise<ReadonlyMap<string, TreeFile>> {
  const paths = await readdir(root, { recursive: true });
  const { byPath } = treePaths(paths.map((path) => ({ path: path.split(sep).join('/'), absolute: join(root, path) })));
  const entries = Array.from(byPath);
  const files: [string, TreeFile][] = [];
  for (let at = 0; at < entries.length; at += FILES_AT_ONCE) {
    const batch = await Promise.all(
      entries.slice(at, at + FILES_AT_ONCE).map(async ([path, { absolute }]) => ({ path, absolute, found: await stat(absolute) })),
    );
    for (const { path, absolute, found } of batch) {
      if (found.isFile()) files.push([path, diskFile(path, absolute, found.size, found.mtimeMs)]);
    }
  }
  return new Map(files);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function diskFile(path: string, absolute: string, size: number, modified: number): TreeFile {
  const toFault = (error: unknown): Error => readFault(error, path);
  const checkUnchanged = async (): Promise<void> => {
    const now = await stat(absolute);
    if (now.size !== size || now.mtimeMs !== modified) throw probingFaults.changed(path);
  };
  return {
    path,
    size,
    stamp: String(Math.floor(modified)),
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
