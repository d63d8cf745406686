import type { FileTree, TreeFile } from '../file-tree.ts';
import { byCode } from '../ordered.ts';
import { isPicture } from '../picture-paths.ts';
import { linesOf, readText } from '../text-file.ts';

/** Files of Pascal VOC by what they are; keys are paths without `JPEGImages/` and the like, and without endings: `VOC2012/2007_000032`. */
export interface VocFiles {
  readonly pictures: ReadonlyMap<string, TreeFile>;
  readonly masks: ReadonlyMap<string, TreeFile>;
  readonly boxes: ReadonlyMap<string, TreeFile>;
}

const PLACES = /^(.*\/)?(JPEGImages|SegmentationClass|Annotations)\/([^/]+)\.([^./]+)$/;
const LISTS = /^(.*\/)?ImageSets\/(Segmentation|Main)\/([^/]+)\.txt$/;

/** Finds pictures, masks and boxes. */
export function findVocFiles({ files }: FileTree): VocFiles {
  const pictures = new Map<string, TreeFile>();
  const masks = new Map<string, TreeFile>();
  const boxes = new Map<string, TreeFile>();
  for (const [path, file] of files) {
    const match = PLACES.exec(path);
    if (match === null) continue;
    const [, above = '', folder, stem, ending] = match;
    const key = `${above}${stem}`;
    if (folder === 'JPEGImages' && isPicture(path)) pictures.set(key, file);
    if (folder === 'SegmentationClass' && ending.toLowerCase() === 'png') masks.set(key, file);
    if (folder === 'Annotations' && ending.toLowerCase() === 'xml') boxes.set(key, file);
  }
  return { pictures, masks, boxes };
}

/**
 * The splits: which list under `ImageSets/` names a picture. Of several the first counts, `train` and `val` before `test`, others, and
 * `trainval`. Lists of single classes under `Main` (`cat_train`) are no splits.
 *
 * @param set the lists for masks, or those for boxes
 * @returns split by key
 */
export async function readSplits({ files }: FileTree, set: 'Segmentation' | 'Main'): Promise<Map<string, string>> {
  const lists = Array.from(files).flatMap(([path, file]) => {
    const [, above = '', folder = '', name = ''] = LISTS.exec(path) ?? [];
    const isSplit = folder === set && (set === 'Segmentation' || /^(train|val|test|trainval)$/.test(name));
    return isSplit ? [{ above, name, file }] : [];
  });
  lists.sort((one, other) => rank(one.name) - rank(other.name) || byCode(one.name, other.name));
  const splits = new Map<string, string>();
  for (const { above, name, file } of lists) {
    for (const { text } of linesOf((await readText(file)).text)) {
      const key = `${above}${text.split(/\s+/, 1)[0]}`;
      if (!splits.has(key)) splits.set(key, name);
    }
  }
  return splits;
}

function rank(name: string): number {
  const order = ['train', 'val', 'test'];
  if (name === 'trainval') return order.length + 1;
  return order.includes(name) ? order.indexOf(name) : order.length;
}
