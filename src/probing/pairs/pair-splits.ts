import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import type { PairFile } from './pair-files.ts';

/** A file of pairs as one of several to choose from. */
export interface NamedFile extends PairFile {
  /** The split: `dev`, `dev_matched`; the file's name without ending, where that would not tell the files apart. */
  readonly split: string;
}

const SPLIT = /(^|[^a-z])(train|training|dev|valid|validation|val|test)([_-]?(mis)?matched)?(?=[^a-z]|$)/i;
const FIRST = ['dev', 'validation', 'valid', 'val'];

/** Gives every file the name of its split. */
export function namedSplits(files: readonly PairFile[]): readonly NamedFile[] {
  const short = files.map(({ stem }) => {
    const match = SPLIT.exec(stem);
    return match === null ? stem : `${match[2]}${match[3] ?? ''}`.toLowerCase();
  });
  const clear = new Set(short).size === short.length;
  return files.map((file, at) => ({ ...file, split: clear ? short[at] : file.stem }));
}

/**
 * The files that are read: those asked for, by split or by the file's name without ending; unless asked, the first development set, else the first
 * file by name.
 *
 * @throws Fault naming the splits, if none of those asked for is there
 */
export function chooseSplits(
  title: string,
  files: readonly NamedFile[],
  wanted: readonly string[] | undefined,
): readonly NamedFile[] {
  if (files.length === 1) return files;
  if (wanted === undefined) {
    const first = files.find(({ split }) => FIRST.some((name) => split.startsWith(name)));
    return [first ?? files[0]];
  }
  const chosen = files.filter(({ split, stem }) => wanted.includes(split) || wanted.includes(stem));
  if (chosen.length === 0) {
    const names = files.map(({ split }) => split).join(', ');
    throw probingFaults['no-chosen-splits'](wanted.join(', '), title, names);
  }
  return chosen;
}

/** How many pairs a file has that is not read, by its lines: empty lines and line ends within quotes are counted too. */
export async function countPairs({ file, form }: PairFile): Promise<number> {
  const lines = await countLines(file);
  if (form === 'json') return lines;
  if (form === 'tok') return Math.floor(lines / 2);
  return form === 'feats' ? Math.floor((lines - 1) / 2) : Math.max(0, lines - 1);
}

async function countLines(file: TreeFile): Promise<number> {
  const reader = file.stream().getReader();
  const newLine = 10;
  let [count, last] = [0, newLine];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return last === newLine ? count : count + 1;
    for (let at = value.indexOf(newLine); at >= 0; at = value.indexOf(newLine, at + 1)) count += 1;
    last = value.at(-1) ?? last;
  }
}
