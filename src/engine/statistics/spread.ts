import { quantile } from './quantile.ts';

/** How numbers lie, as a box plot draws them. */
export interface Spread {
  readonly least: number;
  /** The smallest of the numbers that is not below `lowerQuartile` - 1.5 * (`upperQuartile` - `lowerQuartile`). */
  readonly lowerWhisker: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  /** The largest of the numbers that is not above `upperQuartile` + 1.5 * (`upperQuartile` - `lowerQuartile`). */
  readonly upperWhisker: number;
  readonly most: number;
  readonly mean: number;
}

/** How far whiskers reach, in interquartile ranges. */
const REACH = 1.5;

/**
 * How numbers lie: mean, quartiles (see {@link quantile}) and whiskers as Tukey has them (Exploratory Data Analysis, 1977), which end at the
 * outermost numbers within 1.5 interquartile ranges of the box.
 *
 * @param values finite numbers, in any order
 * @returns null where there are none
 */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, most] = [sorted.at(0), sorted.at(-1)];
  if (least === undefined || most === undefined) return null;
  const [lowerQuartile, median, upperQuartile] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
  const reach = REACH * (upperQuartile - lowerQuartile);
  return {
    least,
    lowerWhisker: sorted.find((value) => value >= lowerQuartile - reach) ?? least,
    lowerQuartile,
    median,
    upperQuartile,
    upperWhisker: sorted.findLast((value) => value <= upperQuartile + reach) ?? most,
    most,
    mean: mean(values),
  };
}

/** The arithmetic mean of at least one number. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
