import type { WordVectors } from '../../engine/concepts.ts';
import { sha256 } from '../hash.ts';
import type { ProbingTools } from '../probing-options.ts';
import { readVectorsOf } from '../word-vectors.ts';
import type { PairSource } from './pair-source.ts';
import { readWordTable } from './word-table.ts';

/** Name of the embedded table for people. */
const TABLE_NAME = 'GloVe, 5,000 common words';

/** Word vectors of a set of pairs. */
export interface PairVectors {
  /** Of words that occur in the pairs; may be of none. */
  readonly vectors: WordVectors;
  /** Name of the file, or of the embedded table. */
  readonly name: string;
  /** Line for the content hash. */
  readonly digest: string;
}

/**
 * The vectors of the words in use, from the file that lies beside the pairs, else from the embedded table. Undefined, if there is neither.
 *
 * @throws Fault naming the line of the file, or saying that the table is damaged
 */
export async function pairVectors(
  file: PairSource['vectors'],
  words: readonly string[],
  wordTable: ProbingTools['wordTable'],
): Promise<PairVectors | undefined> {
  const inUse = new Set(words);
  if (file !== undefined) {
    const vectors = await readVectorsOf(file, inUse);
    return { vectors, name: file.path, digest: `${file.path} ${file.size} ${file.stamp}` };
  }
  const bytes = await wordTable?.();
  if (bytes === undefined) return undefined;
  return { vectors: keepWords(readWordTable(bytes), inUse), name: TABLE_NAME, digest: `words ${await sha256(bytes)}` };
}

function keepWords({ words, values, dimensions }: WordVectors, kept: ReadonlySet<string>): WordVectors {
  const rows = Array.from(words.keys()).filter((row) => kept.has(words[row]));
  const some = new Float32Array(rows.length * dimensions);
  for (const [at, row] of rows.entries())
    some.set(values.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  return { words: rows.map((row) => words[row]), values: some, dimensions };
}
