import { studentTwoSided } from './distributions.ts';
import { mean } from './spread.ts';

/** Outcome of the paired t-test. */
export interface PairedTTest {
  /** Mean difference over its standard error. */
  readonly t: number;
  /** Degrees of freedom: pairs less one. */
  readonly df: number;
  /** Two-sided, 0 to 1. */
  readonly p: number;
  /** Mean of `second` less `first`. */
  readonly meanDifference: number;
}

/**
 * Student's t-test for pairs (Student, The Probable Error of a Mean, 1908): t = mean difference / (s / sqrt(n)), s with n - 1 in the
 * denominator; above 0 where `second` is larger. As scipy.stats.ttest_rel(second, first).
 *
 * @param first finite numbers
 * @param second as many
 * @returns null where there are fewer than two pairs, or all differ by the same
 */
export function pairedT(first: readonly number[], second: readonly number[]): PairedTTest | null {
  const differences = second.map((value, at) => value - first[at]);
  if (differences.every((difference) => difference === differences[0])) return null;
  const df = differences.length - 1;
  const meanDifference = mean(differences);
  const variance = differences.reduce((sum, difference) => sum + (difference - meanDifference) ** 2, 0) / df;
  const t = meanDifference / Math.sqrt(variance / differences.length);
  return { t, df, p: studentTwoSided(t, df), meanDifference };
}
