import type { Concept, WordVectors } from '../concepts.ts';

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
 * another has the very same vector, is not among the 5.
 *
 * @param vectors without vectors every concept has only itself
 * @returns for each concept the ids, ascending
 */
export function neighborConcepts(
  concepts: readonly Concept[],
  vectors: WordVectors | undefined,
): readonly (readonly number[])[] {
  if (!vectors) return concepts.map((concept) => [concept.id]);
  const { words, values, dimensions } = vectors;
  const rowOf = new Map(words.map((word, row) => [word, row]));
  const idOf = new Map(concepts.map((concept) => [concept.name, concept.id]));
  const norms = Float64Array.from(words, (_, row) => {
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += values[row * dimensions + i] ** 2;
    return Math.sqrt(sum);
  });
  const nearestRows = new Map<number, readonly number[]>();
  const rowsNear = (row: number): readonly number[] => {
    const known = nearestRows.get(row);
    if (known) return known;
    const found: { row: number; cosine: number }[] = [];
    for (let other = 0; other < words.length; other++) {
      let dot = 0;
      for (let i = 0; i < dimensions; i++) dot += values[row * dimensions + i] * values[other * dimensions + i];
      const cosine = dot / (norms[row] * norms[other]);
      if (found.length === nearest + 1 && !(cosine > found[nearest].cosine)) continue;
      let at = found.length;
      while (at > 0 && found[at - 1].cosine < cosine) at--;
      found.splice(at, 0, { row: other, cosine });
      if (found.length > nearest + 1) found.pop();
    }
    const rows = found.slice(1).map((entry) => entry.row);
    nearestRows.set(row, rows);
    return rows;
  };
  return concepts.map((concept) => {
    const parts = sideAndWord(concept.name);
    const row = parts && rowOf.get(parts.word);
    if (!parts || row === undefined) return [concept.id];
    const ids = rowsNear(row)
      .map((near) => idOf.get(`${parts.side}:${words[near]}`))
      .filter((id) => id !== undefined);
    return [...new Set<number>([concept.id, ...ids])].sort((a, b) => a - b);
  });
}
