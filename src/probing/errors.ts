import { faultTable } from '../engine/fault.ts';

const LAYOUTS =
  'A probing set is a folder or zip in one of two layouts: Broden, with index.csv, label.csv, category.csv and a folder images, ' +
  'or a table, with concepts.npy and concepts.csv.';

/**
 * Everything that can be wrong with a probing set or with dropped activations, in the words a person reads.
 * Rows of a CSV file are counted as a spreadsheet does: the header is row 1. Samples, units and concepts count from 0.
 */
export const probingFaults = faultTable('probing', {
  // Files, folders and zips
  unreadable: (file: string, reason: string) =>
    `${file} could not be read (${reason}). Check that it may be opened, then pick it again.`,
  changed: (file: string) => `${file} has changed since it was picked. Pick the folder or zip again.`,
  gone: (file: string) => `${file} is gone: it was moved or deleted since it was picked. Pick the folder or zip again.`,
  'not-found': (path: string) => `There is no folder or file ${path}. Check the path.`,
  'empty-tree': (tree: string) => `There are no files in ${tree}. ${LAYOUTS}`,
  'missing-file': (file: string, tree: string) => `${tree} has no file ${file}.`,
  'unknown-layout': (tree: string, found: string) =>
    `${tree} is no probing set that we know: it holds ${found}. ${LAYOUTS}`,
  'several-sets': (tree: string, folders: string) =>
    `${tree} holds several probing sets (${folders}). Drop one of these folders.`,
  'wrong-kind': (file: string, kind: string, wanted: string, remedy: string) =>
    `${file} is ${kind}, not ${wanted}. ${remedy}`,
  'unknown-kind': (file: string, wanted: string) =>
    `${file} is not ${wanted}: its first bytes belong to no format we know. Make or download it again.`,
  'not-a-zip': (file: string, reason: string) =>
    `${file} cannot be read as a zip archive: ${reason}. Make or download it again.`,
  'zip-ambiguous': (file: string) =>
    `${file} can be read in more than one way: its parts contradict each other. Unpack it with the program that made it and zip the folder again.`,
  'zip-unsafe-name': (file: string, entry: string) =>
    `${file} contains an entry named ${entry}, which is no plain path inside the archive. Zip the folder again.`,
  'zip-encrypted': (file: string, entry: string) =>
    `${file} is encrypted (${entry}). Unpack it with its password and drop the folder, or zip it without one.`,
  'zip-entry': (entry: string, file: string, reason: string) =>
    `${entry} in ${file} is damaged: ${reason}. Make or download the zip again.`,
  'zip-method': (entry: string, file: string) =>
    `${entry} in ${file} is packed by a method that is not read here. Zip the folder again with the usual one (deflate).`,
  'zip-overlap': (entry: string, other: string, file: string) =>
    `${file} is damaged: the entries ${entry} and ${other} share the same bytes. Make or download the zip again.`,

  // CSV
  'not-utf8': (file: string) => `${file} is not UTF-8 text. Save it again in UTF-8.`,
  'csv-empty': (file: string, columns: string) => `${file} is empty. Its first row must name the columns ${columns}.`,
  'no-rows': (file: string) => `${file} has a header but no rows.`,
  'missing-column': (file: string, column: string, found: string) =>
    `${file} has no column ${column}. Its first row reads ${found}; columns are separated by commas.`,
  'repeated-column': (file: string, column: string) => `${file} names the column ${column} twice in its first row.`,
  'field-count': (file: string, row: number, found: number, wanted: number) =>
    `${file}, row ${row}: ${fields(found)}, but the first row names ${wanted}. A field that contains a comma must stand in double quotes.`,
  quotes: (file: string, row: number) =>
    `${file}, row ${row}: a double quote is not closed or stands in the wrong place. Inside quotes write it twice.`,
  'not-a-number': (file: string, row: number, column: string, found: string) =>
    `${file}, row ${row}, column ${column}: "${found}" is not a whole number of 0 or more.`,
  'empty-field': (file: string, row: number, column: string) =>
    `${file}, row ${row}, column ${column}: the field is empty.`,

  // Broden
  'missing-table': (file: string, tree: string) =>
    `${tree} has no ${file}. Broden's layout needs index.csv, label.csv, category.csv and a folder images.`,
  'no-categories': (wanted: string, found: string) =>
    `None of the categories asked for (${wanted}) has data: those with data in index.csv are ${found}.`,
  'category-column': (category: string, found: string) =>
    `index.csv has no column ${category}, which category.csv lists. Its first row reads ${found}.`,
  coverage: (file: string, row: number, found: string) =>
    `${file}, row ${row}, column coverage: "${found}" is not a number.`,
  'label-zero': (row: number) =>
    `label.csv, row ${row}: number 0 means nothing in Broden's layout and cannot be a label.`,
  'label-number': (row: number, number: number, most: number) =>
    `label.csv, row ${row}, column number: ${number} is too large; masks can hold numbers up to ${most}.`,
  'repeated-number': (file: string, row: number, number: number, first: number) =>
    `${file}, row ${row}: number ${number} is already used in row ${first}.`,
  'label-category': (row: number, found: string) =>
    `label.csv, row ${row}, column category: "${found}" is not a list such as object(5);part(3).`,
  'unknown-category': (row: number, category: string, known: string) =>
    `label.csv, row ${row}, column category: ${category} is not in category.csv, which lists ${known}.`,
  'too-many-concepts': (file: string, count: number, most: number) =>
    `${file} has ${count} concepts; at most ${most} can be told apart.`,
  'other-size': (row: number, found: string, first: string) =>
    `index.csv, row ${row}: its masks are ${found} (sh x sw), but those of the first row are ${first}. All masks of a probing set must have one size.`,
  'mask-size-zero': (row: number) =>
    `index.csv, row ${row}: sh and sw, the masks' height and width, must be at least 1.`,
  'no-data': (categories: string) =>
    `index.csv has no row with data in the probed categories (${categories}), so there is nothing to probe.`,
  'missing-mask': (row: number, column: string, path: string, tree: string) =>
    `index.csv, row ${row}, column ${column}: the mask ${path} is not in ${tree}.`,
  'missing-picture': (row: number, path: string, tree: string) =>
    `index.csv, row ${row}, column image: the picture ${path} is not in ${tree}.`,
  'unknown-label': (row: number, column: string, number: number) =>
    `index.csv, row ${row}, column ${column}: label ${number} is not in label.csv.`,
  'unprobed-label': (where: string, number: number, name: string, categories: string) =>
    `${where}: label ${number} (${name}) belongs to no probed category; label.csv lists it under ${categories}.`,
  'unknown-pixel': (file: string, x: number, y: number, number: number, most: number) =>
    `${file}, pixel x ${x}, y ${y}: label ${number} (red + 256 x green) is not in label.csv, whose largest number is ${most}.`,
  'mask-size': (file: string, found: string, wanted: string) =>
    `${file} is ${found} pixels (height x width), but index.csv says ${wanted}.`,

  // PNG
  'png-truncated': (file: string) => `${file} is cut off: its last part is missing. Make or download it again.`,
  'png-damaged': (file: string, reason: string) => `${file} is a damaged PNG (${reason}). Make or download it again.`,
  'png-too-large': (file: string, width: number, height: number) =>
    `${file} claims ${width} x ${height} pixels. Masks may have at most 16,384 pixels a side and 64 million in all.`,
  'png-depth': (file: string, found: string) =>
    `${file} is a ${found} PNG. Masks must have 8 bits a channel (gray: 8 or 16), or a palette.`,

  // NumPy
  'npy-truncated': (file: string, found: number, wanted: number) =>
    `${file} is cut off: its header asks for ${wanted} bytes, and it has ${found}. Save or download it again.`,
  'npy-too-long': (file: string, found: number, wanted: number) =>
    `${file} is longer than its header says: ${found} bytes instead of ${wanted}. Save it again with numpy.save.`,
  'npy-version': (file: string, version: string) =>
    `${file} has version ${version} of the .npy form; 1.0, 2.0 and 3.0 are known.`,
  'npy-header': (file: string, problem: string) =>
    `${file} has a damaged header: ${problem}. Save it again with numpy.save.`,
  'npy-type': (file: string, found: string, wanted: string) =>
    `${file} holds ${found} values; ${wanted} is wanted. Convert them in Python with .astype and save again.`,
  'npy-fortran': (file: string) =>
    `${file} is in Fortran order. Save it in C order, in Python: numpy.save(name, numpy.ascontiguousarray(array)).`,
  'npy-shape': (file: string, found: string, wanted: string) => `${file} has shape ${found}; ${wanted} is wanted.`,
  'npy-too-large': (file: string, shape: string) =>
    `${file} has shape ${shape}, which is more than fits into memory here.`,
  'npy-not-finite': (file: string, value: string, where: string) =>
    `${file} contains ${value} at ${where}. Only finite numbers can be used.`,
  'npy-range': (file: string, from: number, count: number, samples: number) =>
    `${file} has ${samples} samples; samples ${from} to ${from + count - 1} were asked for.`,

  // Table
  'not-binary': (sample: number, concept: number, value: number) =>
    `concepts.npy, sample ${sample}, concept ${concept}: the value is ${value}, but only 0 and 1 are allowed.`,
  'concept-count': (rows: number, columns: number) =>
    `concepts.csv lists ${rows} concepts, but concepts.npy has ${columns} columns. They must match one to one, in order.`,
  'not-ascending': (row: number, number: number, before: number) =>
    `concepts.csv, row ${row}: number ${number} comes after ${before}. List the columns of concepts.npy in their order, with ascending numbers.`,
  'sample-count': (rows: number, samples: number) =>
    `samples.csv lists ${rows} samples, but concepts.npy has ${samples} rows. They must match one to one, in order.`,
  'vector-length': (line: number, word: string, found: number, wanted: number) =>
    `vectors.txt, line ${line}: the word "${word}" has ${found} values, but the first one has ${wanted}.`,
  'vector-value': (line: number, word: string, found: string) =>
    `vectors.txt, line ${line}: the word "${word}" has the value "${found}", which is not a number.`,
  'vector-line': (line: number) =>
    `vectors.txt, line ${line}: a word followed by its numbers, separated by spaces, is wanted.`,
  'no-vectors': () => 'vectors.txt is empty. Each line must hold a word and its numbers, separated by spaces.',
});

function fields(count: number): string {
  return count === 1 ? '1 field' : `${count} fields`;
}
