import type { AnnotatedSource, SourceConcept, SourceSample } from '../annotated/annotated-source.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import type { LabelMask } from '../png.ts';
import { gridMask, maskLabels, readMask, UNNAMED_LABELS, type MaskLabels } from './mask-labels.ts';
import { namesFile, readNames, type LabelName, type LabelNames } from './names-file.ts';
import { findPairs, hasPairs } from './pairs.ts';

const CATEGORY = 'object';
const MOST_CONCEPTS = 65_534;

interface Vocabulary {
  readonly concepts: readonly SourceConcept[];
  /** By folder of masks; empty for masks that lie in none. */
  readonly labels: ReadonlyMap<string, MaskLabels>;
  readonly digests: readonly string[];
  readonly notes: readonly string[];
}

/** Whether a tree has a folder of pictures, and beside it a folder of PNG masks of which one belongs to a picture. */
export function recogniseFolders(tree: FileTree): boolean {
  return hasPairs(tree);
}

/**
 * Opens a plain folder: pictures in `pictures/` (or images, photos, ...), PNG masks of the same name in `masks/` (or labels, annotations, ...), or
 * in `masks/<category>/`, and a names file ({@link readNames}) beside them or in the folder of the category. Folders named as splits (train, val,
 * test, ...) inside both are the splits. Pictures without a mask are left out.
 *
 * @throws Fault naming the file
 */
export async function openFolders(tree: FileTree): Promise<AnnotatedSource> {
  const { pairs, folder, alone, unused } = findPairs(tree);
  const folders = Array.from(new Set(pairs.flatMap(({ masks }) => masks.map(({ category }) => category))));
  const { concepts, labels, digests, notes } = await readVocabulary(tree, folder, folders);
  const categories = Array.from(new Set(concepts.map(({ category }) => category)));
  return {
    format: 'folders',
    layout: 'Pictures with masks',
    title: tree.name,
    categories,
    concepts,
    samples: pairs.map(({ name, picture, split }): SourceSample => {
      return { name, picture, ...(split !== undefined && { split }) };
    }),
    digests,
    notes: [...notes, ...countNotes(alone, unused)],
    ...((categories.length === 1 || !folders.includes('')) && {
      hasCategory: (sample: number, category: string) =>
        categories.length === 1 || pairs[sample].masks.some((mask) => mask.category === category),
    }),
    filesOf: (sample) => pairs[sample].masks.map(({ file }) => file),
    read: async (sample, grid) => {
      const { masks } = pairs[sample];
      const read = await Promise.all(masks.map(({ file }) => readMask(file)));
      checkAlike(
        masks.map(({ file }) => file),
        read,
      );
      const planes = masks.flatMap(({ file, category }, at) => {
        const meaning = labels.get(category);
        return meaning === undefined ? [] : [gridMask(read[at], file.path, meaning, grid)];
      });
      const [{ height, width }] = read;
      return { planes, everywhere: [], size: { height, width, file: masks[0].file.path } };
    },
  };
}

async function readVocabulary(tree: FileTree, folder: string, folders: readonly string[]): Promise<Vocabulary> {
  const commonFile = namesFile(tree, '') ?? namesFile(tree, `${folder}/`);
  const common = commonFile && (await readNames(commonFile));
  const concepts: SourceConcept[] = [];
  const labels = new Map<string, MaskLabels>();
  const digests = common === undefined ? [] : [common.digest];
  const unnamed: string[] = [];
  for (const inside of [...folders].sort()) {
    const own = inside === '' ? undefined : namesFile(tree, `${folder}/${inside}/`);
    const names = own === undefined ? common : await readNames(own);
    if (own !== undefined && names !== undefined) digests.push(names.digest);
    if (names === undefined) unnamed.push(inside === '' ? folder : `${folder}/${inside}`);
    const named = labelsFor(names, inside);
    labels.set(
      inside,
      maskLabels(
        Array.from(named, ({ number }) => number),
        concepts.length,
        names,
      ),
    );
    for (const { number, name, category } of named)
      concepts.push({ number, name, category: inside === '' ? (category ?? CATEGORY) : inside });
  }
  if (concepts.length > MOST_CONCEPTS)
    throw probingFaults['too-many-concepts'](tree.name, concepts.length, MOST_CONCEPTS);
  return { concepts, labels, digests, notes: unnamed.map(unnamedNote) };
}

/** The labels of a folder of masks: those that the file lists for its category, or all where it lists none for it. */
function labelsFor(names: LabelNames | undefined, inside: string): readonly LabelName[] {
  if (names === undefined) {
    return Array.from({ length: UNNAMED_LABELS }, (_, at) => {
      return { number: at + 1, name: String(at + 1), category: undefined };
    });
  }
  const own = names.labels.filter(({ category }) => category === inside);
  return own.length > 0 ? own : names.labels;
}

function checkAlike(files: readonly TreeFile[], masks: readonly LabelMask[]): void {
  const [{ height, width }] = masks;
  const other = masks.findIndex((mask) => mask.height !== height || mask.width !== width);
  if (other === -1) return;
  const { height: otherHeight, width: otherWidth } = masks[other];
  throw probingFaults['masks-differ'](
    files[0].path,
    `${height} x ${width}`,
    files[other].path,
    `${otherHeight} x ${otherWidth}`,
  );
}

function unnamedNote(folder: string): string {
  return `No file names the labels of ${folder}, so concepts have their numbers as names. A file names.txt with a name a line gives them names.`;
}

function countNotes(alone: number, unused: number): string[] {
  const notes: string[] = [];
  if (alone > 0)
    notes.push(
      `${alone === 1 ? '1 picture has' : `${alone} pictures have`} no mask and ${alone === 1 ? 'is' : 'are'} left out.`,
    );
  if (unused > 0) notes.push(`${unused === 1 ? '1 mask belongs' : `${unused} masks belong`} to no picture.`);
  return notes;
}
