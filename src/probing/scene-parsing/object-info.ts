import { uniqueNames } from '../annotated/unique-names.ts';
import type { SourceConcept } from '../annotated/annotated-source.ts';
import { parseCsv, textField } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { sha256 } from '../hash.ts';
import { linesOf, readText } from '../text-file.ts';

/** Name of the category of all classes. */
export const OBJECT = 'object';

const MOST_NUMBER = 65_534;

/** First names of more than one word in the published table, objectInfo150.txt. */
const WORDY = [
  'chest of drawers',
  'pool table',
  'screen door',
  'coffee table',
  'kitchen island',
  'swivel chair',
  'arcade machine',
  'dirt track',
  'conveyer belt',
  'swimming pool',
  'trade name',
  'traffic light',
  'crt screen',
  'bulletin board',
];

interface Row {
  readonly line: number;
  readonly number: string;
  readonly name: string;
}

/** The classes of a table, in its order. */
export interface ObjectInfo {
  readonly file: string;
  readonly digest: string;
  readonly concepts: readonly SourceConcept[];
}

/** Is a file, by its name, a table of classes: `objectInfo150.txt`, or `objectInfo150.csv`, `object150_info.csv`? */
export function isObjectInfo(path: string): boolean {
  return /(^|\/)object(info\d*|\d+_info)\.(txt|csv)$/i.test(path);
}

/**
 * Reads the table of classes of ADE20K's scene parsing benchmark: columns Idx (the gray value in the masks) and Name, separated by tabs or
 * commas. A class is called by the first of its synonyms; where two classes share it, by all of them.
 *
 * The CSV that goes around has `;` between synonyms and between words as well (`pool;table;billiard;table`): there the first name is the one
 * word before the `;`, or the one of the published table that stands in front.
 *
 * @throws Fault naming file and line
 */
export async function readObjectInfo(file: TreeFile): Promise<ObjectInfo> {
  const { rows, digest } = /\.csv$/i.test(file.path) ? await readTable(file) : await readTabs(file);
  const lines = new Map<number, number>();
  const classes = rows.map(({ line, number: written, name }) => {
    const number = Number(written);
    if (!/^\d+$/.test(written) || number === 0 || number > MOST_NUMBER)
      throw probingFaults['class-number'](file.path, line, written, MOST_NUMBER);
    const first = lines.get(number);
    if (first !== undefined) throw probingFaults['repeated-number'](file.path, line, number, first);
    lines.set(number, line);
    return { number, short: firstName(name), full: name };
  });
  const names = uniqueNames(classes);
  const concepts = classes.map(({ number }, at) => ({ number, name: names[at], category: OBJECT }));
  return { file: file.path, digest, concepts };
}

async function readTable(file: TreeFile): Promise<{ rows: Row[]; digest: string }> {
  const bytes = await file.bytes();
  const table = parseCsv(bytes, file.path, ['Idx', 'Name']);
  const rows = table.rows.map((row) => ({
    line: row.number,
    number: textField(table, row, 'Idx'),
    name: textField(table, row, 'Name'),
  }));
  return { rows, digest: `${file.path} ${await sha256(bytes)}` };
}

async function readTabs(file: TreeFile): Promise<{ rows: Row[]; digest: string }> {
  const { text, digest, path } = await readText(file);
  const [header, ...lines] = linesOf(text).map(({ line, text: written }) => ({
    line,
    fields: written.split('\t').map((field) => field.trim()),
  }));
  const columns = (header?.fields ?? []).map((field) => field.toLowerCase());
  const [idx, name] = [columns.indexOf('idx'), columns.indexOf('name')];
  if (idx < 0 || name < 0 || lines.length === 0) throw probingFaults['object-info'](path);
  const rows = lines.map(({ line, fields }) => {
    if (fields.length !== columns.length || fields[name] === '')
      throw probingFaults['object-info-line'](path, line, fields.length, columns.length);
    return { line, number: fields[idx], name: fields[name] };
  });
  return { rows, digest };
}

function firstName(name: string): string {
  if (!name.includes(';')) return name.split(',', 1)[0].trim();
  const words = name.replaceAll(';', ' ');
  return WORDY.find((wordy) => words === wordy || words.startsWith(`${wordy} `)) ?? name.split(';', 1)[0].trim();
}
