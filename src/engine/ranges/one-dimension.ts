/** Values on a line with how often each occurs: what is split into clusters. */
export interface WeightedValues {
  /** Ascending, all different. */
  readonly values: Float64Array;
  /** Above 0. */
  readonly weights: Float64Array;
}

/**
 * The clusters of k-means in one dimension: not those that Lloyd's steps end in from some start, but the best of all. Clusters of the best
 * split are intervals, so its cost follows from the best splits of the values up to each place into one cluster less, and the place where the
 * last cluster begins never falls while the place grows: divide and conquer over places, O(k n log n) (Wang and Song, Ckmeans.1d.dp, The R
 * Journal 2011; Groenlund et al., Fast exact k-means, k-medians and Bregman divergence clustering in 1D, 2017). Memory: 40 bytes a value, and 4
 * more for each cluster.
 *
 * @param k 1 or more; more than there are values: a cluster each
 * @returns index of each cluster's first value, ascending, the first one 0; of equally good splits, one. None where there are no values
 */
export function bestClusters({ values, weights }: WeightedValues, k: number): readonly number[] {
  const n = values.length;
  const most = Math.min(k, n);
  if (most === 0) return [];
  const cost = new IntervalCost(values, weights);
  let before = new Float64Array(n);
  for (let to = 0; to < n; to++) before[to] = cost.of(0, to);
  /** By cluster, from the second on: where it begins if the values end at a place. */
  const begins: Uint32Array[] = [];
  for (let cluster = 1; cluster < most; cluster++) {
    const best = new Float64Array(n).fill(Infinity);
    const begin = new Uint32Array(n);
    splitBest(before, cost, cluster, best, begin);
    before = best;
    begins.push(begin);
  }
  const firsts = [0];
  let last = n - 1;
  for (const begin of begins.reverse()) {
    firsts.splice(1, 0, begin[last]);
    last = begin[last] - 1;
  }
  return firsts;
}

/** Fills in, for values that end at each place from `cluster` on, the least cost with one cluster more than `before` has, and where the last begins. */
function splitBest(
  before: Float64Array,
  cost: IntervalCost,
  cluster: number,
  best: Float64Array,
  begin: Uint32Array,
): void {
  /** Ends at hand with the range of beginnings to be tried, four numbers each. */
  const open = [cluster, before.length - 1, cluster, before.length - 1];
  while (open.length > 0) {
    const [from, to, low, high] = open.splice(-4);
    const middle = (from + to) >> 1;
    for (let first = low; first <= Math.min(middle, high); first++) {
      const whole = before[first - 1] + cost.of(first, middle);
      if (whole >= best[middle]) continue;
      best[middle] = whole;
      begin[middle] = first;
    }
    if (from < middle) open.push(from, middle - 1, low, begin[middle]);
    if (middle < to) open.push(middle + 1, to, begin[middle], high);
  }
}

/** Sums of squared distances from their mean, of any neighbours in a list of values. */
class IntervalCost {
  readonly #weight: Float64Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;

  constructor(values: Float64Array, weights: Float64Array) {
    const n = values.length;
    this.#weight = new Float64Array(n + 1);
    this.#sum = new Float64Array(n + 1);
    this.#squares = new Float64Array(n + 1);
    // Counted from the middle of the values, so that less is lost in differences of sums.
    const origin = values[n >> 1];
    for (let i = 0; i < n; i++) {
      const value = values[i] - origin;
      this.#weight[i + 1] = this.#weight[i] + weights[i];
      this.#sum[i + 1] = this.#sum[i] + weights[i] * value;
      this.#squares[i + 1] = this.#squares[i] + weights[i] * value * value;
    }
  }

  /** @param last inclusive, `first` or above */
  of(first: number, last: number): number {
    const sum = this.#sum[last + 1] - this.#sum[first];
    const weight = this.#weight[last + 1] - this.#weight[first];
    return Math.max(0, this.#squares[last + 1] - this.#squares[first] - (sum * sum) / weight);
  }
}
