import type { WordVectors } from '../engine/concepts.ts';
import { probingFaults } from './errors.ts';
import type { TreeFile } from './file-tree.ts';
import { identify, wrongKind } from './identify.ts';

/** Above this many values only words that name concepts are kept (160 MB). */
const MOST_VALUES = 40_000_000;

/** Word vectors, and whether words without a concept had to be left out. */
export interface ReadVectors {
  readonly vectors: WordVectors;
  readonly onlyConcepts: boolean;
}

/**
 * Reads word vectors in GloVe's text form, a word and its numbers a line, separated by spaces; a first line of two whole numbers
 * (word2vec's count and length) is skipped. The file is streamed.
 *
 * All words are kept, as the nearest words of NEIGHBORS are found among all; but of a file with more than 40 million values
 * only the words of concepts. Of a word that comes twice the first stays. A word may contain spaces.
 *
 * @param words the words of concepts named `side:word`
 * @throws Fault naming file and line
 */
export async function readWordVectors(
  file: TreeFile,
  words: ReadonlySet<string>,
  mostValues = MOST_VALUES,
): Promise<ReadVectors> {
  const all = await collect(file, undefined, mostValues);
  if (all !== undefined) return { vectors: all, onlyConcepts: false };
  return { vectors: await readVectorsOf(file, words), onlyConcepts: true };
}

/**
 * Reads the vectors of some words out of a file in the form of {@link readWordVectors}, however large it is. Lines of other words are not looked at,
 * but for the first, which says how many numbers a line has.
 *
 * @throws Fault naming file and line
 */
export async function readVectorsOf(file: TreeFile, words: ReadonlySet<string>): Promise<WordVectors> {
  const some = await collect(file, words, Infinity);
  return some ?? { words: [], values: new Float32Array(0), dimensions: 0 };
}

async function collect(
  file: TreeFile,
  wanted: ReadonlySet<string> | undefined,
  mostValues: number,
): Promise<WordVectors | undefined> {
  const starts = wanted && new Set(Array.from(wanted, firstField));
  const rows = new Map<string, Float32Array>();
  let dimensions = 0;
  let line = 0;
  for await (const batch of lines(file)) {
    for (const text of batch) {
      line += 1;
      if (dimensions > 0 && starts?.has(firstField(text)) === false) continue;
      const fields = text.trimEnd().split(' ');
      if (fields[0] === '' && fields.length === 1) continue;
      if (line === 1 && fields.length === 2 && fields.every((field) => /^\d+$/.test(field))) continue;
      if (dimensions === 0) dimensions = trailingNumbers(fields);
      if (dimensions === 0) throw probingFaults['vector-line'](file.path, line);
      const word = fields.slice(0, Math.max(1, fields.length - dimensions)).join(' ');
      if (rows.has(word) || (wanted !== undefined && !wanted.has(word))) continue;
      rows.set(word, parseValues(fields, word, dimensions, file.path, line));
      if (rows.size * dimensions > mostValues) return undefined;
    }
  }
  if (dimensions === 0) throw probingFaults['no-vectors'](file.path);
  const values = new Float32Array(rows.size * dimensions);
  let at = 0;
  for (const row of rows.values()) {
    values.set(row, at);
    at += dimensions;
  }
  return { words: Array.from(rows.keys()), values, dimensions };
}

/** What stands before the first space. */
function firstField(line: string): string {
  const space = line.indexOf(' ');
  return space < 0 ? line.trimEnd() : line.slice(0, space);
}

/** How many numbers stand at the end of the first line; its first field is the word, even where it looks like a number. */
function trailingNumbers(fields: readonly string[]): number {
  const lastWord = fields.findLastIndex((field, index) => index === 0 || !isNumber(field));
  return fields.length - 1 - lastWord;
}

function parseValues(
  fields: readonly string[],
  word: string,
  dimensions: number,
  file: string,
  line: number,
): Float32Array {
  const found = fields.length - 1;
  if (found < dimensions) throw probingFaults['vector-length'](file, line, fields[0], found, dimensions);
  const numbers = fields.slice(fields.length - dimensions);
  const wrong = numbers.find((number) => !isNumber(number));
  if (wrong !== undefined) throw probingFaults['vector-value'](file, line, word, wrong);
  if (fields.slice(1, fields.length - dimensions).some(isNumber)) {
    throw probingFaults['vector-length'](file, line, fields[0], found, dimensions);
  }
  return Float32Array.from(numbers, Number);
}

function isNumber(field: string): boolean {
  return field !== '' && Number.isFinite(Number(field));
}

/** The lines of a file, as many at a time as a piece of it has. */
async function* lines(file: TreeFile): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = file.stream().getReader();
  let rest = '';
  let first = true;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (first && value !== undefined && identify(value) !== undefined)
        throw wrongKind(file.path, value, 'a text file of word vectors');
      first = false;
      const parts = (rest + decodePart(decoder, value, file.path)).split('\n');
      rest = parts.pop() ?? '';
      yield parts;
      if (done) break;
    }
    if (rest !== '') yield [rest];
  } finally {
    await reader.cancel();
  }
}

function decodePart(decoder: TextDecoder, bytes: Uint8Array | undefined, path: string): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw probingFaults['not-utf8'](path);
  }
}
