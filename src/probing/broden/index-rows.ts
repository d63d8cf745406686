import type { Grid } from '../../engine/concepts.ts';
import { field, numberField, textField, type CsvRow, type CsvTable } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import { splitPath } from '../trees/paths.ts';

/** What a category says about a picture: a label number for all of it, or the path of a mask in the tree. */
export type Datum = number | string;

const NO_DATA: readonly Datum[] = [];

/** A row of `index.csv` with data in the probed categories: a sample. */
export interface IndexRow {
  /** Its number in the file; the header is row 1. */
  readonly number: number;
  /** Path of the picture, below `images/`. */
  readonly image: string;
  /** Name of its split; empty where the file has none. */
  readonly split: string;
  /** By probed category, in their order. */
  readonly data: readonly (readonly Datum[])[];
}

const ODD_PATH = /\\|\/\/|^\.|\/\.|^\/|\/$/;

/** Path in the tree of a file named in `index.csv`. */
export function imagePath(written: string): string {
  if (!ODD_PATH.test(written)) return `images/${written}`;
  return ['images', ...splitPath(written)].join('/');
}

/**
 * Reads the samples of `index.csv`. Each category's cell is empty, or holds label numbers and paths of masks, joined by `;`.
 *
 * Rows without data in the probed categories (empty, or only 0) are left out, as the reference program does, so that samples are
 * counted without them.
 *
 * @param categories the probed ones; each is a column
 * @param splits names of those to read; unless given, all
 * @throws Fault naming the row and column
 */
export function readIndexRows(
  table: CsvTable,
  categories: readonly string[],
  splits?: readonly string[],
): {
  readonly rows: readonly IndexRow[];
  /** Rows of the chosen splits without data. */
  readonly leftOut: number;
  /** Samples by split, chosen or not, in the file's order; without those of no split. */
  readonly splits: ReadonlyMap<string, number>;
  readonly grid: Grid;
} {
  const places = categories.map((category) => table.columns.indexOf(category));
  const hasSplits = table.columns.includes('split');
  const rows: IndexRow[] = [];
  const kept: CsvRow[] = [];
  const counts = new Map<string, number>();
  let leftOut = 0;
  for (const row of table.rows) {
    const split = hasSplits ? field(table, row, 'split') : '';
    const chosen = splits === undefined || split === '' || splits.includes(split);
    const image = textField(table, row, 'image');
    const data = places.map((place) => readCell(row.fields[place]));
    const empty = !data.some(hasData);
    if (split !== '') counts.set(split, (counts.get(split) ?? 0) + (empty ? 0 : 1));
    if (!chosen) continue;
    if (empty) {
      leftOut++;
      continue;
    }
    rows.push({ number: row.number, image, split, data });
    kept.push(row);
  }
  if (splits !== undefined && rows.length === 0 && !splits.some((split) => counts.has(split)))
    throw probingFaults['no-chosen-splits'](splits.join(', '), table.file, listed(counts.keys()));
  if (rows.length === 0) throw probingFaults['no-data'](table.file, categories.join(', '));
  return { rows, leftOut, splits: counts, grid: commonGrid(table, kept) };
}

/** Which categories have data anywhere in `index.csv`, in the order given. */
export function occurringCategories(table: CsvTable, categories: readonly string[]): string[] {
  return categories.filter((category) => samplesWith(table, category, undefined, 1) > 0);
}

/**
 * Counts rows with data in a category.
 *
 * @param splits names of those to count in; unless given, all
 * @param most where counting may stop
 */
export function samplesWith(
  table: CsvTable,
  category: string,
  splits: readonly string[] | undefined,
  most = Infinity,
): number {
  const place = table.columns.indexOf(category);
  const splitPlace = table.columns.indexOf('split');
  let count = 0;
  for (const { fields } of table.rows) {
    if (count === most) break;
    const split = splitPlace === -1 ? '' : fields[splitPlace].trim();
    const chosen = splits === undefined || split === '' || splits.includes(split);
    if (chosen && hasData(readCell(fields[place]))) count++;
  }
  return count;
}

function hasData(cell: readonly Datum[]): boolean {
  return cell.some((datum) => datum !== 0);
}

function readCell(cell: string): readonly Datum[] {
  if (cell === '') return NO_DATA;
  if (!cell.includes(';')) {
    const part = cell.trim();
    return part === '' ? NO_DATA : [readDatum(part)];
  }
  return cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readDatum);
}

function readDatum(part: string): Datum {
  return /^\d+$/.test(part) ? Number(part) : imagePath(part);
}

function listed(names: Iterable<string>): string {
  return Array.from(names).join(', ') || 'no splits';
}

function commonGrid(table: CsvTable, rows: readonly CsvRow[]): Grid {
  const height = numberField(table, rows[0], 'sh');
  const width = numberField(table, rows[0], 'sw');
  const [heightAt, widthAt] = ['sh', 'sw'].map((column) => table.columns.indexOf(column));
  const [writtenHeight, writtenWidth] = [rows[0].fields[heightAt], rows[0].fields[widthAt]];
  const unlike = rows.filter(({ fields }) => fields[heightAt] !== writtenHeight || fields[widthAt] !== writtenWidth);
  const sizes = unlike.map((row) => ({
    row,
    height: numberField(table, row, 'sh'),
    width: numberField(table, row, 'sw'),
  }));
  if (height === 0 || width === 0) throw probingFaults['mask-size-zero'](table.file, rows[0].number);
  const empty = sizes.find((size) => size.height === 0 || size.width === 0);
  if (empty !== undefined) throw probingFaults['mask-size-zero'](table.file, empty.row.number);
  const other = sizes.find((size) => size.height !== height || size.width !== width);
  if (other !== undefined) {
    throw probingFaults['other-size'](
      table.file,
      other.row.number,
      `${other.height} x ${other.width}`,
      `${height} x ${width}`,
    );
  }
  return { height, width };
}
