/** Ends of an interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Quantile 0.975 of the standard normal distribution: 2.5 % lie beyond it on either side. */
const Z = 1.959963984540054;

/**
 * The 95 % confidence interval of a share (Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927): all shares from
 * which the one observed is no more than 1.96 standard errors away, without a correction for continuity.
 *
 * @param hits 0 to `of`
 * @param of how often it was tried
 * @returns ends from 0 to 1 with the share between them; null where it was never tried
 */
export function wilsonInterval(hits: number, of: number): Interval | null {
  if (of === 0) return null;
  const share = hits / of;
  const square = Z * Z;
  const middle = (share + square / (2 * of)) / (1 + square / of);
  const reach = (Z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  return { low: hits === 0 ? 0 : Math.max(0, middle - reach), high: hits === of ? 1 : Math.min(1, middle + reach) };
}
