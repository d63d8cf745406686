import { faultTable } from '../fault.ts';

/** Everything that can be wrong with a file of cells, in the words a person reads. Rows count from 1; concepts and units from 0. */
export const cellFaults = faultTable('cells', {
  unreadable: (file: string, reason: string) =>
    `${file} could not be read (${reason}). Check that it may be opened and has not changed, then give it again.`,
  'wrong-kind': (file: string, start: string) =>
    `${file} is neither Parquet nor an Arrow file: it begins with ${start}. Cells are read from these two (docs/interchange.md).`,
  damaged: (file: string, kind: string, reason: string) =>
    `${file} is damaged, or written in a way that is not read here (${kind}: ${reason}). Write it again; docs/interchange.md says how.`,
  'missing-column': (file: string, column: string, found: string) =>
    `${file} has no column ${column}. It has ${found}; a file of cells has concepts, n, units and fires.`,
  'column-type': (file: string, row: number, column: string, wanted: string, found: string) =>
    `${file}, row ${row}, column ${column}: ${wanted} is wanted, not ${found}.`,
  'not-whole': (file: string, row: number, column: string, found: string) =>
    `${file}, row ${row}, column ${column}: ${found} is not a whole number of 0 or more.`,
  'too-large': (file: string, row: number, column: string, found: string) =>
    `${file}, row ${row}, column ${column}: ${found} is above 2^53, beyond which whole numbers are not exact. Positions cannot be that many.`,
  lengths: (file: string, row: number, units: number, fires: number) =>
    `${file}, row ${row}: units has ${units} entries, but fires has ${fires}. They must match one to one.`,
  'unit-range': (file: string, row: number, unit: number, units: number) =>
    `${file}, row ${row}, column units: there is no unit ${unit}; the units are 0 to ${units - 1}.`,
  'concept-twice': (file: string, row: number, concept: string) =>
    `${file}, row ${row}, column concepts: ${concept} stands there twice. A set of concepts has each once.`,
  'concept-unknown': (file: string, row: number, concept: string, list: string) =>
    `${file}, row ${row}, column concepts: ${concept} is not in ${list}.`,
  'concept-ambiguous': (file: string, row: number, concept: string, list: string) =>
    `${file}, row ${row}, column concepts: ${concept} stands more than once in ${list}. Write the cells with numbers of concepts.`,
  'concept-name': (file: string, row: number, concept: string) =>
    `${file}, row ${row}, column concepts: "${concept}" is not of the form category/name.`,
  'no-concepts': (file: string) =>
    `${file} has concepts as numbers and does not say what they are called. Give concepts.csv (number, name, category) too.`,
  'too-many-concepts': (file: string, most: number) =>
    `${file} brings the concepts above ${most}, which are more than can be told apart.`,
  'number-twice': (list: string, number: number) =>
    `${list} has the number ${number} twice. Numbers of concepts must be unique.`,
  metadata: (file: string, problem: string) =>
    `${file} has damaged metadata under the key formulens: ${problem}. Write it again, or leave the key out.`,
  'newer-schema': (file: string, found: string, known: string) =>
    `${file} is written as ${found}; this version reads ${known}. Reload the page or update the program.`,
  'concepts-differ': (file: string, first: string) =>
    `${file} and ${first} list different concepts, so their cells cannot be added up. Give shards of one probing set.`,
  'masks-differ': (file: string, first: string, what: string) =>
    `${file} and ${first} have different ${what}, so their cells cannot be added up. Count all shards with the same thresholds of the same units.`,
  empty: (files: string) => `${files} has no cells: there is nothing to explain.`,
  'too-many-positions': (cell: string, found: number) =>
    `The cell of ${cell} has ${found} positions; at most 4,294,967,295 can be counted in one cell.`,
  'more-than-there-are': (cell: string, unit: number, fires: number, n: number) =>
    `In the cell of ${cell} unit ${unit} fires in ${fires} positions, but the cell has ${n}. Count units and positions over the same samples.`,
});
