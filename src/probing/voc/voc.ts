import type { Grid } from '../../engine/concepts.ts';
import type { AnnotatedSource, SourceConcept, SourceLabels } from '../annotated/annotated-source.ts';
import { maskPlane, UNLISTED } from '../annotated/mask-plane.ts';
import { pairFiles, type AnnotatedFile } from '../annotated/pair-files.ts';
import { PlaneStack } from '../annotated/plane-stack.ts';
import { readAll } from '../annotated/read-all.ts';
import { covered } from '../boxes/cover.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { byCode } from '../ordered.ts';
import { readIndexPng } from '../png.ts';
import { readBoxes, type NamedBox, type PictureBoxes } from './read-boxes.ts';
import { VOC_CLASSES } from './voc-classes.ts';
import { findVocFiles, readSplits } from './voc-files.ts';

const VOID = 255;
const OBJECT = 'object';
const PART = 'part';
const BOXES = 'boxes';
const MOST_CONCEPTS = 65_534;

type Places = ReadonlyMap<string, number>;

interface Vocabulary {
  readonly concepts: readonly SourceConcept[];
  readonly objects: Places;
  readonly parts: Places;
}

/** Whether a tree is in Pascal VOC's layout: masks in `SegmentationClass/`, or boxes in `Annotations/` beside pictures in `JPEGImages/`. */
export function recogniseVoc(tree: FileTree): boolean {
  const { pictures, masks, boxes } = findVocFiles(tree);
  return masks.size > 0 || (pictures.size > 0 && boxes.size > 0);
}

/**
 * Opens Pascal VOC (Everingham et al., IJCV 2010), or a set in its layout: pictures in `JPEGImages/`, masks in `SegmentationClass/` (PNG, the
 * place in the palette is the class, 0 is nothing and 255 a border that counts as nothing), boxes in `Annotations/` (XML). Splits are
 * the lists in `ImageSets/`.
 *
 * Where a picture has boxes but no mask, a box is the region of its object, and parts inside objects are concepts of the category part. If
 * others do have masks, such pictures are a split of their own, `boxes`. Classes of masks are the 20 of VOC; boxes may have other names too.
 *
 * @throws Fault naming the file
 */
export async function openVoc(tree: FileTree): Promise<AnnotatedSource> {
  const { pictures, masks, boxes } = findVocFiles(tree);
  const splits = await readSplits(tree, masks.size > 0 ? 'Segmentation' : 'Main');
  const boxOnly = new Map(Array.from(boxes).filter(([key]) => !masks.has(key)));
  const annotations = new Map<string, TreeFile>([...masks, ...boxOnly]);
  const splitOf = (key: string): string | undefined => (masks.size > 0 && !masks.has(key) ? BOXES : splits.get(key));
  const { samples, notes } = pairFiles(pictures, annotations, splitOf);
  const boxed = samples.filter(({ key }) => !masks.has(key));
  const read = await readAll(boxed, ({ annotation }) => readBoxes(annotation));
  const boxesOf = new Map(boxed.map(({ key }, at) => [key, read[at]]));
  const vocabulary = collectVocabulary(read, masks.size > 0);
  if (vocabulary.concepts.length > MOST_CONCEPTS)
    throw probingFaults['too-many-concepts'](tree.name, vocabulary.concepts.length, MOST_CONCEPTS);

  return {
    format: 'voc',
    layout: masks.size > 0 ? 'Pascal VOC' : 'Pascal VOC, boxes',
    title: tree.name,
    categories: vocabulary.parts.size > 0 ? [OBJECT, PART] : [OBJECT],
    concepts: vocabulary.concepts,
    samples,
    digests: Array.from(splits, ([key, split]) => `${key} ${split}`),
    notes: [...notes, ...boxNotes(boxed.length, masks.size > 0), ...matNotes(tree)],
    hasCategory: (sample, category) => category === OBJECT || (boxesOf.get(samples[sample].key)?.parts.length ?? 0) > 0,
    filesOf: (sample) => [samples[sample].annotation],
    read: async (sample, grid) => {
      const { key, annotation } = samples[sample];
      const found = boxesOf.get(key);
      return found === undefined ? readMask(annotation, grid) : drawBoxes(found, samples[sample], vocabulary, grid);
    },
  };
}

function collectVocabulary(read: readonly PictureBoxes[], hasMasks: boolean): Vocabulary {
  const namesOf = (boxes: (picture: PictureBoxes) => readonly NamedBox[]): string[] =>
    Array.from(new Set(read.flatMap((picture) => boxes(picture).map(({ name }) => name)))).sort(byCode);
  const boxed = namesOf(({ objects }) => objects);
  const others = boxed.filter((name) => !VOC_CLASSES.includes(name));
  // A set of its own in this layout has none of VOC's classes that it does not name.
  const known = hasMasks || others.length === 0 ? VOC_CLASSES : VOC_CLASSES.filter((name) => boxed.includes(name));
  const objects = [...known, ...others];
  const parts = namesOf((picture) => picture.parts);
  return {
    concepts: [...objects.map(numbered(OBJECT)), ...parts.map(numbered(PART))],
    objects: new Map(objects.map((name, at) => [name, at])),
    parts: new Map(parts.map((name, at) => [name, objects.length + at])),
  };
}

function numbered(category: string): (name: string, at: number) => SourceConcept {
  return (name, at) => ({ number: at + 1, name, category });
}

async function readMask(file: TreeFile, grid: Grid): Promise<SourceLabels> {
  const mask = readIndexPng(await file.bytes(), file.path);
  const values = new Uint16Array(VOID + 1).fill(UNLISTED);
  values[0] = 0;
  values[VOID] = 0;
  VOC_CLASSES.forEach((_, at) => {
    values[at + 1] = at + 1;
  });
  const plane = maskPlane(mask, values, grid, (x, y, number) => probingFaults['voc-pixel'](file.path, x, y, number));
  return { planes: [plane], everywhere: [], size: { height: mask.height, width: mask.width, file: file.path } };
}

function drawBoxes(found: PictureBoxes, sample: AnnotatedFile, vocabulary: Vocabulary, grid: Grid): SourceLabels {
  const stack = new PlaneStack(grid);
  const draw = (boxes: readonly NamedBox[], places: Places): void => {
    for (const { name, box } of boxes) stack.put(places.get(name) ?? 0, covered(box, grid));
  };
  draw(found.objects, vocabulary.objects);
  draw(found.parts, vocabulary.parts);
  return { planes: stack.planes, everywhere: [], size: { ...found.size, file: sample.annotation.path } };
}

function boxNotes(count: number, hasMasks: boolean): string[] {
  if (count === 0) return [];
  if (!hasMasks) return ['There are boxes but no masks: a box counts as the region of its object.'];
  const pictures = count === 1 ? '1 picture has' : `${count.toLocaleString('en')} pictures have`;
  return [`${pictures} boxes but no mask; a box counts as the region of its object. They are the split ${BOXES}.`];
}

function matNotes({ files }: FileTree): string[] {
  const hasParts = Array.from(files.keys()).some((path) => /(^|\/)(Annotations_Part|SegmentationPart)\//.test(path));
  return hasParts ? ['Pascal-Part (.mat files) is not read.'] : [];
}
