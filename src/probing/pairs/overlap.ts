import type { PairOptions } from './pair-options.ts';

/** A way to measure how much two sentences share, and the concepts it makes. */
export interface Overlap {
  /** Names of the concepts, by rising threshold. */
  readonly names: readonly string[];
  /**
   * How many of the concepts hold, which are the first ones.
   *
   * @param shared unique words of both sentences
   * @param either unique words of one sentence or the other, the shared ones counted once
   */
  level(shared: number, either: number): number;
}

const above = (thresholds: readonly number[], value: number): number =>
  thresholds.filter((threshold) => value > threshold).length;

/**
 * Overlap of the sets of words of premise and hypothesis.
 *
 * `paper` (section 4.2): shared words over words of either, above 0, 25, 50 and 75 %. `reference` (nli/code/analyze.py, to_sentence): shared
 * words over words of only one sentence, plus 0.00001, above 25, 50 and 75 %, so that 75 % there are 43 % of the paper's.
 */
export const OVERLAPS: Readonly<Record<NonNullable<PairOptions['overlap']>, Overlap>> = {
  paper: {
    names: ['overlap-0%', 'overlap-25%', 'overlap-50%', 'overlap-75%'],
    level: (shared, either) => (either === 0 ? 0 : above([0, 0.25, 0.5, 0.75], shared / either)),
  },
  reference: {
    names: ['oth:overlap:overlap25', 'oth:overlap:overlap50', 'oth:overlap:overlap75'],
    level: (shared, either) => above([0.25, 0.5, 0.75], shared / (either - shared + 1e-5)),
  },
};
