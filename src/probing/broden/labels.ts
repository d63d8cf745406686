import type { Concept } from '../../engine/concepts.ts';
import type { ConceptId } from '../../engine/ids.ts';
import { field, numberField, textField, type CsvRow, type CsvTable } from '../csv.ts';
import { probingFaults } from '../errors.ts';

/** A label mask has 16 bits a pixel, and 0 is nothing. */
const MOST_CONCEPTS = 65_534;

/** Marks a label that belongs to no probed category in {@link BrodenLabels.idPlusOne}. */
export const UNPROBED = 65_535;

/** The labels of `label.csv`, and which of them are concepts. */
export interface BrodenLabels {
  /** The labels of the probed categories, by ascending number. */
  readonly concepts: readonly Concept[];
  /** By label number: concept id + 1; 0 for numbers that `label.csv` does not have (and 0 itself); {@link UNPROBED}. */
  readonly idPlusOne: Uint16Array;
  readonly rowByNumber: ReadonlyMap<number, BrodenLabel>;
}

/** A row of `label.csv`. */
export interface BrodenLabel {
  readonly number: number;
  readonly name: string;
  /** Its categories in the order of the row. */
  readonly categories: readonly string[];
}

/** For a category, the coverage of its labels by label number (`c_<category>.csv`), in pictures. */
export type Coverage = ReadonlyMap<number, number>;

/**
 * Reads `label.csv` (Bau et al., Network Dissection, Broden): number, name, and the categories it occurs in, `object(5);part(3)`.
 *
 * A label of several categories becomes one concept; its category is the probed one in which it covers most
 * (`c_<category>.csv`), at a tie the later one in the order of category.csv, as the reference program has it.
 * Without any coverage it is the first category named.
 *
 * @param known all categories of category.csv
 * @param probed those that are probed, in the same order
 * @param coverage by category
 * @throws Fault naming the row and column
 */
export function readLabels(
  table: CsvTable,
  known: readonly string[],
  probed: readonly string[],
  coverage: ReadonlyMap<string, Coverage>,
): BrodenLabels {
  const rowByNumber = new Map<number, BrodenLabel>();
  const rowNumbers = new Map<number, number>();
  for (const row of table.rows) {
    const label = readLabel(table, row, known);
    const first = rowNumbers.get(label.number);
    if (first !== undefined) throw probingFaults['repeated-number'](table.file, row.number, label.number, first);
    rowNumbers.set(label.number, row.number);
    rowByNumber.set(label.number, label);
  }
  const ascending = Array.from(rowByNumber.values()).sort((a, b) => a.number - b.number);
  const labels = ascending.filter(({ categories }) => categories.some((category) => probed.includes(category)));
  if (labels.length > MOST_CONCEPTS) throw probingFaults['too-many-concepts'](table.file, labels.length, MOST_CONCEPTS);

  const concepts = labels.map((label, index): Concept => {
    const { number, name } = label;
    return { id: index as ConceptId, number, name, category: mainCategory(label, probed, coverage) };
  });
  const idPlusOne = new Uint16Array(ascending[ascending.length - 1].number + 1);
  for (const { number } of ascending) idPlusOne[number] = UNPROBED;
  for (const { id, number } of concepts) idPlusOne[number] = id + 1;
  return { concepts, idPlusOne, rowByNumber };
}

/** Reads `c_<category>.csv`: which part of all pictures each label of a category covers. @throws Fault naming the row and column */
export function readCoverage(table: CsvTable): Coverage {
  const coverage = new Map<number, number>();
  for (const row of table.rows) {
    const value = field(table, row, 'coverage');
    if (value === '' || !Number.isFinite(Number(value))) throw probingFaults.coverage(table.file, row.number, value);
    coverage.set(numberField(table, row, 'number'), Number(value));
  }
  return coverage;
}

function readLabel(table: CsvTable, row: CsvRow, known: readonly string[]): BrodenLabel {
  const number = numberField(table, row, 'number');
  if (number === 0) throw probingFaults['label-zero'](row.number);
  if (number > MOST_CONCEPTS) throw probingFaults['label-number'](row.number, number, MOST_CONCEPTS);
  const written = textField(table, row, 'category');
  const categories = written.split(';').map((part) => {
    const match = /^([^(;]+?)\s*(?:\(\d*\))?$/.exec(part.trim());
    if (match === null) throw probingFaults['label-category'](row.number, written);
    return match[1];
  });
  const unknown = categories.find((category) => !known.includes(category));
  if (unknown !== undefined) throw probingFaults['unknown-category'](row.number, unknown, known.join(', '));
  return { number, name: textField(table, row, 'name'), categories };
}

function mainCategory(label: BrodenLabel, probed: readonly string[], coverage: ReadonlyMap<string, Coverage>): string {
  const candidates = probed.filter((category) => label.categories.includes(category));
  const covered = (category: string): number => coverage.get(category)?.get(label.number) ?? 0;
  const most = Math.max(...candidates.map(covered));
  const first = label.categories.find((category) => candidates.includes(category)) ?? candidates[0];
  return most > 0 ? (candidates.findLast((category) => covered(category) === most) ?? first) : first;
}
