import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { readIndexPng } from '../png.ts';
import type { CocoPart } from './coco-part.ts';
import { putLabels } from './label-regions.ts';
import { nameOf, stemOf, type PictureFinder } from './pictures.ts';
import { splitIn } from './splits.ts';
import { STUFF_LABELS } from './stuff-labels.ts';

/** COCO's pictures are numbered with twelve digits; those of 2014 also carry their split. */
const NAME = /^((?:COCO_[a-z]+\d{4}_)?\d{12})(_labelTrainIds)?\.png$/;
const NO_LABEL_MAPS = /panoptic|inst(ances?)?(\/|$)|semantic/i;
const NAMED_FOLDER = /stuff|label|pixelmaps/i;

/** What the pixels of a label map stand for. */
interface Coding {
  /** For people. */
  readonly name: string;
  /** Pixels without a label. */
  readonly none: ReadonlySet<number>;
  /** Place of a pixel's label among the labels. */
  placeOf(value: number): number | undefined;
}

const PLACES = new Map(STUFF_LABELS.map(({ id }, place) => [id, place]));
const place = (value: number): number | undefined => (value in STUFF_LABELS ? value : undefined);

/** COCO-Stuff 164K, `stuffthingmaps`: the label's number less 1, 255 for none. */
const STUFF_THING: Coding = {
  name: "a label's number less 1, or 255",
  none: new Set([255]),
  placeOf: (value) => PLACES.get(value + 1),
};
/** COCO's stuff challenge, `pixelmaps`: the label's number, 0 for none and 183 for things. */
const PIXELMAPS: Coding = {
  name: "a label's number, 0 or 183",
  none: new Set([0, 183]),
  placeOf: (value) => PLACES.get(value),
};
/** Converted for training, COCO-Stuff 164K: place among the 171 labels from 0, 255 for none. */
const TRAIN_IDS: Coding = { name: 'a number from 0 to 170, or 255', none: new Set([255]), placeOf: place };
/** Converted for training, COCO-Stuff 10K (pictures of 2014): place from 1, 0 for none. */
const TRAIN_IDS_10K: Coding = {
  name: 'a number from 0 to 171',
  none: new Set([0]),
  placeOf: (value) => place(value - 1),
};

/** A label map of COCO-Stuff. */
interface LabelMap {
  readonly file: TreeFile;
  /** Name of its picture, without ending. */
  readonly stem: string;
  readonly split: string | undefined;
  readonly coding: Coding;
}

/**
 * Label maps of COCO-Stuff in a tree, by their names: twelve digits, in a folder whose name says so, or beside a picture of the same name;
 * `_labelTrainIds` at the end where they were converted. Of two maps of a picture in one folder the one that was not converted counts.
 *
 * @param taken paths that are something else
 */
export function findLabelMaps(tree: FileTree, taken: ReadonlySet<string>): readonly LabelMap[] {
  const pictures = new Set<string>();
  for (const path of tree.files.keys()) if (/\.(jpe?g|webp)$/i.test(path)) pictures.add(stemOf(path));
  const maps = new Map<string, LabelMap>();
  const candidates = Array.from(tree.files.keys()).filter((path) => NAME.test(nameOf(path)));
  for (const path of candidates.sort()) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const [, stem, converted] = NAME.exec(path.slice(folder.length)) ?? [];
    const file = tree.files.get(path);
    if (stem === undefined || file === undefined || taken.has(path) || NO_LABEL_MAPS.test(folder)) continue;
    const named = NAMED_FOLDER.test(`${tree.name}/${folder}`) || converted !== undefined;
    if (!named && !pictures.has(stem)) continue;
    const key = folder + stem;
    if (converted !== undefined && maps.has(key)) continue;
    maps.set(key, { file, stem, split: splitIn(path), coding: codingOf(path, stem, converted !== undefined) });
  }
  return Array.from(maps.values());
}

/** The label maps as a part of a source; its concepts are the 171 labels of COCO-Stuff. */
export function labelMapsPart(maps: readonly LabelMap[], finder: PictureFinder): CocoPart {
  return {
    kind: 'stuff',
    categories: STUFF_LABELS,
    images: maps.map(({ stem, split }) => ({ file: stem, split, picture: finder.photograph(stem, split) })),
    digests: [],
    notes: [],
    filesOf: (image) => [maps[image].file],
    async draw(image, grid, put) {
      const { file, coding } = maps[image];
      const { height, width, numbers } = readIndexPng(await file.bytes(), file.path);
      const lookUp = (value: number, pixel: number): number | undefined => {
        const label = coding.placeOf(value);
        if (label === undefined && !coding.none.has(value)) {
          throw probingFaults['coco-label'](file.path, pixel % width, Math.floor(pixel / width), value, coding.name);
        }
        return label;
      };
      putLabels(numbers, { height, width }, grid, lookUp, put);
      return { height, width, file: file.path };
    },
  };
}

function codingOf(path: string, stem: string, converted: boolean): Coding {
  if (converted) return stem.startsWith('COCO_') ? TRAIN_IDS_10K : TRAIN_IDS;
  return /pixelmaps/i.test(path) ? PIXELMAPS : STUFF_THING;
}
