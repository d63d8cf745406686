import type { Concept, WordVectors } from '../concepts.ts';
import { nearestWords } from './nearest-words.ts';

/** Size of a word's neighbourhood, the word itself not counted (reference: EMBEDDING_NEIGHBORHOOD_SIZE). */
const nearest = 5;

/** The side (`pre`, `hyp`) and the word of a concept named `side:word`, or undefined for other names. */
function sideAndWord(name: string): { side: string; word: string } | undefined {
  const colon = name.indexOf(':');
  return colon < 0 ? undefined : { side: name.slice(0, colon), word: name.slice(colon + 1) };
}

/**
 * For every concept, the concepts whose union NEIGHBORS of it is: the concept itself and, where it is a word with a vector, of the 5
 * nearest words by cosine among all words that have one those that are concepts of the same side (reference code; the paper leaves the
 * word itself out). Ties go to the word that stands first; as in the reference the nearest of all, which is the word itself unless
 * another has the very same vector, is not among the 5. A word whose vector is zero is near to none.
 *
 * @param vectors without vectors every concept has only itself
 * @returns for each concept the ids, ascending
 */
export function neighborConcepts(
  concepts: readonly Concept[],
  vectors: WordVectors | undefined,
): readonly (readonly number[])[] {
  if (!vectors) return concepts.map((concept) => [concept.id]);
  const { words } = vectors;
  const rowOf = new Map(words.map((word, row) => [word, row]));
  const idOf = new Map(concepts.map((concept) => [concept.name, concept.id]));
  const rows = concepts.map(({ name }) => rowOf.get(sideAndWord(name)?.word ?? ''));
  const queries = rows.filter((row) => row !== undefined);
  const near = nearestWords(vectors, queries, nearest + 1);
  return concepts.map((concept, at) => {
    const side = sideAndWord(concept.name)?.side;
    const row = rows[at];
    const others = row === undefined ? [] : (near.get(row) ?? []).slice(1);
    const ids = others.map((other) => idOf.get(`${side}:${words[other]}`)).filter((id) => id !== undefined);
    return [...new Set<number>([concept.id, ...ids])].sort((a, b) => a - b);
  });
}
