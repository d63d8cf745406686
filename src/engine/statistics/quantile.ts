/**
 * A quantile by linear interpolation between the two numbers next to it: with n numbers, at place `share` * (n - 1) counted from 0. Definition 7
 * of Hyndman and Fan (Sample Quantiles in Statistical Packages, 1996), numpy's default.
 *
 * @param sorted numbers, ascending, at least one
 * @param share 0 to 1
 */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  return low + (place - below) * (high - low);
}
