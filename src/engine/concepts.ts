import type { ConceptId } from './ids.ts';

/** A named property that is true or false at every position of a probing set. */
export interface Concept {
  /** Position in the probing set's list of concepts. */
  readonly id: ConceptId;
  /** Number it has in the source file (Broden's `label.csv`, `concepts.csv`). */
  readonly number: number;
  /** Name as the source gives it. Plain text, never markup. */
  readonly name: string;
  /** Category name: scene, object, part, material, texture, color for pictures; pre:tok, hyp:tok, ... for text. */
  readonly category: string;
}

/** Size of the grid on which a sample's positions lie; 1 x 1 where a sample has a single position. */
export interface Grid {
  readonly height: number;
  readonly width: number;
}

/** Which concepts are true at the positions of one sample. */
export interface SampleLabels {
  /**
   * Label maps of `height * width` values, row by row: concept id + 1, or 0 for none.
   * The concepts of a position are the union over all maps and `everywhere`.
   */
  readonly planes: readonly Uint16Array[];
  /** Concepts true at every position of the sample (a scene; every concept, where a sample has one position). */
  readonly everywhere: readonly ConceptId[];
}

/** Word vectors by word; all of the same length. */
export interface WordVectors {
  readonly words: readonly string[];
  /** `words.length * dimensions` values, row by row. */
  readonly values: Float32Array;
  readonly dimensions: number;
}
