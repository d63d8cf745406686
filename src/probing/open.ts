import { probingFaults } from './errors.ts';
import type { FileTree, TreeFile } from './file-tree.ts';
import { PLAIN, SPECIFIC, type Layout } from './layouts.ts';
import type { ProbingOptions, ProbingTools } from './probing-options.ts';
import type { ProbingSet } from './probing-set.ts';

const DEEPEST = 2;

interface Found {
  readonly layout: Layout;
  readonly tree: FileTree;
  /** Path of its folder inside the dropped tree. */
  readonly path: string;
}

interface Folder {
  readonly tree: FileTree;
  readonly path: string;
}

/**
 * Opens a probing set, whatever its layout (docs/formats.md), at the top of the tree or up to two folders below; the highest is taken, and
 * layouts known by special files before plain folders.
 *
 * @throws Fault that says what was found and which layouts are known, or what is wrong with the files
 */
export async function openProbing(
  tree: FileTree,
  options: ProbingOptions = {},
  tools?: ProbingTools,
): Promise<ProbingSet> {
  if (tree.files.size === 0) throw probingFaults['empty-tree'](tree.name);
  const found = (await firstFound(SPECIFIC, tree)) ?? (await firstFound(PLAIN, tree)) ?? [];
  if (found.length > 1) throw probingFaults['several-sets'](tree.name, found.map(({ path }) => path).join(', '));
  if (found.length === 0) throw probingFaults['unknown-layout'](tree.name, describe(tree));
  return found[0].layout.open(found[0].tree, options, tools);
}

async function firstFound(layouts: readonly Layout[], tree: FileTree): Promise<readonly Found[] | undefined> {
  let folders: readonly Folder[] = [{ tree, path: '' }];
  for (let depth = 0; depth <= DEEPEST; depth++) {
    if (depth > 0) folders = folders.flatMap(foldersIn);
    const found: Found[] = [];
    for (const folder of folders) {
      const layout = await layoutOf(folder.tree, layouts);
      if (layout !== undefined) found.push({ layout, ...folder });
    }
    if (found.length === 1 && found[0].layout.deep) return separate(found[0], layouts);
    if (found.length > 0) return found;
  }
  return undefined;
}

/** What was found, or the sets in its folders, if these have different layouts. */
async function separate(found: Found, layouts: readonly Layout[]): Promise<readonly Found[]> {
  const below: Found[] = [];
  for (const folder of foldersIn(found)) {
    const layout = await layoutOf(folder.tree, layouts);
    if (layout !== undefined) below.push({ layout, ...folder });
  }
  return new Set(below.map(({ layout }) => layout)).size > 1 ? below : [found];
}

async function layoutOf(tree: FileTree, layouts: readonly Layout[]): Promise<Layout | undefined> {
  for (const layout of layouts) if (await layout.recognise(tree)) return layout;
  return undefined;
}

function foldersIn({ tree, path }: Folder): Folder[] {
  const folders = new Map<string, Map<string, TreeFile>>();
  for (const [inside, file] of tree.files) {
    const slash = inside.indexOf('/');
    if (slash === -1) continue;
    const name = inside.slice(0, slash);
    const files = folders.get(name) ?? new Map<string, TreeFile>();
    if (files.size === 0) folders.set(name, files);
    files.set(inside.slice(slash + 1), file);
  }
  return Array.from(folders, ([name, files]) => ({
    tree: { name, files },
    path: path === '' ? name : `${path}/${name}`,
  }));
}

function describe(tree: FileTree): string {
  const shown = 5;
  const paths = Array.from(tree.files.keys());
  const more = paths.length > shown ? ` and ${paths.length - shown} more` : '';
  return `${paths.slice(0, shown).join(', ')}${more}`;
}
