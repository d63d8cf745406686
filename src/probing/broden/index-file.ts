import type { FileTree, TreeFile } from '../file-tree.ts';
import { csvHeader } from '../first-line.ts';
import { byCode } from '../ordered.ts';

const INDEX = /^index.*\.csv$/i;
const NEEDED = ['image', 'sh', 'sw'];

/** Files at the top of a tree that are named as an index of Broden's layout is: `index.csv`, `index_ade20k.csv`; in this order of choice. */
export function indexFiles(tree: FileTree): string[] {
  const found = Array.from(tree.files.keys()).filter((path) => INDEX.test(path));
  return found.sort((one, other) => Number(other === 'index.csv') - Number(one === 'index.csv') || byCode(one, other));
}

/**
 * Chooses the index to read: `index.csv`, else the first by name whose header has the columns image, sh and sw, else the first by name.
 *
 * @returns its path and those of the others; undefined where there is none
 */
export async function chooseIndex(
  tree: FileTree,
): Promise<{ readonly path: string; readonly others: readonly string[] } | undefined> {
  const paths = indexFiles(tree);
  if (paths.length === 0) return undefined;
  let path = paths[0];
  if (paths.length > 1 && path !== 'index.csv') {
    const fitting = await Promise.all(paths.map((candidate) => hasHeader(tree.files.get(candidate))));
    path = paths[Math.max(0, fitting.indexOf(true))];
  }
  return { path, others: paths.filter((other) => other !== path) };
}

async function hasHeader(file: TreeFile | undefined): Promise<boolean> {
  const columns = file === undefined ? [] : await csvHeader(file);
  return NEEDED.every((column) => columns.includes(column));
}
