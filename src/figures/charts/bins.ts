/** A bar of a histogram: values from `from` up to `to`, the last bar with its end. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const steps = [0.001, 0.002, 0.0025, 0.005, 0.01, 0.02, 0.025, 0.05, 0.1];

/** Counts values from 0 to 1 in bins of a round width, at most `most` of them, up to the bin with the largest value. */
export function bins(values: readonly number[], most = 30): readonly Bin[] {
  const top = Math.min(1, Math.max(0.05, ...values));
  const width = steps.find((step) => top / step <= most) ?? 0.1;
  const count = Math.max(1, Math.ceil(top / width - 1e-9));
  const edge = (index: number): number => Number((index * width).toFixed(6));
  return countInto(
    Array.from({ length: count }, (_, index) => ({ from: edge(index), to: edge(index + 1), count: 0 })),
    values,
  );
}

/** Counts values in the bins that others made; values above the last bin's end count in it. */
export function countInto(made: readonly Bin[], values: readonly number[]): readonly Bin[] {
  const width = made[0].to - made[0].from;
  const counts = new Array<number>(made.length).fill(0);
  for (const value of values) counts[Math.min(made.length - 1, Math.floor(value / width + 1e-9))] += 1;
  return made.map(({ from, to }, index) => ({ from, to, count: counts[index] }));
}
