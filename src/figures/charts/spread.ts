/** Where the values of a list lie. */
export interface Spread {
  readonly least: number;
  /** First quartile. */
  readonly lower: number;
  readonly median: number;
  readonly mean: number;
  /** Third quartile. */
  readonly upper: number;
  readonly most: number;
}

/** Least, quartiles, mean and most of one or more values; between two values quantiles are interpolated (type 7 of Hyndman and Fan). */
export function spread(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const low = Math.floor(place);
    const high = Math.ceil(place);
    return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
  };
  return {
    least: sorted[0],
    lower: at(0.25),
    median: at(0.5),
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    upper: at(0.75),
    most: sorted[sorted.length - 1],
  };
}
