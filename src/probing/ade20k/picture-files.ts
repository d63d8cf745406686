import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { byCode } from '../ordered.ts';
import { fileName } from '../picture-paths.ts';

/** The files of one picture of ADE20K's full release. */
export interface PictureFiles {
  /** Path without endings: `images/ADE/training/urban/street/ADE_train_00016869`. */
  readonly stem: string;
  readonly picture: TreeFile | undefined;
  /** `_seg.png`: classes of objects. */
  readonly objects: TreeFile;
  /** `_parts_1.png`, `_parts_2.png`, ...: classes of parts, by level from 1. */
  readonly parts: readonly TreeFile[];
  /** The newer JSON, or the `_atr.txt` of 2016, which name the classes. */
  readonly names: TreeFile;
}

/**
 * Finds the pictures of ADE20K's full release, in the order of their paths.
 *
 * @throws Fault naming the file that is missing
 */
export function findPictures({ name, files }: FileTree): readonly PictureFiles[] {
  const stems = new Set<string>();
  for (const path of files.keys()) {
    const match = /^(.*)(?:_seg\.png|_atr\.txt)$/.exec(path) ?? /^(.*)\.json$/.exec(path);
    const stem = match?.[1];
    if (stem === undefined) continue;
    // Other JSON files may lie about; a picture's has masks or the picture beside it.
    if (!path.endsWith('.json') || files.has(`${stem}_seg.png`) || files.has(`${stem}.jpg`)) stems.add(stem);
  }
  const beside = (path: string, of: string): TreeFile => {
    const file = files.get(path);
    if (file === undefined) throw probingFaults['ade-missing'](fileName(path), of, name);
    return file;
  };
  return Array.from(stems)
    .sort(byCode)
    .map((stem) => {
      const names = files.get(`${stem}.json`) ?? files.get(`${stem}_atr.txt`);
      const objects = beside(`${stem}_seg.png`, names?.path ?? stem);
      if (names === undefined) throw probingFaults['ade-no-names'](objects.path);
      return { stem, picture: files.get(`${stem}.jpg`), objects, parts: partFiles(files, stem), names };
    });
}

/** The split in a picture's path or, where it lies in no folder, in its name. */
export function splitOf(stem: string): string | undefined {
  const folder = stem.split('/').find((part) => /^(training|validation)$/.test(part));
  if (folder !== undefined) return folder;
  const match = /(?:^|\/)ADE_(train|val)_[^/]*$/.exec(stem);
  return match === null ? undefined : match[1] === 'train' ? 'training' : 'validation';
}

/** The scene that the folders say: `training/s/street` is `street`, `training/a/apartment_building/outdoor` is joined. */
export function sceneOf(stem: string): readonly string[] {
  const folders = stem.split('/').slice(0, -1);
  const at = folders.findIndex((part) => /^(training|validation)$/.test(part));
  const below = at < 0 ? [] : folders.slice(at + 1);
  const scene = below[0]?.length === 1 ? below.slice(1) : below;
  return scene.length === 0 ? [] : [scene.join('/')];
}

function partFiles(files: FileTree['files'], stem: string): TreeFile[] {
  const parts: TreeFile[] = [];
  for (;;) {
    const file = files.get(`${stem}_parts_${parts.length + 1}.png`);
    if (file === undefined) return parts;
    parts.push(file);
  }
}
