import type { Grid } from '../../engine/concepts.ts';
import { field, numberField, textField, type CsvRow, type CsvTable } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import { splitPath } from '../trees/paths.ts';

/** What a category says about a picture: a label number for all of it, or the path of a mask in the tree. */
export type Datum = number | string;

/** A row of `index.csv` with data in the probed categories: a sample. */
export interface IndexRow {
  /** Its number in the file; the header is row 1. */
  readonly number: number;
  /** Path of the picture, below `images/`. */
  readonly image: string;
  /** By probed category, in their order. */
  readonly data: readonly (readonly Datum[])[];
}

/** Path in the tree of a file named in `index.csv`. */
export function imagePath(written: string): string {
  return ['images', ...splitPath(written)].join('/');
}

/**
 * Reads the samples of `index.csv`. Each category's cell is empty, or holds label numbers and paths of masks, joined by `;`.
 *
 * Rows without data in the probed categories (empty, or only 0) are left out, as the reference program does, so that samples are
 * counted without them.
 *
 * @param categories the probed ones; each is a column
 * @throws Fault naming the row and column
 */
export function readIndexRows(
  table: CsvTable,
  categories: readonly string[],
): { readonly rows: readonly IndexRow[]; readonly leftOut: number; readonly grid: Grid } {
  const rows = table.rows.map((row): IndexRow => {
    const data = categories.map((category) => readCell(field(table, row, category)));
    return { number: row.number, image: textField(table, row, 'image'), data };
  });
  const kept = rows.filter(({ data }) => data.some((cell) => cell.some((datum) => datum !== 0)));
  if (kept.length === 0) throw probingFaults['no-data'](categories.join(', '));
  const keptNumbers = new Set(kept.map(({ number }) => number));
  const grid = commonGrid(
    table,
    table.rows.filter(({ number }) => keptNumbers.has(number)),
  );
  return { rows: kept, leftOut: rows.length - kept.length, grid };
}

/** Which categories have data anywhere in `index.csv`, in the order given. */
export function occurringCategories(table: CsvTable, categories: readonly string[]): string[] {
  return categories.filter((category) =>
    table.rows.some((row) => readCell(field(table, row, category)).some((datum) => datum !== 0)),
  );
}

function readCell(cell: string): Datum[] {
  return cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : imagePath(part)));
}

function commonGrid(table: CsvTable, rows: readonly CsvRow[]): Grid {
  const sizes = rows.map((row) => ({
    row,
    height: numberField(table, row, 'sh'),
    width: numberField(table, row, 'sw'),
  }));
  const { height, width } = sizes[0];
  const empty = sizes.find((size) => size.height === 0 || size.width === 0);
  if (empty !== undefined) throw probingFaults['mask-size-zero'](empty.row.number);
  const other = sizes.find((size) => size.height !== height || size.width !== width);
  if (other !== undefined) {
    throw probingFaults['other-size'](other.row.number, `${other.height} x ${other.width}`, `${height} x ${width}`);
  }
  return { height, width };
}
