import type { FileTree, TreeFile } from '../file-tree.ts';

const PICTURE = /\.(jpe?g|png|webp|gif|bmp|avif)$/i;

/** Finds the pictures and label maps that annotations name, wherever in the tree they lie. */
export class PictureFinder {
  readonly #byName = new Map<string, TreeFile[]>();
  readonly #byStem = new Map<string, TreeFile[]>();

  constructor(tree: FileTree) {
    for (const file of tree.files.values()) {
      if (!PICTURE.test(file.path)) continue;
      const name = nameOf(file.path);
      push(this.#byName, name, file);
      if (!/\.png$/i.test(name)) push(this.#byStem, stemOf(name), file);
    }
  }

  /**
   * The file that a JSON file names. Several files may have the name (`train/1.jpg`, `val/1.jpg`): the one whose path ends as the name
   * given does, lies in a folder with a name asked for, or nearest to the JSON file, is taken, in this order.
   *
   * @param named path or name as it stands in the JSON file
   * @param folder of the JSON file, with a slash at its end, or empty
   * @param hints names of folders, or parts of them, that speak for a file
   * @param taken paths that are something else
   */
  find(
    named: string,
    folder: string,
    hints: readonly string[],
    taken: ReadonlySet<string> = new Set(),
  ): TreeFile | undefined {
    const path = named.replaceAll('\\', '/').replace(/^(\.{0,2}\/)+/, '');
    const score = (file: TreeFile): number => {
      const ends = file.path === path || file.path.endsWith(`/${path}`) ? 8 : 0;
      const parts = file.path.split('/').slice(0, -1);
      const hinted = hints.some((hint) => parts.includes(hint)) ? 4 : 0;
      const alike = hints.some((hint) => parts.some((part) => part.includes(hint))) ? 2 : 0;
      return ends + hinted + alike + (file.path.startsWith(folder) ? 1 : 0);
    };
    const files = this.#byName.get(nameOf(path)) ?? [];
    return best(taken.size === 0 ? files : files.filter((file) => !taken.has(file.path)), score);
  }

  /**
   * The photograph of a label map: the file of its name with another ending than a label map's.
   *
   * @param split name of a folder that speaks for a file
   */
  photograph(stem: string, split: string | undefined): TreeFile | undefined {
    const inSplit = (file: TreeFile): number => (split !== undefined && file.path.includes(split) ? 1 : 0);
    return best(this.#byStem.get(stem) ?? [], inSplit);
  }
}

/** Name of a file without folders. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Name of a file without folders and ending. */
export function stemOf(path: string): string {
  const name = nameOf(path);
  return name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : name;
}

function push(files: Map<string, TreeFile[]>, key: string, file: TreeFile): void {
  const list = files.get(key);
  if (list === undefined) files.set(key, [file]);
  else list.push(file);
}

function best(files: readonly TreeFile[], score: (file: TreeFile) => number): TreeFile | undefined {
  let found: TreeFile | undefined;
  let most = -1;
  for (const file of files) {
    const points = score(file);
    if (points <= most) continue;
    found = file;
    most = points;
  }
  return found;
}
