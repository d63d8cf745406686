import { parseCsv, textField, type CsvTable } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import { fileIn } from '../file-in.ts';
import type { FileTree } from '../file-tree.ts';
import { sha256 } from '../hash.ts';
import { pictureMime, wrongKind } from '../identify.ts';
import type { Picture, ProbingSet } from '../probing-set.ts';
import { imagePath, occurringCategories, readIndexRows, type IndexRow } from './index-rows.ts';
import { readCoverage, readLabels, UNPROBED, type BrodenLabels, type Coverage } from './labels.ts';
import { readSample, unprobed } from './read-sample.ts';

const TABLES = ['index.csv', 'label.csv', 'category.csv'] as const;
const UNPROBED_BY_DEFAULT = 'material';

/** What to read of a probing set in Broden's layout. */
export interface BrodenOptions {
  /**
   * Probed categories; their order is always that of category.csv. If not given, all that have data in index.csv but `material`, which
   * the reference program does not probe either (vision/settings.py, CATEGORIES).
   */
  readonly categories?: readonly string[];
}

interface Tables {
  readonly index: CsvTable;
  readonly label: CsvTable;
  /** Names of all categories, in the order of category.csv. */
  readonly known: readonly string[];
  /** Lines that go into the content hash: file name and SHA-256. */
  readonly digests: string[];
}

/**
 * Opens a probing set in Broden's layout (Bau et al., Network Dissection, CVPR 2017): index.csv, label.csv, category.csv, optionally
 * c_<category>.csv, and pictures and masks under images/. Rules are those of the reference program of Mu & Andreas.
 *
 * Masks and pictures are read when asked for. The content hash covers the probed categories, the bytes of the CSV files, and path,
 * size and stamp of every file that index.csv names.
 *
 * @throws Fault naming file, row or column, also for masks that index.csv names but the tree lacks
 */
export async function openBroden(tree: FileTree, options: BrodenOptions = {}): Promise<ProbingSet> {
  const tables = await readTables(tree);
  const occurring = occurringCategories(tables.index, tables.known);
  const categories = probedCategories(occurring, tables.known, options.categories);
  const coverage = await readCoverages(tree, categories, tables.digests);
  const labels = readLabels(tables.label, tables.known, categories, coverage);
  const { rows, leftOut, grid } = readIndexRows(tables.index, categories);
  checkData(rows, categories, labels, tree);
  const hasPictures = checkPictures(rows, tree);
  const contentHash = await hashContents(tables.digests, categories, rows, tree);

  const notes: string[] = [];
  if (leftOut > 0) notes.push(leftOutNote(leftOut, categories));
  if (!hasPictures)
    notes.push('The folder images has masks but no pictures, so a model cannot be run on this probing set.');
  if (!options.categories && occurring.includes(UNPROBED_BY_DEFAULT))
    notes.push(`The category ${UNPROBED_BY_DEFAULT} is left out, as in the reference program.`);
  const unknown = (options.categories ?? []).filter((category) => !categories.includes(category));
  if (unknown.length > 0) notes.push(`index.csv has no data in ${unknown.join(', ')}.`);

  return {
    format: 'broden',
    title: tree.name,
    concepts: labels.concepts,
    categories,
    sampleCount: rows.length,
    grid,
    contentHash,
    notes,
    sampleName: (sample) => rows[sample].image,
    labels: (sample) => readSample(rows[sample], labels, grid, tree),
    picture: async (sample) => (hasPictures ? readPicture(rows[sample], tree) : undefined),
  };
}

async function readTables(tree: FileTree): Promise<Tables> {
  const missing = TABLES.find((name) => !tree.files.has(name));
  if (missing !== undefined) throw probingFaults['missing-table'](missing, tree.name);
  const digests: string[] = [];
  const category = await readTable(tree, 'category.csv', ['name'], digests);
  const known = category.rows.map((row) => textField(category, row, 'name'));
  const index = await readTable(tree, 'index.csv', ['image', 'sh', 'sw'], digests);
  const absent = known.find((name) => !index.columns.includes(name));
  if (absent !== undefined) throw probingFaults['category-column'](absent, index.columns.join(', '));
  const label = await readTable(tree, 'label.csv', ['number', 'name', 'category'], digests);
  return { index, label, known, digests };
}

async function readTable(
  tree: FileTree,
  name: string,
  columns: readonly string[],
  digests: string[],
): Promise<CsvTable> {
  const bytes = await fileIn(tree, name).bytes();
  digests.push(`${name} ${await sha256(bytes)}`);
  return parseCsv(bytes, name, columns);
}

function probedCategories(
  occurring: readonly string[],
  known: readonly string[],
  wanted: readonly string[] | undefined,
): string[] {
  const byDefault = occurring.filter((category) => category !== UNPROBED_BY_DEFAULT);
  const probed = occurring.filter((category) => (wanted ?? byDefault).includes(category));
  if (probed.length > 0) return probed;
  if (occurring.length === 0) throw probingFaults['no-data'](known.join(', '));
  throw probingFaults['no-categories']((wanted ?? []).join(', '), occurring.join(', '));
}

async function readCoverages(
  tree: FileTree,
  categories: readonly string[],
  digests: string[],
): Promise<ReadonlyMap<string, Coverage>> {
  const coverage = new Map<string, Coverage>();
  for (const category of categories) {
    const name = `c_${category}.csv`;
    if (tree.files.has(name))
      coverage.set(category, readCoverage(await readTable(tree, name, ['number', 'coverage'], digests)));
  }
  return coverage;
}

function checkData(
  rows: readonly IndexRow[],
  categories: readonly string[],
  labels: BrodenLabels,
  tree: FileTree,
): void {
  for (const { number: row, data } of rows) {
    data.forEach((cell, at) => {
      for (const datum of cell) {
        if (typeof datum === 'string') {
          if (!tree.files.has(datum)) throw probingFaults['missing-mask'](row, categories[at], datum, tree.name);
        } else if (datum !== 0 && !labels.rowByNumber.has(datum)) {
          throw probingFaults['unknown-label'](row, categories[at], datum);
        } else if (labels.idPlusOne[datum] === UNPROBED) {
          throw unprobed(`index.csv, row ${row}, column ${categories[at]}`, datum, labels);
        }
      }
    });
  }
}

function checkPictures(rows: readonly IndexRow[], tree: FileTree): boolean {
  const missing = rows.filter(({ image }) => !tree.files.has(imagePath(image)));
  if (missing.length === rows.length) return false;
  if (missing.length > 0)
    throw probingFaults['missing-picture'](missing[0].number, imagePath(missing[0].image), tree.name);
  return true;
}

async function hashContents(
  digests: readonly string[],
  categories: readonly string[],
  rows: readonly IndexRow[],
  tree: FileTree,
): Promise<string> {
  const paths = rows.flatMap(({ image, data }) => [
    imagePath(image),
    ...data.flat().filter((datum) => typeof datum === 'string'),
  ]);
  const files = paths.map((path) => {
    const file = tree.files.get(path);
    return `${path} ${file?.size ?? 'none'} ${file?.stamp ?? 'none'}`;
  });
  return sha256(['broden 1', categories.join(','), ...digests, ...files].join('\n'));
}

function leftOutNote(count: number, categories: readonly string[]): string {
  const rows = count === 1 ? '1 row of index.csv has' : `${count} rows of index.csv have`;
  return `${rows} no data in the probed categories (${categories.join(', ')}) and ${count === 1 ? 'is' : 'are'} left out; samples are counted without ${count === 1 ? 'it' : 'them'}.`;
}

async function readPicture(row: IndexRow, tree: FileTree): Promise<Picture> {
  const file = fileIn(tree, imagePath(row.image));
  const bytes = await file.bytes();
  const mime = pictureMime(bytes);
  if (mime === undefined) throw wrongKind(file.path, bytes, 'a picture');
  return { kind: 'encoded', bytes, mime, name: file.path };
}
