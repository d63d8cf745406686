import { studentTwoSided } from './distributions.ts';
import { averageRanks } from './ranks.ts';
import { mean } from './spread.ts';

/** A coefficient of correlation, with the test of its being 0. */
export interface Correlation {
  /** -1 to 1. */
  readonly r: number;
  /** Two-sided, 0 to 1. */
  readonly p: number;
  /** Pairs of numbers. */
  readonly n: number;
}

/** Pairs below which no coefficient is given: two points always lie on a line. */
const FEWEST = 3;

/**
 * Pearson's product-moment correlation, with the two-sided p of r = 0 from Student's t distribution with n - 2 degrees of freedom,
 * t = r * sqrt((n - 2) / (1 - r^2)) (as scipy.stats.pearsonr has it, which says the same with the beta distribution).
 *
 * @param xs finite numbers
 * @param ys as many
 * @returns null where there are fewer than three pairs, or all numbers of one side are equal
 */
export function pearson(xs: readonly number[], ys: readonly number[]): Correlation | null {
  const n = xs.length;
  const [left, right] = [directionOf(xs), directionOf(ys)];
  if (n < FEWEST || !left || !right) return null;
  const product = left.reduce((sum, value, at) => sum + value * right[at], 0);
  const r = Math.min(1, Math.max(-1, product));
  return { r, p: studentTwoSided(r * Math.sqrt((n - 2) / ((1 - r) * (1 + r))), n - 2), n };
}

/**
 * Spearman's rank correlation: {@link pearson} of the ranks, equal numbers having the mean of theirs (as scipy.stats.spearmanr has it).
 *
 * @param xs finite numbers
 * @param ys as many
 * @returns null where there are fewer than three pairs, or all numbers of one side are equal
 */
export function spearman(xs: readonly number[], ys: readonly number[]): Correlation | null {
  return pearson(averageRanks(xs).ranks, averageRanks(ys).ranks);
}

/** Numbers less their mean, as a vector of length 1; null where they are all equal. */
function directionOf(values: readonly number[]): readonly number[] | null {
  if (values.every((value) => value === values[0])) return null;
  const middle = mean(values);
  const off = values.map((value) => value - middle);
  const most = off.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const scaled = off.map((value) => value / most);
  const norm = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0));
  return scaled.map((value) => value / norm);
}
