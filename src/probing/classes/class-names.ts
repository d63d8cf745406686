import type { FileTree } from '../file-tree.ts';
import { fileName } from '../picture-paths.ts';
import { linesOf, readText, type TextFile } from '../text-file.ts';

/** Files that give folders of classes their names: ImageNet's (Kaggle, Caffe), Tiny ImageNet's, and plain ones. */
const FILES = [
  'loc_synset_mapping.txt',
  'synset_words.txt',
  'words.txt',
  'classes.txt',
  'class_names.txt',
  'names.txt',
];

/** Names of class folders, and the file they come from. */
export interface ClassNames {
  readonly file: TextFile;
  /** By folder; folders that the file does not name are missing. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Reads the names of class folders: a line a folder, its name, then what it is called (`n01440764 tench, Tinca tinca`). Of several words for
 * the same, separated by commas, the first is taken, or all of them where another folder has the same first one.
 *
 * @returns undefined where there is no such file
 * @throws Fault naming the file, if it is no text
 */
export async function readClassNames(tree: FileTree, folders: readonly string[]): Promise<ClassNames | undefined> {
  const candidates = Array.from(tree.files.values()).filter(({ path }) => FILES.includes(fileName(path).toLowerCase()));
  const wanted = new Set(folders);
  const rank = (path: string): number => FILES.indexOf(fileName(path).toLowerCase());
  candidates.sort((one, other) => rank(one.path) - rank(other.path));
  if (candidates.length === 0) return undefined;
  const file = await readText(candidates[0]);
  const written = new Map<string, string>();
  for (const { text } of linesOf(file.text)) {
    const match = /^"?([^\s,"]+)"?[\s,:]+(.+)$/.exec(text);
    if (match !== null && wanted.has(match[1])) written.set(match[1], match[2].trim());
  }
  return { file, names: shortNames(written) };
}

function shortNames(written: ReadonlyMap<string, string>): Map<string, string> {
  const first = (name: string): string => name.split(',')[0].trim() || name;
  const uses = new Map<string, number>();
  for (const name of written.values()) uses.set(first(name), (uses.get(first(name)) ?? 0) + 1);
  return new Map(
    Array.from(written, ([folder, name]) => [folder, (uses.get(first(name)) ?? 0) > 1 ? name : first(name)]),
  );
}
