import type { Formula } from '../formula/formula.ts';
import type { UnitId } from '../ids.ts';

/** How the mask of a unit comes about: positions whose (upsampled) activation lies strictly above the threshold. */
export type ThresholdRule =
  /** T with P(f > T) = `quantile` over the un-upsampled map of all samples (paper, section 3; exact order statistic). 0 < quantile < 1 */
  | { readonly kind: 'quantile'; readonly quantile: number }
  /** The same T for every unit; 0 for text. */
  | { readonly kind: 'fixed'; readonly above: number }
  /** One T a unit, from a file. */
  | { readonly kind: 'given'; readonly thresholds: readonly number[] };

/** A way to grow a formula `L` by a concept `C`; `neighbors` starts from NEIGHBORS(C), in text. */
export type SearchOperator = 'or' | 'and' | 'and-not' | 'neighbors';

/** What decides a search. */
export interface SearchSettings {
  /** Largest number of concepts in a formula, N; 1 or more. */
  readonly length: number;
  /** Formulas kept at each step, B; 1 or more. */
  readonly beam: number;
  /** Factor on the IoU for each concept beyond the first; above 0, at most 1. */
  readonly penalty: number;
  /** Extend by the K best single concepts only; null: by all. */
  readonly candidates: number | null;
  /** `default`: equal sets of positions count once. `reference`: the reference program's search, to the last digit. */
  readonly mode: 'default' | 'reference';
  /** Units with fewer mask positions are left out (text: 500 of 10,000 pairs); 0: none is. */
  readonly minActive: number;
  /** Concepts that cover fewer positions, over all samples read, stand in no formula; 0: all may. */
  readonly minConcept: number;
  /** Operators in use, at least one; a search for length 1 needs none. */
  readonly operators: readonly SearchOperator[];
  /** Categories whose concepts stand in no formula. */
  readonly without: readonly string[];
}

/** Thresholds and search together: everything that decides an explanation, given activations and cells. */
export interface ExplainSettings extends SearchSettings {
  readonly threshold: ThresholdRule;
}

/** A formula with its counts against one unit's mask. */
export interface ScoredFormula {
  readonly formula: Formula;
  /** |L|: positions where the formula holds. */
  readonly size: number;
  /** |M and L|: those of them in the unit's mask. */
  readonly intersection: number;
  /** |M and L| / |M or L|, 0 to 1. */
  readonly iou: number;
  /** IoU times penalty to the power of the length less one. */
  readonly score: number;
}

/**
 * What became of a unit:
 * - `explained`: it has a formula
 * - `unrelated`: it fires, but no concept overlaps its mask
 * - `constant`: all its activations are equal
 * - `silent`: nothing lies above its threshold, though its activations differ (ties at the top)
 * - `too-few`: fewer mask positions than asked for
 * - `not-finite`: NaN or infinite activations; it is left out
 */
export type UnitState = 'explained' | 'unrelated' | 'constant' | 'silent' | 'too-few' | 'not-finite';

/** A sample on which a unit is strongly active. */
export interface TopSample {
  readonly sample: number;
  /** Largest activation on the un-upsampled map. */
  readonly peak: number;
  /**
   * Of a layer of tokens, pooled by maximum: the word where the peak lies, words of the premise counted from 0, those of the hypothesis
   * behind them; -1 at a special token. Absent of other layers.
   */
  readonly word?: number;
}

/** One unit's explanation. */
export interface UnitExplanation {
  readonly unit: UnitId;
  readonly state: UnitState;
  /** T; NaN activations give null. */
  readonly threshold: number | null;
  /** |M|: positions of the mask over the whole probing set. */
  readonly area: number;
  /** Samples in which the mask has a position. */
  readonly firing: number;
  /**
   * The formula with the best score; null unless `explained`. One exception: in reference mode a text unit with too few active samples has
   * the first concept here, with 0, as the reference program has.
   */
  readonly best: ScoredFormula | null;
  /** Entry k: the best formula of at most k + 1 concepts, up to the length asked for; empty where `best` is null. */
  readonly byLength: readonly ScoredFormula[];
  /** The last beam, best first: the best formula and its runners-up. */
  readonly beam: readonly ScoredFormula[];
  /** Samples by falling peak, those above the threshold only, at most 24. */
  readonly top: readonly TopSample[];
}
