// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- so that every room that comes by here has the types
/// <reference path="./jstat.d.ts" />
import jStat from 'jstat';

/** From here on the tail is summed up by itself: less than one, a difference from 1 has too few digits. */
const FAR_OUT = 3;

/** Steps of the continued fraction; from 3 on, far more than it takes for all digits. */
const STEPS = 100;

/**
 * P(|Z| >= |z|) of the standard normal distribution, 0 to 1, to about twelve digits. Far out by the continued fraction of Abramowitz and
 * Stegun, 26.2.14: jstat's value is a difference from 1, which has none of them left there.
 *
 * @param z any number, also infinite
 */
export function normalTwoSided(z: number): number {
  const far = Math.abs(z);
  if (far < FAR_OUT) return Math.min(1, 2 * jStat.normal.cdf(-far, 0, 1));
  let below = far;
  for (let step = STEPS; step > 0; step -= 1) below = far + step / below;
  return (2 * Math.exp((-far * far) / 2)) / (Math.sqrt(2 * Math.PI) * below);
}

/**
 * P(|T| >= |t|) of Student's t distribution, 0 to 1, to about six digits: I_x(df / 2, 1 / 2) with x = df / (df + t^2) (Abramowitz and Stegun,
 * 26.7.1 and 26.5.27).
 *
 * @param t any number, also infinite
 * @param df degrees of freedom, 1 or more
 */
export function studentTwoSided(t: number, df: number): number {
  return Math.min(1, Math.max(0, jStat.ibeta(df / (df + t * t), df / 2, 0.5)));
}
