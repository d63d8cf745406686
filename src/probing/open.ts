import { openBroden, type BrodenOptions } from './broden/broden.ts';
import { probingFaults } from './errors.ts';
import type { FileTree } from './file-tree.ts';
import type { ProbingSet } from './probing-set.ts';
import { openTable } from './table/table.ts';

/** What to read of a probing set; each format takes what concerns it. */
export type ProbingOptions = BrodenOptions;

type Layout = 'broden' | 'table';

/**
 * Opens a probing set, whatever its layout: Broden (index.csv, label.csv) or a table (concepts.npy), at the top of the tree or
 * one folder below.
 *
 * @throws Fault that says what was found and which layouts are known, or what is wrong with the files
 */
export async function openProbing(tree: FileTree, options: ProbingOptions = {}): Promise<ProbingSet> {
  const here = layoutOf(tree);
  if (here !== undefined) return openAs(here, tree, options);
  if (tree.files.size === 0) throw probingFaults['empty-tree'](tree.name);
  const below = topFolders(tree).map((folder) => subtree(tree, folder));
  const found = below.filter((candidate) => layoutOf(candidate) !== undefined);
  if (found.length > 1) throw probingFaults['several-sets'](tree.name, found.map(({ name }) => name).join(', '));
  const layout = found.length === 1 ? layoutOf(found[0]) : undefined;
  if (layout === undefined) throw probingFaults['unknown-layout'](tree.name, describe(tree));
  return openAs(layout, found[0], options);
}

function layoutOf(tree: FileTree): Layout | undefined {
  const has = (name: string): boolean => tree.files.has(name);
  if (has('index.csv') || (has('label.csv') && has('category.csv'))) return 'broden';
  return has('concepts.npy') || has('concepts.csv') ? 'table' : undefined;
}

function openAs(layout: Layout, tree: FileTree, options: ProbingOptions): Promise<ProbingSet> {
  return layout === 'broden' ? openBroden(tree, options) : openTable(tree);
}

function topFolders(tree: FileTree): string[] {
  const folders = Array.from(tree.files.keys(), (path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : ''));
  return Array.from(new Set(folders)).filter((folder) => folder !== '');
}

function subtree(tree: FileTree, folder: string): FileTree {
  const prefix = `${folder}/`;
  const inside = Array.from(tree.files).filter(([path]) => path.startsWith(prefix));
  return { name: folder, files: new Map(inside.map(([path, file]) => [path.slice(prefix.length), file])) };
}

function describe(tree: FileTree): string {
  const shown = 5;
  const paths = Array.from(tree.files.keys());
  const more = paths.length > shown ? ` and ${paths.length - shown} more` : '';
  return `${paths.slice(0, shown).join(', ')}${more}`;
}
