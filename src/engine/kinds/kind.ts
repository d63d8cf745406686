/**
 * The kinds of units that the paper tells apart by hand (section 4.1, Figure 5), and `none`:
 * - `lexical`: lexically coherent abstraction, an OR of things for which there is a word
 * - `perceptual`: perceptual-only abstraction, an OR of things that look alike without a word for what they are
 * - `specialization`: a concept narrowed down, `L AND NOT C`
 * - `polysemantic`: an OR of things that have nothing to do with each other
 * - `none`: none of the four; of a suggestion: not composed, the formula names one concept
 */
export type Kind = 'lexical' | 'perceptual' | 'specialization' | 'polysemantic' | 'none';

/** What a person says of a unit: a kind, or that it cannot be told. */
export type KindLabel = Kind | 'unsure';

/** All kinds, in the order of keys, tables and charts. */
export const kinds: readonly Kind[] = ['lexical', 'perceptual', 'specialization', 'polysemantic', 'none'];

/** All labels, in that order. */
export const kindLabels: readonly KindLabel[] = [...kinds, 'unsure'];

/** Something that speaks for a suggestion or against it. */
export interface KindEvidence {
  /**
   * What `value` is:
   * - `tree`, `cosine`: similarity of two names (src/engine/kinds/name-similarity.ts)
   * - `gain`: what the last concept adds to the IoU, as a share of it
   * - `rest`: IoU without the part that is named
   * - `share`: of the positions in which mask and one side of an OR agree, the share in which the concept is true, on the side where it is smallest
   * - `base`: share of all positions in which that concept is true
   * - `shape`: nothing; the formula's form says it
   */
  readonly what: 'tree' | 'cosine' | 'gain' | 'rest' | 'share' | 'base' | 'shape';
  /** A sentence or part of one, plain text. */
  readonly text: string;
  /** Null for `shape`, and where it is not known. */
  readonly value: number | null;
}

/** The kind that a unit seems to have, and why. */
export interface KindSuggestion {
  readonly kind: Kind;
  /** 0 to 1, for sorting: how far the evidence lies from the rule's limits; no probability. */
  readonly confidence: number;
  /** In the order of the rule; one or more. */
  readonly evidence: readonly KindEvidence[];
}
