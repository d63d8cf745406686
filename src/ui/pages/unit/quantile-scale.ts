/** Smallest quantile the slider offers. */
export const smallestQuantile = 0.0005;

/** Steps of the slider from the smallest quantile to the largest. */
export const quantileSteps = 120;

/** The largest quantile on offer: at most a fifth of all positions, and no more than activations are kept for. */
export function largestQuantile(limit: number): number {
  return Math.max(smallestQuantile * 2, Math.min(0.2, limit));
}

/** A quantile's place on the logarithmic slider, 0 to {@link quantileSteps}, whole. */
export function quantilePlace(quantile: number, largest: number): number {
  const share = Math.log(quantile / smallestQuantile) / Math.log(largest / smallestQuantile);
  return Math.round(Math.min(1, Math.max(0, share)) * quantileSteps);
}

/**
 * The quantile at a place on the slider, in two significant digits, not beyond the largest; at the results' own place exactly theirs, so
 * that a slider moved away and back is where it was.
 */
export function quantileAt(place: number, largest: number, own: number | null): number {
  if (own !== null && own <= largest && quantilePlace(own, largest) === place) return own;
  if (place >= quantileSteps) return largest;
  const exact = smallestQuantile * (largest / smallestQuantile) ** (place / quantileSteps);
  return Math.min(largest, Number(exact.toPrecision(2)));
}
