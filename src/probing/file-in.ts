import { probingFaults } from './errors.ts';
import type { FileTree, TreeFile } from './file-tree.ts';

/** A file of a tree that must be there. @throws Fault naming the file and the tree */
export function fileIn(tree: FileTree, path: string): TreeFile {
  const file = tree.files.get(path);
  if (file === undefined) throw probingFaults['missing-file'](path, tree.name);
  return file;
}
