import type { AnnotatedSource, SourceConcept } from '../annotated/annotated-source.ts';
import { maskPlane, UNLISTED } from '../annotated/mask-plane.ts';
import { pairFiles, type PairedFiles } from '../annotated/pair-files.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { readIndexPng } from '../png.ts';
import {
  CITYSCAPES_CLASSES,
  GROUPS,
  NOTHING_IDS,
  NOTHING_TRAIN_ID,
  type CityscapesClass,
} from './cityscapes-classes.ts';

const OBJECT = 'object';
const GROUP = 'group';
const TEST = 'test';

const PICTURE = /(^|\/)([^/]+)\/[^/]+\/([^/]+)_leftImg8bit\.(png|jpe?g|webp)$/i;
const MASK = /(^|\/)([^/]+)\/[^/]+\/([^/]+)_(gtFine|gtCoarse)_(labelIds|labelTrainIds)\.png$/;

/** The better comes first. */
const KINDS = ['gtFine_labelIds', 'gtFine_labelTrainIds', 'gtCoarse_labelIds', 'gtCoarse_labelTrainIds'];

interface Masks {
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly tests: number;
}

/** Whether a tree is Cityscapes: it has masks named `<city>_..._gtFine_labelIds.png`, `gtCoarse` or `labelTrainIds`. */
export function recogniseCityscapes({ files }: FileTree): boolean {
  return Array.from(files.keys()).some((path) => MASK.test(path));
}

/**
 * Opens Cityscapes (Cordts et al., The Cityscapes Dataset, CVPR 2016): pictures `leftImg8bit/<split>/<city>/..._leftImg8bit.png`, masks
 * `gtFine/<split>/<city>/..._gtFine_labelIds.png`. Where a picture has several masks, fine ones go before coarse ones, and those with all
 * classes (`labelIds`) before those with the 19 of the benchmark (`labelTrainIds`). The masks of the split test are empty: it is left out.
 *
 * Classes are concepts of the category object; the groups of classes (vehicle, human, ...) are concepts of the category group.
 *
 * @throws Fault naming the file
 */
export async function openCityscapes(tree: FileTree): Promise<AnnotatedSource> {
  const { samples, notes } = findSamples(tree);
  const concepts = listConcepts();
  const tables = { ids: tableOf(false), trainIds: tableOf(true) };
  const source: AnnotatedSource = {
    format: 'cityscapes',
    layout: 'Cityscapes',
    title: tree.name,
    categories: [OBJECT, GROUP],
    concepts,
    samples,
    digests: [],
    notes,
    hasCategory: () => true,
    filesOf: (sample) => [samples[sample].annotation],
    read: async (sample, grid) => {
      const file = samples[sample].annotation;
      const mask = readIndexPng(await file.bytes(), file.path);
      const values = file.path.endsWith('TrainIds.png') ? tables.trainIds : tables.ids;
      const objects = maskPlane(mask, values, grid, (x, y, number) =>
        probingFaults['cityscapes-pixel'](file.path, x, y, number),
      );
      const groups = objects.map((value) => groupValue(value));
      const size = { height: mask.height, width: mask.width, file: file.path };
      return { planes: [objects, groups], everywhere: [], size };
    },
  };
  return Promise.resolve(source);
}

function findSamples(tree: FileTree): PairedFiles {
  const masks = findMasks(tree);
  const pictures = new Map<string, TreeFile>();
  for (const [path, file] of tree.files) {
    const [, , split, name] = PICTURE.exec(path) ?? [];
    if (name !== undefined && split !== TEST) pictures.set(`${split}/${name}`, file);
  }
  const { samples, notes } = pairFiles(pictures, masks.files, (key) => key.slice(0, key.indexOf('/')));
  return { samples, notes: masks.tests > 0 ? [...notes, 'The split test is left out: its masks are empty.'] : notes };
}

function findMasks(tree: FileTree): Masks {
  const files = new Map<string, TreeFile>();
  const ranks = new Map<string, number>();
  let tests = 0;
  for (const [path, file] of tree.files) {
    const [, , split, name, quality, coding] = MASK.exec(path) ?? [];
    if (name === undefined) continue;
    if (split === TEST) tests += 1;
    const key = `${split}/${name}`;
    const rank = KINDS.indexOf(`${quality}_${coding}`);
    if (split === TEST || rank >= (ranks.get(key) ?? KINDS.length)) continue;
    files.set(key, file);
    ranks.set(key, rank);
  }
  return { files, tests };
}

function listConcepts(): SourceConcept[] {
  return [
    ...CITYSCAPES_CLASSES.map(({ id, name }) => ({ number: id, name, category: OBJECT })),
    ...GROUPS.map((name, at) => ({ number: at + 1, name, category: GROUP })),
  ];
}

function tableOf(train: boolean): Uint16Array {
  const values = new Uint16Array(256).fill(UNLISTED);
  for (const id of train ? [NOTHING_TRAIN_ID] : NOTHING_IDS) values[id] = 0;
  CITYSCAPES_CLASSES.forEach(({ id, trainId }: CityscapesClass, place) => {
    const number = train ? trainId : id;
    if (number !== undefined) values[number] = place + 1;
  });
  return values;
}

function groupValue(value: number): number {
  const group = value === 0 ? undefined : CITYSCAPES_CLASSES[value - 1].group;
  const at = group === undefined ? -1 : GROUPS.indexOf(group);
  return at < 0 ? 0 : CITYSCAPES_CLASSES.length + at + 1;
}
