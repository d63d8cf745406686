import type { FileTree, TreeFile } from '../file-tree.ts';
import { byCode } from '../ordered.ts';
import { isMaskFolder, isPicture, isPictureFolder, splitIn, withoutEnding } from '../picture-paths.ts';

/** A mask of a picture. */
export interface MaskFile {
  readonly file: TreeFile;
  /** Folder it lies in inside the folder of masks, where that is not one of the pictures' own; else empty. */
  readonly category: string;
}

/** A picture with its masks. */
export interface Pair {
  readonly name: string;
  readonly picture: TreeFile;
  readonly split: string | undefined;
  /** At least one. */
  readonly masks: readonly MaskFile[];
}

/** Pictures and masks of a tree that belong together by their names. */
export interface Pairs {
  /** By path of the picture. */
  readonly pairs: readonly Pair[];
  /** Name of the folder of masks. */
  readonly folder: string;
  /** Pictures without a mask. */
  readonly alone: number;
  /** Masks without a picture. */
  readonly unused: number;
}

/** Whether any mask belongs to a picture. */
export function hasPairs(tree: FileTree): boolean {
  return findPairs(tree).pairs.length > 0;
}

/**
 * Finds pictures `pictures/a/b.jpg` and their masks `masks/a/b.png` or `masks/<category>/a/b.png`; folders by any of their names, inside the one of
 * masks that with the most masks.
 */
export function findPairs(tree: FileTree): Pairs {
  const pictures = new Map<string, { readonly path: string; readonly file: TreeFile }>();
  const masks = new Map<string, [path: string, file: TreeFile][]>();
  for (const [path, file] of tree.files) {
    const slash = path.indexOf('/');
    const top = path.slice(0, Math.max(0, slash));
    const rest = path.slice(slash + 1);
    if (isPictureFolder(top) && isPicture(rest)) pictures.set(withoutEnding(rest), { path, file });
    if (isMaskFolder(top) && /\.png$/i.test(rest)) {
      const known = masks.get(top);
      if (known === undefined) masks.set(top, [[rest, file]]);
      else known.push([rest, file]);
    }
  }
  const [folder, files] = Array.from(masks).sort(([, one], [, other]) => other.length - one.length)[0] ?? ['', []];
  const byPicture = new Map<string, MaskFile[]>();
  let unused = 0;
  for (const [rest, file] of files) {
    const own = withoutEnding(rest);
    const inside = own.slice(own.indexOf('/') + 1);
    const key = pictures.has(own) ? own : inside;
    if (!pictures.has(key)) {
      unused++;
      continue;
    }
    const category = key === own ? '' : own.slice(0, own.length - inside.length - 1);
    const known = byPicture.get(key);
    if (known === undefined) byPicture.set(key, [{ file, category }]);
    else known.push({ file, category });
  }
  const pairs = Array.from(byPicture, ([key, found]): Pair | undefined => {
    const picture = pictures.get(key);
    const ordered = found.sort((one, other) => byCode(one.category, other.category));
    return picture && { name: picture.path, picture: picture.file, split: splitIn(key), masks: ordered };
  }).filter((pair) => pair !== undefined);
  pairs.sort((one, other) => byCode(one.name, other.name));
  return { pairs, folder, alone: pictures.size - pairs.length, unused };
}
