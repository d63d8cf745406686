import Papa from 'papaparse';
import { probingFaults } from './errors.ts';
import { identify, wrongKind } from './identify.ts';

/** One row of a CSV file. */
export interface CsvRow {
  /** Its number as a spreadsheet shows it: the header is row 1. */
  readonly number: number;
  readonly fields: readonly string[];
}

/** A CSV file with a header. */
export interface CsvTable {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Reads a CSV file with a header: UTF-8, with or without a byte order mark, fields separated by commas, any line ends,
 * quotes as in RFC 4180. Empty lines are skipped, but counted.
 *
 * @param required columns that must be there
 * @throws Fault naming the file and row, if it is not such a file, lacks a column, or a row has too many or too few fields
 */
export function parseCsv(bytes: Uint8Array, file: string, required: readonly string[]): CsvTable {
  const text = decodeText(bytes, file).replace(/\r\n?/g, '\n');
  if (text.trim() === '') throw probingFaults['csv-empty'](file, required.join(', '));
  const parsed = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' });
  const broken = parsed.errors.find((error) => error.type === 'Quotes');
  if (broken !== undefined) throw probingFaults.quotes(file, (broken.row ?? 0) + 1);

  const rows = parsed.data
    .map((fields, index) => ({ number: index + 1, fields }))
    .filter(({ fields }) => fields.length > 1 || fields[0].trim() !== '');
  const columns = rows[0].fields.map((column) => column.trim());
  const repeated = columns.find((column, index) => columns.indexOf(column) !== index);
  if (repeated !== undefined) throw probingFaults['repeated-column'](file, repeated);
  const missing = required.find((column) => !columns.includes(column));
  if (missing !== undefined) throw probingFaults['missing-column'](file, missing, shorten(columns.join(', ')));

  const data = rows.slice(1);
  const odd = data.find(({ fields }) => fields.length !== columns.length);
  if (odd !== undefined) throw probingFaults['field-count'](file, odd.number, odd.fields.length, columns.length);
  if (data.length === 0) throw probingFaults['no-rows'](file);
  return { file, columns, rows: data };
}

/** A field by its column's name. The column must be in the table. */
export function field(table: CsvTable, row: CsvRow, column: string): string {
  return row.fields[table.columns.indexOf(column)].trim();
}

/** A field that must not be empty. @throws Fault naming file, row and column */
export function textField(table: CsvTable, row: CsvRow, column: string): string {
  const value = field(table, row, column);
  if (value === '') throw probingFaults['empty-field'](table.file, row.number, column);
  return value;
}

/** A field that must be a whole number of 0 or more. @throws Fault naming file, row and column */
export function numberField(table: CsvTable, row: CsvRow, column: string): number {
  const value = field(table, row, column);
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number)) {
    throw probingFaults['not-a-number'](table.file, row.number, column, shorten(value));
  }
  return number;
}

function decodeText(bytes: Uint8Array, file: string): string {
  if (identify(bytes) !== undefined && bytes.length > 0) throw wrongKind(file, bytes, 'a CSV file');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw probingFaults['not-utf8'](file);
  }
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}
