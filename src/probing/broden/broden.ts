import { parseCsv, textField, type CsvTable } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import { fileIn } from '../file-in.ts';
import type { FileTree } from '../file-tree.ts';
import { sha256 } from '../hash.ts';
import { Pictures } from '../annotated/pictures.ts';
import { COLOR } from '../annotated/with-colors.ts';
import type { ProbingOptions, ProbingTools } from '../probing-options.ts';
import type { ProbingSet, ProbingSurvey } from '../probing-set.ts';
import { withComputedColors } from './computed-colors.ts';
import { chooseIndex } from './index-file.ts';
import { imagePath, occurringCategories, readIndexRows, samplesWith, type IndexRow } from './index-rows.ts';
import { readCoverage, readLabels, UNPROBED, type BrodenLabels, type Coverage } from './labels.ts';
import { readSample, unprobed } from './read-sample.ts';

const TABLES = ['label.csv', 'category.csv'] as const;
const UNPROBED_BY_DEFAULT = 'material';

/**
 * What to read of a probing set in Broden's layout. Probed categories always stand in the order of category.csv. If they are not given,
 * all are probed that have data in the index but `material`, which the reference program does not probe either (vision/settings.py,
 * CATEGORIES). Rows without a split are always read.
 */
export type BrodenOptions = ProbingOptions;

interface Tables {
  readonly index: CsvTable;
  readonly label: CsvTable;
  /** Names of all categories, in the order of category.csv. */
  readonly known: readonly string[];
  /** Lines that go into the content hash: file name and SHA-256. */
  readonly digests: string[];
  /** Index files that are not read. */
  readonly others: readonly string[];
}

/**
 * Opens a probing set in Broden's layout (Bau et al., Network Dissection, CVPR 2017): an index (see {@link chooseIndex}), label.csv,
 * category.csv, optionally c_<category>.csv, and pictures and masks under images/. Rules are those of the reference program of Mu & Andreas.
 *
 * Masks and pictures are read when asked for. The content hash covers the probed categories, the bytes of the CSV files, and path,
 * size and stamp of every file that index.csv names.
 *
 * Where the index has no colors, they are computed from the pictures (see `computed-colors.ts`), if `tools` can decode them and the options
 * do not leave them out.
 *
 * @throws Fault naming file, row or column, also for masks that index.csv names but the tree lacks
 */
export async function openBroden(
  tree: FileTree,
  options: BrodenOptions = {},
  tools?: ProbingTools,
): Promise<ProbingSet> {
  const tables = await readTables(tree);
  const occurring = occurringCategories(tables.index, tables.known);
  const colorsGiven = occurring.includes(COLOR);
  const wanted = colorsGiven ? options.categories : options.categories?.filter((category) => category !== COLOR);
  const categories = probedCategories(occurring, tables, wanted);
  const coverage = await readCoverages(tree, categories, tables.digests);
  const labels = readLabels(tables.label, tables.known, categories, coverage);
  const { rows, leftOut, splits, grid } = readIndexRows(tables.index, categories, options.splits);
  checkData(rows, tables.index.file, categories, labels, tree);
  const hasPictures = checkPictures(rows, tables.index.file, tree);
  const contentHash = await hashContents(tables.digests, categories, rows, tree);

  const notes: string[] = [];
  if (leftOut > 0) notes.push(leftOutNote(leftOut, tables.index.file, categories));
  if (tables.others.length > 0) notes.push(othersNote(tables.index.file, tables.others));
  if (!hasPictures)
    notes.push('The folder images has masks but no pictures, so a model cannot be run on this probing set.');
  if (!options.categories && occurring.includes(UNPROBED_BY_DEFAULT))
    notes.push(`The category ${UNPROBED_BY_DEFAULT} is left out, as in the reference program.`);
  const unknown = (wanted ?? []).filter((category) => !categories.includes(category));
  if (unknown.length > 0) notes.push(`${tables.index.file} has no data in ${unknown.join(', ')}.`);

  const samples = rows.map((row) => {
    const picture = hasPictures ? fileIn(tree, imagePath(row.image)) : undefined;
    return { name: row.image, ...(picture && { picture }) };
  });
  const pictures = new Pictures(samples, tools?.decode);
  const canCompute = !colorsGiven && hasPictures && tools !== undefined;
  const colors = options.colors ?? options.categories?.includes(COLOR) ?? true;
  const survey = surveyOf(tables, categories, labels, splits, options.splits);
  const set: ProbingSet = {
    format: 'broden',
    title: tree.name,
    concepts: labels.concepts,
    categories,
    sampleCount: rows.length,
    grid,
    contentHash,
    survey: canCompute ? { ...survey, colors: 'off' } : survey,
    notes,
    sampleName: (sample) => rows[sample].image,
    labels: (sample) => readSample(rows[sample], tables.index.file, labels, grid, tree),
    picture: (sample) => pictures.take(sample),
  };
  return canCompute && colors ? withComputedColors(set, pictures) : set;
}

async function readTables(tree: FileTree): Promise<Tables> {
  const chosen = await chooseIndex(tree);
  const missing = chosen === undefined ? 'index.csv' : TABLES.find((name) => !tree.files.has(name));
  if (chosen === undefined || missing !== undefined)
    throw probingFaults['missing-table'](missing ?? 'index.csv', tree.name);
  const digests: string[] = [];
  const category = await readTable(tree, 'category.csv', ['name'], digests);
  const known = category.rows.map((row) => textField(category, row, 'name'));
  const index = await readTable(tree, chosen.path, ['image', 'sh', 'sw'], digests);
  const absent = known.find((name) => !index.columns.includes(name));
  if (absent !== undefined) throw probingFaults['category-column'](chosen.path, absent, index.columns.join(', '));
  const label = await readTable(tree, 'label.csv', ['number', 'name', 'category'], digests);
  return { index, label, known, digests, others: chosen.others };
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
  { index, known }: Tables,
  wanted: readonly string[] | undefined,
): string[] {
  const byDefault = occurring.filter((category) => category !== UNPROBED_BY_DEFAULT);
  const probed = occurring.filter((category) => (wanted ?? byDefault).includes(category));
  if (probed.length > 0) return probed;
  if (occurring.length === 0) throw probingFaults['no-data'](index.file, known.join(', '));
  throw probingFaults['no-categories']((wanted ?? []).join(', '), index.file, occurring.join(', '));
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
  index: string,
  categories: readonly string[],
  labels: BrodenLabels,
  tree: FileTree,
): void {
  for (const { number: row, data } of rows) {
    data.forEach((cell, at) => {
      for (const datum of cell) {
        if (typeof datum === 'string') {
          if (!tree.files.has(datum)) throw probingFaults['missing-mask'](index, row, categories[at], datum, tree.name);
        } else if (datum !== 0 && !labels.rowByNumber.has(datum)) {
          throw probingFaults['unknown-label'](index, row, categories[at], datum);
        } else if (labels.idPlusOne[datum] === UNPROBED) {
          throw unprobed(`${index}, row ${row}, column ${categories[at]}`, datum, labels);
        }
      }
    });
  }
}

function checkPictures(rows: readonly IndexRow[], index: string, tree: FileTree): boolean {
  const missing = rows.filter(({ image }) => !tree.files.has(imagePath(image)));
  if (missing.length === rows.length) return false;
  if (missing.length > 0)
    throw probingFaults['missing-picture'](index, missing[0].number, imagePath(missing[0].image), tree.name);
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

function surveyOf(
  { index, known }: Tables,
  probed: readonly string[],
  labels: BrodenLabels,
  splits: ReadonlyMap<string, number>,
  chosen: readonly string[] | undefined,
): ProbingSurvey {
  const all = Array.from(labels.rowByNumber.values());
  const categories = known.map((name) => ({
    name,
    concepts: all.filter((label) => label.categories.includes(name)).length,
    samples: samplesWith(index, name, chosen),
    probed: probed.includes(name),
  }));
  return {
    layout: 'Broden',
    categories: categories.filter(({ concepts }) => concepts > 0),
    splits: Array.from(splits, ([name, samples]) => ({ name, samples, chosen: chosen?.includes(name) ?? true })),
    colors: categories.some(({ name, samples }) => name === 'color' && samples > 0) ? 'given' : 'none',
  };
}

function leftOutNote(count: number, index: string, categories: readonly string[]): string {
  const rows = count === 1 ? `1 row of ${index} has` : `${count} rows of ${index} have`;
  return `${rows} no data in the probed categories (${categories.join(', ')}) and ${count === 1 ? 'is' : 'are'} left out; samples are counted without ${count === 1 ? 'it' : 'them'}.`;
}

function othersNote(index: string, others: readonly string[]): string {
  return `${index} is read; ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} there too. To read another one, leave ${index} out of the folder.`;
}
