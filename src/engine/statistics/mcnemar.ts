/**
 * The exact test of McNemar (Note on the Sampling Error of the Difference Between Correlated Proportions or Percentages, 1947): how likely it
 * is, two-sided, that of the samples that turn so few or fewer turn the rarer way, were both ways equally likely. As
 * scipy.stats.binomtest(one, one + other, 0.5).
 *
 * @param one samples that turn one way, a whole number from 0
 * @param other those that turn the other way
 * @returns 0 to 1, 0 where it is below 1e-308; null where none turns
 */
export function mcnemarExact(one: number, other: number): number | null {
  const turned = one + other;
  const fewer = Math.min(one, other);
  if (turned === 0) return null;
  if (one === other) return 1;
  let largest = -turned * Math.LN2;
  for (let at = 1; at <= fewer; at += 1) largest += Math.log((turned - fewer + at) / at);
  // Below the largest term, each is a share of the one before.
  let [term, sum] = [1, 0];
  for (let at = fewer; at >= 0 && term > 0; at -= 1) {
    sum += term;
    term *= at / (turned - at + 1);
  }
  return Math.min(1, 2 * sum * Math.exp(largest));
}
