import type { Grid } from '../../engine/concepts.ts';
import type { AnnotatedSource, Size, SourceSample } from '../annotated/annotated-source.ts';
import { maskPlane, UNLISTED } from '../annotated/mask-plane.ts';
import { readAll } from '../annotated/read-all.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { readRgbPng, type WideMask } from '../png.ts';
import { findPictures, sceneOf, splitOf, type PictureFiles } from './picture-files.ts';
import { MOST_CLASS, readPictureNames, type PictureNames } from './picture-names.ts';
import { CATEGORIES, collectVocabulary, type LevelPlaces } from './vocabulary.ts';

const MOST_CONCEPTS = 65_534;

/** Whether a tree is ADE20K's full release: masks named `_seg.png`, with the names of their classes beside them or in ADE20K's manner. */
export function recogniseAde20k({ files }: FileTree): boolean {
  for (const path of files.keys()) {
    if (!path.endsWith('_seg.png')) continue;
    const stem = path.slice(0, -'_seg.png'.length);
    if (files.has(`${stem}.json`) || files.has(`${stem}_atr.txt`) || /(^|\/)ADE_(train|val)_\d+$/.test(stem))
      return true;
  }
  return false;
}

/**
 * Opens ADE20K's full release (Zhou et al., Semantic Understanding of Scenes through the ADE20K Dataset, IJCV 2019): beside each picture
 * `_seg.png` with its objects, `_parts_1.png`, `_parts_2.png`, ... with their parts, and the names of the classes in a JSON file
 * (ADE20K_2021_17_01) or `_atr.txt` (ADE20K_2016_07_26). Concepts are the classes of objects, those of parts, and scenes: what the JSON says,
 * else what the folders say. The splits are the folders training and validation.
 *
 * A mask's class is R / 10 * 256 + G, its instance B. With JSON the class counts. `_atr.txt` names instances, not numbers of classes: they
 * are counted as the release's loadAde20K.m does, the values of B that occur from small to large, 0 being nothing.
 *
 * Reads all names files, which say what concepts there are.
 *
 * @throws Fault naming the file that is missing or damaged
 */
export async function openAde20k(tree: FileTree): Promise<AnnotatedSource> {
  const pictures = findPictures(tree);
  const names = await readAll(pictures, (files) => readPictureNames(files.names));
  const kinds = names.map(({ kind }) => kind);
  const { concepts, levels, scenes } = collectVocabulary(
    names,
    names.map(({ scene }, at) => (scene.length > 0 ? scene : sceneOf(pictures[at].stem))),
  );
  if (concepts.length > MOST_CONCEPTS)
    throw probingFaults['too-many-concepts'](tree.name, concepts.length, MOST_CONCEPTS);
  const hasCategory = (sample: number, category: string): boolean => {
    if (category === 'scene') return scenes[sample] >= 0;
    return category === 'object' ? (levels[sample][0]?.length ?? 0) > 0 : levels[sample].length > 1;
  };
  return {
    format: 'ade20k',
    layout: 'ADE20K, full release',
    title: tree.name,
    categories: CATEGORIES.filter((name) => concepts.some(({ category }) => category === name)),
    concepts,
    samples: pictures.map(toSample),
    digests: [],
    notes: [],
    hasCategory,
    filesOf: (sample) => {
      const { objects, parts, names: file } = pictures[sample];
      return [objects, ...parts, file];
    },
    read: async (sample, grid) => {
      const { planes, size } = await readMasks(pictures[sample], kinds[sample], levels[sample], grid);
      const scene = scenes[sample];
      return { planes, everywhere: scene < 0 ? [] : [scene], size };
    },
  };
}

function toSample({ stem, picture, objects }: PictureFiles): SourceSample {
  const split = splitOf(stem);
  const name = picture?.path ?? objects.path;
  return { name, ...(picture && { picture }), ...(split !== undefined && { split }) };
}

async function readMasks(
  { objects, parts, names }: PictureFiles,
  kind: PictureNames['kind'],
  levels: readonly LevelPlaces[],
  grid: Grid,
): Promise<{ planes: Uint16Array[]; size: Size & { readonly file: string } }> {
  const masks = await Promise.all([objects, ...parts].map((file) => readMask(file)));
  const { width, height, path } = masks[0];
  const other = masks.find((mask) => mask.width !== width || mask.height !== height);
  if (other !== undefined)
    throw probingFaults['masks-differ'](path, `${height} x ${width}`, other.path, `${other.height} x ${other.width}`);
  const planes = masks.map((mask, level) => {
    const numbers = kind === 'classes' ? classNumbers(mask) : instanceNumbers(mask);
    return maskPlane({ width, height, numbers }, valuesOf(kind, levels, level), grid, (x, y, number) =>
      kind === 'classes'
        ? probingFaults['unlisted-pixel'](mask.path, x, y, number, names.path)
        : probingFaults['ade-instance'](mask.path, x, y, number, level, names.path),
    );
  });
  return { planes, size: { width, height, file: path } };
}

async function readMask(file: TreeFile): Promise<WideMask & { readonly path: string }> {
  return { ...readRgbPng(await file.bytes(), file.path), path: file.path };
}

function classNumbers({ numbers }: WideMask): Uint16Array {
  const classes = new Uint16Array(numbers.length);
  for (let at = 0; at < numbers.length; at += 1) {
    const rgb = numbers[at];
    classes[at] = Math.floor((rgb & 255) / 10) * 256 + ((rgb >> 8) & 255);
  }
  return classes;
}

function instanceNumbers({ numbers }: WideMask): Uint16Array {
  const ranks = new Uint16Array(256);
  for (const rgb of numbers) ranks[rgb >> 16] = 1;
  for (let value = 1, rank = 0; value < 256; value += 1) if (ranks[value] === 1) ranks[value] = rank += 1;
  ranks[0] = 0;
  const instances = new Uint16Array(numbers.length);
  for (let at = 0; at < numbers.length; at += 1) instances[at] = ranks[numbers[at] >> 16];
  return instances;
}

/** Numbers of other levels are taken too where classes are numbered: what the names file calls a part is one, whichever mask has it. */
function valuesOf(kind: PictureNames['kind'], levels: readonly LevelPlaces[], level: number): Uint16Array {
  const values = new Uint16Array(MOST_CLASS + 1).fill(UNLISTED);
  values[0] = 0;
  const others = kind === 'classes' ? levels.filter((_, at) => at !== level) : [];
  for (const places of [...others, levels.at(level) ?? []]) {
    for (let at = 0; at < places.length; at += 2) values[places[at]] = places[at + 1] + 1;
  }
  return values;
}
