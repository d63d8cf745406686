import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import type { FileTree } from '../../../src/probing/file-tree.ts';
import { folderTree } from '../../../src/probing/trees/folder-tree.ts';

/** Files by path, to be made into a folder or a zip. */
export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** The files of a golden folder. */
export function goldenFiles(name: string): Map<string, Uint8Array<ArrayBuffer>> {
  const root = join(import.meta.dirname, '../../golden', name);
  const paths = readdirSync(root, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(root, path)).isFile());
  return new Map(paths.map((path) => [path.split(sep).join('/'), new Uint8Array(readFileSync(join(root, path)))]));
}

/** A golden's JSON file. */
export function goldenJson(name: string, file: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../golden', name, file), 'utf8'));
}

/** The tree a page makes of a dropped folder. */
export function asFolder(files: Files, name = 'set'): FileTree {
  return folderTree(
    Array.from(files, ([path, bytes]) => ({
      path: `${name}/${path}`,
      file: new File([bytes], path.slice(path.lastIndexOf('/') + 1), { lastModified: 1 }),
    })),
  );
}

/** A zip archive of the files. */
export async function asZip(files: Iterable<readonly [string, Uint8Array]>, password?: string): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter('application/zip'), { useWebWorkers: false });
  for (const [path, bytes] of files)
    await writer.add(path, new Uint8ArrayReader(bytes), password === undefined ? {} : { password });
  return writer.close();
}

export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
