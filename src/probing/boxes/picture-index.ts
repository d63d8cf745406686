import type { FileTree, TreeFile } from '../file-tree.ts';
import { fileName, isPicture, withoutEnding } from '../picture-paths.ts';

/** A picture of a tree with its path inside it. */
export interface TreePicture {
  readonly path: string;
  readonly file: TreeFile;
}

/** Finds pictures by what a table calls them: their path, or their file's name, each with or without its ending. */
export class PictureIndex {
  readonly #byPath = new Map<string, TreePicture>();
  readonly #byName = new Map<string, TreePicture[]>();

  constructor(tree: FileTree) {
    for (const [path, file] of tree.files) {
      if (!isPicture(path)) continue;
      const picture = { path, file };
      for (const key of new Set([path, withoutEnding(path)])) this.#byPath.set(key, picture);
      const name = fileName(path);
      for (const key of new Set([name, withoutEnding(name)])) {
        const known = this.#byName.get(key);
        if (known === undefined) this.#byName.set(key, [picture]);
        else known.push(picture);
      }
    }
  }

  /** Pictures that a name may mean: none, one, or several of the same file name in different folders. */
  find(written: string): readonly TreePicture[] {
    const path = written.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
    const exact = this.#byPath.get(path);
    if (exact !== undefined) return [exact];
    const named = this.#byName.get(fileName(path)) ?? [];
    if (!path.includes('/')) return named;
    const ending = named.filter((picture) => withoutEnding(picture.path).endsWith(`/${withoutEnding(path)}`));
    return ending.length > 0 ? ending : named;
  }
}
