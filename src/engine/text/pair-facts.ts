import type { ConceptId } from '../ids.ts';
import type { Side } from './sentence-pair.ts';

/** A word that makes a concept of a formula true. */
export interface WordMark {
  readonly side: Side;
  /** Number of the word in its sentence, from 0. */
  readonly word: number;
  /** The concept it makes true; of NEIGHBORS, the neighbour. */
  readonly concept: ConceptId;
}

/** A formula on one pair. */
export interface FormulaOnPair {
  readonly holds: boolean;
  /**
   * Words that make it true: those of concepts that are true and stand under no NOT, in the parts of an OR that hold. For overlap, the
   * words that both sentences share. In the order of premise and hypothesis; empty where it does not hold, or holds by what is absent.
   */
  readonly marks: readonly WordMark[];
}
