import type { Concept, WordVectors } from '../concepts.ts';
import { centeredVectors } from './centered-vectors.ts';
import { colorSenses, conceptTerms, nounSenses } from './concept-words.ts';
import type { NounTree } from './noun-tree.ts';
import { nearestSenses } from './wu-palmer.ts';

/** How much two names have to do with each other, by two measures. */
export interface NameSimilarity {
  /** Of the nearest of their senses in WordNet's tree of nouns (Wu & Palmer), 0 to 1; null where one is no noun that it has. */
  readonly tree: number | null;
  /** Cosine of their centered word vectors (centeredVectors), -1 to 1; null where one has none. */
  readonly cosine: number | null;
}

/** Names that are compared. */
export type NamedConcept = Pick<Concept, 'name' | 'category'>;

/** What names are compared by. */
export interface WordTables {
  readonly tree: NounTree;
  readonly vectors: WordVectors;
}

/** What a name is compared by. */
interface Term {
  readonly senses: readonly number[];
  /** Of length 1; null where none of its words has one. */
  readonly vector: Float64Array | null;
}

const isColor = ({ category }: NamedConcept): boolean => category === 'color';

/** Compares names of concepts; what is found of a name is kept. */
export class NameComparer {
  readonly #tree: NounTree;
  readonly #vectors: WordVectors;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #found = new Map<string, Term>();

  constructor({ tree, vectors }: WordTables) {
    this.#tree = tree;
    this.#vectors = centeredVectors(vectors);
    this.#rows = new Map(vectors.words.map((word, row) => [word, row]));
  }

  /** The nearest of the meanings of two names, by each measure on its own; 1 by both where the words are the same. */
  compare(one: NamedConcept, other: NamedConcept): NameSimilarity {
    let [tree, cosine]: [number | null, number | null] = [null, null];
    for (const a of conceptTerms(one))
      for (const b of conceptTerms(other)) {
        const found =
          a === b ? { tree: 1, cosine: 1 } : this.#terms(this.#look(a, isColor(one)), this.#look(b, isColor(other)));
        tree = larger(tree, found.tree);
        cosine = larger(cosine, found.cosine);
      }
    return { tree, cosine };
  }

  #terms(one: Term, other: Term): NameSimilarity {
    return {
      tree: nearestSenses(this.#tree, one.senses, other.senses)?.similarity ?? null,
      cosine: one.vector && other.vector && dot(one.vector, other.vector),
    };
  }

  /** @param color whether the name is that of a color, and so no fruit */
  #look(term: string, color: boolean): Term {
    const key = color ? `${term} (color)` : term;
    let known = this.#found.get(key);
    if (!known) {
      const senses = color ? colorSenses(this.#tree, term) : nounSenses(this.#tree, term);
      known = { senses, vector: this.#vectorOf(term) };
      this.#found.set(key, known);
    }
    return known;
  }

  /** The mean direction of the words that have a vector, of length 1. */
  #vectorOf(term: string): Float64Array | null {
    const { values, dimensions } = this.#vectors;
    const sum = new Float64Array(dimensions);
    for (const word of term.split(/[\s-]+/)) {
      const row = this.#rows.get(word);
      if (row === undefined) continue;
      const vector = Float64Array.from(values.subarray(row * dimensions, (row + 1) * dimensions));
      const size = Math.hypot(...vector);
      if (size > 0) for (let i = 0; i < dimensions; i++) sum[i] += vector[i] / size;
    }
    const size = Math.hypot(...sum);
    return size > 0 ? sum.map((value) => value / size) : null;
  }
}

function larger(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}
