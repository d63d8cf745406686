import { normalTwoSided } from './distributions.ts';
import { averageRanks } from './ranks.ts';

/** Outcome of the Wilcoxon signed-rank test. */
export interface WilcoxonTest {
  /** Of the rank sums of positive and of negative differences, the smaller one. */
  readonly statistic: number;
  /** Two-sided, 0 to 1. */
  readonly p: number;
  /** Pairs given. */
  readonly pairs: number;
  /** Pairs without a difference: left out. */
  readonly zeros: number;
  /** Where p comes from: from all ways of giving signs to the ranks, or from the normal distribution. */
  readonly method: 'exact' | 'normal';
}

/** Pairs up to which p is exact, where no two differences are equally large and none is 0. */
const MOST_EXACT = 50;

/** Pairs up to which p is exact in any case. */
const MOST_EXACT_WITH_TIES = 13;

/**
 * Wilcoxon's signed-rank test of differences lying evenly around 0 (Individual Comparisons by Ranking Methods, 1945). Pairs without a
 * difference are left out; equally large differences have the mean of their ranks. p is exact for at most 50 pairs, where a difference is 0 or
 * two are equally large for at most 13; else from the normal distribution, its variance less (t^3 - t) / 48 for every t equal ones, without
 * a correction for continuity. All this is what scipy.stats.wilcoxon does unless told otherwise.
 *
 * @param first finite numbers
 * @param second as many
 * @returns null where no pair differs
 */
export function wilcoxon(first: readonly number[], second: readonly number[]): WilcoxonTest | null {
  const pairs = first.length;
  const differences = second.map((value, at) => value - first[at]).filter((difference) => difference !== 0);
  const n = differences.length;
  if (n === 0) return null;
  const zeros = pairs - n;
  const { ranks, ties } = averageRanks(differences.map(Math.abs));
  const total = (n * (n + 1)) / 2;
  const positive = differences.reduce((sum, difference, at) => (difference > 0 ? sum + ranks[at] : sum), 0);
  const statistic = Math.min(positive, total - positive);
  const plain = zeros === 0 && ties.length === 0;
  if (pairs <= (plain ? MOST_EXACT : MOST_EXACT_WITH_TIES))
    return { statistic, p: exactP(ranks, statistic), pairs, zeros, method: 'exact' };
  const tied = ties.reduce((sum, count) => sum + count ** 3 - count, 0);
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1) - tied / 2) / 24);
  return { statistic, p: normalTwoSided((statistic - total / 2) / deviation), pairs, zeros, method: 'normal' };
}

/** Twice the share of the ways of giving signs to the ranks whose positive ones sum up to at most `statistic`, at most 1. */
function exactP(ranks: readonly number[], statistic: number): number {
  // Ranks are multiples of one half.
  const doubled = ranks.map((rank) => 2 * rank);
  const most = 2 * statistic;
  const ways = new Float64Array(most + 1);
  ways[0] = 1;
  for (const rank of doubled) for (let sum = most; sum >= rank; sum -= 1) ways[sum] += ways[sum - rank];
  return Math.min(1, (2 * ways.reduce((sum, count) => sum + count, 0)) / 2 ** ranks.length);
}
