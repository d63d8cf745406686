import { readFault } from '../read-fault.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { faultingStream } from './faulting-stream.ts';
import { treePaths } from './paths.ts';

/** A file of a dropped or picked folder, with its path as the browser gives it (`webkitRelativePath`, an entry's `fullPath`). */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

/**
 * The files of a dropped or picked folder. Hidden files are left out, one common top folder is taken off the paths and names the tree.
 *
 * Nothing is read yet. Reading a file that has changed or gone since gives a Fault with its path.
 *
 * @param name for messages and titles, where the files have no common top folder
 */
export function folderTree(files: Iterable<DroppedFile>, name = 'the folder'): FileTree {
  const { byPath, top } = treePaths(files);
  const entries = Array.from(byPath, ([path, { file }]): [string, TreeFile] => [path, blobFile(path, file)]);
  return { name: top ?? name, files: new Map(entries) };
}

function blobFile(path: string, file: File): TreeFile {
  const toFault = (error: unknown): Error => readFault(error, path);
  return {
    path,
    size: file.size,
    stamp: String(file.lastModified),
    async bytes() {
      try {
        return new Uint8Array(await file.arrayBuffer());
      } catch (error) {
        throw toFault(error);
      }
    },
    stream: () => faultingStream(() => file.stream(), toFault),
  };
}
