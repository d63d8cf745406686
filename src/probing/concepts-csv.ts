import { numberField, parseCsv, textField } from './csv.ts';

/** A row of a list of concepts. */
export interface ConceptRow {
  /** Its number as a spreadsheet shows it. */
  readonly row: number;
  readonly number: number;
  readonly name: string;
  readonly category: string;
}

/**
 * Reads `concepts.csv`: number, name, category, a concept a row.
 *
 * @param file for messages
 * @throws Fault naming the file and row
 */
export function readConceptRows(bytes: Uint8Array, file: string): readonly ConceptRow[] {
  const table = parseCsv(bytes, file, ['number', 'name', 'category']);
  return table.rows.map((row) => ({
    row: row.number,
    number: numberField(table, row, 'number'),
    name: textField(table, row, 'name'),
    category: textField(table, row, 'category'),
  }));
}
