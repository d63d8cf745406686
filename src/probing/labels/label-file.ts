import Papa from 'papaparse';
import { probingFaults } from '../errors.ts';
import { identify, wrongKind } from '../identify.ts';
import { labelFaults } from './errors.ts';
import { SampleIndex } from './sample-index.ts';

/** Gold labels out of a file. */
export interface LabelFile {
  /** Of all samples, by number; null for those without one. */
  readonly labels: readonly (string | null)[];
  /** Samples that have a label. */
  readonly labelled: number;
  /** Rows that name no sample of the probing set, and the first of these names; they are passed over. */
  readonly unknown: { readonly rows: number; readonly first: string } | null;
}

const MOST_BYTES = 64 * 2 ** 20;

/** Names of columns, by which a first row is told to be a header. */
const SAMPLE_COLUMNS = 'sample,name,path,file,filename,file_name,image,image_path,picture,id'.split(',');
const LABEL_COLUMNS = 'label,gold,gold_label,class,class_name,scene,category,target'.split(',');

/** What may stand between name and label. A space does in the lists of ImageNet and Places365 (`Places365_val_00000001.jpg 165`). */
const DELIMITERS = ['\t', ',', ';', ' '];

interface Row {
  /** From 1, as a spreadsheet shows it. */
  readonly number: number;
  readonly fields: readonly string[];
}

/**
 * Reads gold labels: rows of a sample's name and its label, or one label a line in the order of the samples. Fields are separated by tabs,
 * commas, semicolons or a space, quoted as in RFC 4180; a header may name the two columns and give them another order. A name is the sample's
 * path or the end of it that no other sample has, with the extension or without; an empty label is none.
 *
 * @param names of all samples, by number
 * @throws Fault naming the file and the row
 */
export function readLabelFile(bytes: Uint8Array, file: string, names: readonly string[]): LabelFile {
  if (bytes.length > MOST_BYTES) throw labelFaults['too-large'](file, Math.ceil(bytes.length / 2 ** 20));
  const text = textOf(bytes, file);
  if (text.trim() === '') throw labelFaults.empty(file);
  const index = new SampleIndex(names);
  for (const delimiter of DELIMITERS) {
    const { rows, brokenRow } = rowsOf(text, delimiter);
    if (rows.length === 0) throw labelFaults.empty(file);
    const { header, sample, label } = columnsOf(rows[0]);
    const data = header ? rows.slice(1) : rows;
    const isNamed = rows[0].fields.length > 1 && data.some(({ fields }) => index.find(fields[sample] ?? '') !== null);
    if (!isNamed) continue;
    if (brokenRow !== null) throw labelFaults.quotes(file, brokenRow);
    return byName(data, { file, names, index, sample, label });
  }
  return inOrder(text, file, names);
}

function byName(
  rows: readonly Row[],
  {
    file,
    names,
    index,
    sample: sampleColumn,
    label: labelColumn,
  }: {
    readonly file: string;
    readonly names: readonly string[];
    readonly index: SampleIndex;
    readonly sample: number;
    readonly label: number;
  },
): LabelFile {
  const labels = names.map((): string | null => null);
  const given = new Set<number>();
  const unknown: string[] = [];
  for (const { number, fields } of rows) {
    if (fields.length <= Math.max(sampleColumn, labelColumn)) throw labelFaults.columns(file, number);
    const name = fields[sampleColumn].trim();
    const found = index.find(name);
    if (found === null) {
      unknown.push(name);
      continue;
    }
    if ('several' in found) {
      const [one, other] = found.several.map((at) => names[at]);
      throw labelFaults.ambiguous(file, number, name, one, other);
    }
    const { sample } = found;
    const label = fields[labelColumn].trim() || null;
    if (given.has(sample) && labels[sample] !== label)
      throw labelFaults.twice(file, number, names[sample], label ?? '', labels[sample] ?? '');
    given.add(sample);
    labels[sample] = label;
  }
  return {
    labels,
    labelled: labelledIn(labels),
    unknown: unknown.length > 0 ? { rows: unknown.length, first: unknown[0] } : null,
  };
}

function inOrder(text: string, file: string, names: readonly string[]): LabelFile {
  const lines = text.replace(/\n+$/, '').split('\n');
  const first = unquoted(lines[0]).toLowerCase();
  const hasHeader = lines.length === names.length + 1 && LABEL_COLUMNS.includes(first);
  const labels = (hasHeader ? lines.slice(1) : lines).map((line) => unquoted(line) || null);
  if (labels.length !== names.length)
    throw labelFaults.count(file, lines.length, names.length, names.at(0) ?? 'its path');
  return { labels, labelled: labelledIn(labels), unknown: null };
}

const labelledIn = (labels: readonly (string | null)[]): number => labels.filter((label) => label !== null).length;

/** A line that is one field. */
function unquoted(line: string): string {
  const found = /^\s*"(.*)"\s*$/.exec(line);
  return (found ? found[1].replaceAll('""', '"') : line).trim();
}

/** Rows that are not empty, and the first whose quotes are wrong. */
function rowsOf(text: string, delimiter: string): { readonly rows: readonly Row[]; readonly brokenRow: number | null } {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  const broken = errors.find(({ type }) => type === 'Quotes');
  return {
    rows: data
      .map((fields, at) => ({ number: at + 1, fields }))
      .filter(({ fields }) => fields.some((field) => field.trim() !== '')),
    brokenRow: broken ? (broken.row ?? 0) + 1 : null,
  };
}

function columnsOf({ fields }: Row): { readonly header: boolean; readonly sample: number; readonly label: number } {
  const names = fields.map((field) => field.trim().toLowerCase());
  const sample = names.findIndex((name) => SAMPLE_COLUMNS.includes(name));
  const label = names.findIndex((name) => LABEL_COLUMNS.includes(name));
  return sample >= 0 && label >= 0 ? { header: true, sample, label } : { header: false, sample: 0, label: 1 };
}

function textOf(bytes: Uint8Array, file: string): string {
  if (bytes.length > 0 && identify(bytes) !== undefined) throw wrongKind(file, bytes, 'a list of gold labels');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    throw probingFaults['not-utf8'](file);
  }
}
