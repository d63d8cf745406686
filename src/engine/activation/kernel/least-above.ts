/** A threshold as the two numbers with which "lies above it" becomes "is not below". */
export interface Limits {
  readonly threshold: number;
  /** The smallest float32 above the threshold; infinity where there is none. */
  readonly single: number;
  /** The smallest float64 that lies above the threshold once it is rounded to float32; infinity where there is none. */
  readonly double: number;
}

const largest = 3.4028234663852886e38;

const floats = new Float32Array(1);
const floatBits = new Int32Array(floats.buffer);
const doubles = new Float64Array(1);
const doubleBits = new BigInt64Array(doubles.buffer);

/** The next larger float32. */
function nextFloat(value: number): number {
  if (value === 0) return 2 ** -149;
  floats[0] = value;
  floatBits[0] += value > 0 ? 1 : -1;
  return floats[0];
}

/** The next larger float64; of a number other than 0. */
function nextDouble(value: number): number {
  doubles[0] = value;
  doubleBits[0] += value > 0 ? 1n : -1n;
  return doubles[0];
}

/** Limits of a threshold, so that finite values are compared without rounding each of them first. */
export function leastAbove(threshold: number): Limits {
  if (!(threshold < largest)) return { threshold, single: Infinity, double: Infinity };
  if (threshold < -largest) return { threshold, single: -largest, double: -Infinity };
  const near = Math.fround(threshold);
  const single = near > threshold ? near : nextFloat(near);
  // Halfway to the float32 below, which rounds to the one of the two that is even.
  const below = -nextFloat(-single);
  const middle = (single + below) / 2;
  return { threshold, single, double: Math.fround(middle) > threshold ? middle : nextDouble(middle) };
}
