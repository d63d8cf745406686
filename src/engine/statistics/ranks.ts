/** Ranks of numbers. */
export interface Ranks {
  /** In the order of the numbers, from 1; equal numbers share the mean of the ranks they take up. */
  readonly ranks: readonly number[];
  /** How many numbers there are of each value that occurs more than once. */
  readonly ties: readonly number[];
}

/** Ranks of finite numbers by rising value, equal ones having the mean of their ranks. */
export function averageRanks(values: readonly number[]): Ranks {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length).fill(0);
  const ties: number[] = [];
  let from = 0;
  while (from < order.length) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to += 1;
    for (const place of order.slice(from, to)) ranks[place] = (from + 1 + to) / 2;
    if (to - from > 1) ties.push(to - from);
    from = to;
  }
  return { ranks, ties };
}
