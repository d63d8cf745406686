import { numberField, parseCsv, textField } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { sha256 } from '../hash.ts';
import { linesOf, readText } from '../text-file.ts';

const STEMS = ['names', 'labels', 'classes'];
const ENDINGS = ['csv', 'json', 'txt'];
const NOTHING = /^[_ ]*(background|void|unlabell?ed|unknown|none|nothing|ignore|other)[_ ]*$/i;
const MOST_NUMBER = 65_534;

/** A label of a names file. */
export interface LabelName {
  readonly number: number;
  readonly name: string;
  /** Its category, where the file says. */
  readonly category: string | undefined;
}

/** What the numbers in masks mean. */
export interface LabelNames {
  readonly file: string;
  readonly digest: string;
  /** By ascending number; 0 is never among them. */
  readonly labels: readonly LabelName[];
}

/** The names file in a folder: `names`, `labels` or `classes` with the ending csv, json or txt. */
export function namesFile(tree: FileTree, folder: string): TreeFile | undefined {
  const names = STEMS.flatMap((stem) => ENDINGS.map((ending) => `${folder}${stem}.${ending}`));
  return names.map((name) => tree.files.get(name)).find((file) => file !== undefined);
}

/**
 * Reads a names file.
 *
 * `.csv` has the columns number and name, and may have category. `.txt` has a name a line; the first line is label 1, or label 0 where it
 * says background, void, unlabeled or the like; lines that all begin with a number (`3 water`, `3: water`) have that number. `.json` is a list,
 * counted in the same way, or an object of names by number or of numbers by name. Label 0 is nothing.
 *
 * @throws Fault naming the file and the row, line or entry
 */
export async function readNames(file: TreeFile): Promise<LabelNames> {
  const labels = file.path.endsWith('.csv') ? await readTable(file) : await readList(file);
  const seen = new Map<number, string>();
  for (const { number, name } of labels.names) {
    const known = seen.get(number);
    if (known !== undefined) throw probingFaults['names-twice'](file.path, number, known, name);
    seen.set(number, name);
  }
  const named = labels.names.filter(({ number }) => number !== 0).sort((one, other) => one.number - other.number);
  if (named.length === 0) throw probingFaults['names-empty'](file.path);
  const largest = named[named.length - 1].number;
  if (largest > MOST_NUMBER) throw probingFaults['names-number'](file.path, largest, MOST_NUMBER);
  return { file: file.path, digest: labels.digest, labels: named };
}

interface Read {
  readonly names: LabelName[];
  readonly digest: string;
}

async function readTable(file: TreeFile): Promise<Read> {
  const bytes = await file.bytes();
  const table = parseCsv(bytes, file.path, ['number', 'name']);
  const hasCategory = table.columns.includes('category');
  const names = table.rows.map((row) => ({
    number: numberField(table, row, 'number'),
    name: textField(table, row, 'name'),
    category: hasCategory ? textField(table, row, 'category') : undefined,
  }));
  return { names, digest: `${file.path} ${await sha256(bytes)}` };
}

async function readList(file: TreeFile): Promise<Read> {
  const { text, path, digest } = await readText(file);
  const names = path.endsWith('.json') ? readJson(text, path) : readLines(text);
  return { names: names.map((label) => ({ ...label, category: undefined })), digest };
}

type Named = Pick<LabelName, 'number' | 'name'>;

function readLines(text: string): Named[] {
  const lines = linesOf(text).map((line) => line.text);
  const numbered = lines.map((line) => /^(\d+)[\s:,;=]+(\S.*)$/.exec(line));
  if (numbered.every((match) => match !== null))
    return numbered.map((match) => ({ number: Number(match[1]), name: match[2] }));
  return counted(lines);
}

function counted(names: readonly string[]): Named[] {
  const first = names.length > 0 && NOTHING.test(names[0]) ? 0 : 1;
  return names.map((name, at) => ({ number: first + at, name }));
}

function readJson(text: string, path: string): Named[] {
  const value = parseJson(text, path);
  if (Array.isArray(value)) {
    const wrong = value.findIndex((name) => typeof name !== 'string' || name === '');
    if (wrong !== -1) throw probingFaults['names-entry'](path, `entry ${wrong}`);
    return counted(value.map(String));
  }
  if (typeof value !== 'object' || value === null) throw probingFaults['names-json'](path);
  return Object.entries(value).map(([key, entry]: [string, unknown]) => {
    if (/^\d+$/.test(key) && typeof entry === 'string' && entry !== '') return { number: Number(key), name: entry };
    if (typeof entry === 'number' && Number.isInteger(entry) && entry >= 0) return { number: entry, name: key };
    throw probingFaults['names-entry'](path, `"${key}"`);
  });
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw probingFaults['names-json'](path);
  }
}
