import type { AnnotatedSource, SourceSample } from '../annotated/annotated-source.ts';
import { hasSceneLabels } from '../annotated/scene-labels.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { byCode } from '../ordered.ts';
import { isMaskFolder, isPicture, isPictureFolder, isSplit, splitIn } from '../picture-paths.ts';
import { probingFaults } from '../errors.ts';
import { readClassNames, type ClassNames } from './class-names.ts';

const CATEGORY = 'class';
const FEWEST_CLASSES = 2;
const MOST_CONCEPTS = 65_534;

interface Classified {
  readonly file: TreeFile;
  readonly path: string;
  readonly folder: string;
  readonly split: string | undefined;
}

/**
 * Whether a tree has a folder a class: `<class>/<picture>` or `<split>/<class>/<picture>`, at least two classes, and most of its files are
 * pictures that lie so; or pictures and a file of scene labels.
 */
export function recogniseClasses(tree: FileTree): boolean {
  return hasClasses(tree) || (hasSceneLabels(tree) && Array.from(tree.files.keys()).some(isPicture));
}

function hasClasses(tree: FileTree): boolean {
  const found = classified(tree);
  return classFolders(found).length >= FEWEST_CLASSES && 2 * found.length > tree.files.size;
}

/**
 * Opens pictures sorted into a folder a class, as ImageNet is: the class of a picture is a concept of all of it, of the category class. Folders
 * above the classes that are named as splits (train, val, test, ...) are the splits. A file of class names gives folders their names.
 * Pictures that are not sorted so have no classes; their scenes come from a file of labels (annotated/scene-labels.ts).
 *
 * @throws Fault naming the file of class names, if it cannot be read
 */
export async function openClasses(tree: FileTree): Promise<AnnotatedSource> {
  if (!hasClasses(tree)) return plainPictures(tree);
  const found = classified(tree).sort((one, other) => byCode(one.path, other.path));
  const folders = classFolders(found);
  if (folders.length > MOST_CONCEPTS)
    throw probingFaults['too-many-concepts'](tree.name, folders.length, MOST_CONCEPTS);
  const names = await readClassNames(tree, folders);
  const places = new Map(folders.map((folder, place) => [folder, place]));
  const samples = found.map(({ file, path, split }): SourceSample => {
    return { name: path, picture: file, ...(split !== undefined && { split }) };
  });
  return {
    format: 'classes',
    layout: 'Folders of classes',
    title: tree.name,
    categories: [CATEGORY],
    concepts: folders.map((folder, place) => ({
      number: place + 1,
      name: names?.names.get(folder) ?? folder,
      category: CATEGORY,
    })),
    samples,
    digests: names === undefined ? [] : [names.file.digest],
    notes: nameNotes(names, folders),
    hasCategory: (_, category) => category === CATEGORY,
    filesOf: () => [],
    read: (sample) => {
      const place = places.get(found[sample].folder);
      return Promise.resolve({ planes: [], everywhere: place === undefined ? [] : [place], size: null });
    },
  };
}

function plainPictures(tree: FileTree): AnnotatedSource {
  const pictures = Array.from(tree.files).filter(([path]) => isPicture(path));
  pictures.sort(([one], [other]) => byCode(one, other));
  return {
    format: 'classes',
    layout: 'Pictures with scenes',
    title: tree.name,
    categories: [],
    concepts: [],
    samples: pictures.map(([path, picture]): SourceSample => {
      const split = splitIn(path);
      return { name: path, picture, ...(split !== undefined && { split }) };
    }),
    digests: [],
    notes: [],
    filesOf: () => [],
    read: () => Promise.resolve({ planes: [], everywhere: [], size: null }),
  };
}

function classified(tree: FileTree): Classified[] {
  const found: Classified[] = [];
  for (const [path, file] of tree.files) {
    if (!isPicture(path)) continue;
    const folders = path.split('/').slice(0, -1);
    const split = folders.length === 2 && isSplit(folders[0]) ? folders[0] : undefined;
    if (folders.length !== (split === undefined ? 1 : 2)) continue;
    const folder = folders[folders.length - 1];
    if (isPictureFolder(folder) || isMaskFolder(folder) || isSplit(folder)) continue;
    found.push({ file, path, folder, split });
  }
  return found;
}

function classFolders(found: readonly Classified[]): string[] {
  return Array.from(new Set(found.map(({ folder }) => folder))).sort(byCode);
}

function nameNotes(names: ClassNames | undefined, folders: readonly string[]): string[] {
  if (names === undefined) return [];
  const unnamed = folders.filter((folder) => !names.names.has(folder));
  if (unnamed.length === 0) return [];
  const shown = unnamed.slice(0, 3).join(', ') + (unnamed.length > 3 ? ', ...' : '');
  return [
    `${names.file.path} does not name ${unnamed.length} of the ${folders.length} folders (${shown}); they keep their own names.`,
  ];
}
