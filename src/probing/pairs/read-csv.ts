import Papa from 'papaparse';
import { BlockDigest } from '../block-digest.ts';
import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { identify, wrongKind } from '../identify.ts';
import type { PairColumns } from './pair-options.ts';
import { layoutName, type ReadPairs } from './read-pairs.ts';
import { TableRows } from './table-rows.ts';

/** Larger files are refused (bytes): they are read as a whole. */
const MOST_BYTES = 400_000_000;
const SEPARATORS = [',', ';', '\t'];

/**
 * Reads sentence pairs from a CSV file: fields separated by commas (or by semicolons or tabs, where the first row has more of them), quotes as
 * in RFC 4180.
 *
 * @throws Fault naming file and row
 */
export async function readCsv(file: TreeFile, chosen: PairColumns | undefined): Promise<ReadPairs> {
  const rows = new TableRows(file.path, chosen);
  const digest = await readCsvRows(file, (fields, number) => {
    rows.add(fields, number);
  });
  const read = await rows.finish();
  return { ...read, layout: layoutName(read.found, 'CSV'), digest };
}

/**
 * Reads the rows of a CSV file, empty ones too.
 *
 * @param take called with the fields of each row and its number as a spreadsheet shows it, from 1
 * @returns the digest of the contents
 * @throws Fault naming the file, or the row where quotes are broken; and what `take` throws
 */
export async function readCsvRows(file: TreeFile, take: (fields: string[], number: number) => void): Promise<string> {
  if (file.size > MOST_BYTES) throw probingFaults['pair-csv-size'](file.path, MOST_BYTES / 1_000_000);
  const bytes = await file.bytes();
  if (bytes.length === 0) throw probingFaults['pair-empty'](file.path);
  if (identify(bytes) !== undefined) throw wrongKind(file.path, bytes, 'a CSV file');
  const text = decoded(bytes, file.path).replace(/\r\n?/g, '\n');
  let number = 0;
  Papa.parse<string[]>(text, {
    delimiter: separatorOf(text),
    newline: '\n',
    step: ({ data, errors }) => {
      number += 1;
      if (errors.some(({ type }) => type === 'Quotes')) throw probingFaults.quotes(file.path, number);
      take(data, number);
    },
  });
  const digest = new BlockDigest();
  await digest.add(bytes);
  return digest.finish();
}

/** The separator that cuts the first row into most fields. */
export function separatorOf(text: string): string {
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  const counts = SEPARATORS.map((delimiter) => csvFields(first, delimiter).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))];
}

/** The fields of a single row of CSV. */
export function csvFields(line: string, delimiter: string): string[] {
  return Papa.parse<string[]>(line, { delimiter }).data[0] ?? [];
}

function decoded(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw probingFaults['not-utf8'](file);
  }
}
