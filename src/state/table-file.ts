import { csvText } from '../engine/results/csv.ts';
import { version } from '../engine/version.ts';
import type { ExportedFile } from './exports.ts';

/** The program that made a file, for the file. */
export const madeWith = `Formulens ${version}`;

/** A table of texts and numbers; null is an empty cell. */
export interface PlainTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A table as CSV, numbers in full precision. How it was made stands above it, a line each that starts with `#`. */
export function exportTable(name: string, table: PlainTable, notes: readonly string[]): ExportedFile {
  const text = csvText([...notes.map((note) => [`# ${note}`]), table.columns, ...table.rows]);
  return { name: `${name}.csv`, text, type: 'text/csv' };
}
