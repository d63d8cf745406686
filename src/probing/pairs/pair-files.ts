import type { FileTree, TreeFile } from '../file-tree.ts';
import { firstLine } from '../first-line.ts';
import { byCode } from '../ordered.ts';
import { withoutEnding } from '../picture-paths.ts';
import { hasColumns, namesPairs } from './columns.ts';
import type { PairColumns } from './pair-options.ts';
import { csvFields, separatorOf } from './read-csv.ts';
import { fieldNames } from './read-jsonl.ts';
import { isVectorName } from './vector-file.ts';

/** Forms that sentence pairs come in, the one that says most first: of files with the same name but for the ending it is read. */
const FORMS = ['feats', 'json', 'tab', 'csv', 'tok'] as const;

/** How a file is read. */
export type PairForm = (typeof FORMS)[number];

/** A file with sentence pairs. */
export interface PairFile {
  readonly file: TreeFile;
  readonly form: PairForm;
  /** Its name without the ending. */
  readonly stem: string;
}

const ENDINGS: readonly (readonly [RegExp, PairForm])[] = [
  [/\.feats$/i, 'feats'],
  [/\.(jsonl|ndjson|json)$/i, 'json'],
  [/\.(tsv|txt)$/i, 'tab'],
  [/\.csv$/i, 'csv'],
  [/\.tok$/i, 'tok'],
];
const MOST_FILES = 40;
const NO_PAIRS = /^(readme|licen[cs]e|notice|changes|changelog)\b/i;

/**
 * The files of sentence pairs at the top of a tree: `.tok` and `.feats`, and tables and JSON lines whose first line names the columns premise and
 * hypothesis, or the chosen ones. In the order of their names.
 */
export async function pairFiles(tree: FileTree, chosen: PairColumns | undefined): Promise<readonly PairFile[]> {
  const found: PairFile[] = [];
  for (const candidate of candidates(tree)) if (await fits(candidate, chosen)) found.push(candidate);
  return found;
}

/** The only file of a tree that may hold sentence pairs by its name, where nothing is known about its columns; else undefined. */
export function lonePairFile(tree: FileTree): PairFile | undefined {
  const all = candidates(tree);
  const others = Array.from(tree.files.keys()).filter((path) => !isVectorName(path) && !NO_PAIRS.test(path));
  return all.length === 1 && others.length === 1 ? all[0] : undefined;
}

/** Of files with one name but for the ending, the form that says most; and those that are left aside for it. */
export function oneOfEach(files: readonly PairFile[]): { readonly kept: PairFile[]; readonly aside: PairFile[] } {
  const rank = ({ form }: PairFile): number => FORMS.indexOf(form);
  const best = new Map<string, PairFile>();
  for (const file of files) {
    const known = best.get(file.stem);
    if (known === undefined || rank(file) < rank(known)) best.set(file.stem, file);
  }
  const kept = files.filter((file) => best.get(file.stem) === file);
  return { kept, aside: files.filter((file) => !kept.includes(file)) };
}

function candidates({ files }: FileTree): readonly PairFile[] {
  const found: PairFile[] = [];
  for (const [path, file] of files) {
    if (path.includes('/') || NO_PAIRS.test(path) || isVectorName(path)) continue;
    const form = ENDINGS.find(([ending]) => ending.test(path))?.[1];
    if (form !== undefined) found.push({ file, form, stem: withoutEnding(path) });
    if (found.length > MOST_FILES) break;
  }
  return found.sort((one, other) => byCode(one.file.path, other.file.path));
}

async function fits({ file, form }: PairFile, chosen: PairColumns | undefined): Promise<boolean> {
  if (form === 'feats' || form === 'tok') return true;
  const names = namesIn(await firstLine(file), form);
  return names !== undefined && (namesPairs(names) || hasColumns(names, chosen));
}

function namesIn(line: string, form: 'json' | 'tab' | 'csv'): string[] | undefined {
  if (form === 'json') return fieldNames(line);
  const fields = form === 'tab' ? line.split('\t') : csvFields(line, separatorOf(line));
  return fields.map((name) => name.trim());
}
