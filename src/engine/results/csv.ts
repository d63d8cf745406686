import { csvFormatRows } from 'd3-dsv';

/** Text that a spreadsheet would run as a formula gets an apostrophe in front, which shows it as text. */
const defused = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/**
 * Rows as CSV (RFC 4180, line feeds). Numbers keep full precision; null is an empty cell; text cannot start a spreadsheet formula.
 */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null): string =>
    value === null ? '' : typeof value === 'number' ? String(value) : defused(value);
  return `${csvFormatRows(rows.map((row) => row.map(cell)))}\n`;
}
