/**
 * Area under the ROC curve of telling some samples from the others by a value of each: the share of pairs, one of either kind, in which
 * the one asked for has the larger value; ties count one half (Bykov et al., 2023; the Mann-Whitney statistic).
 *
 * @param order the samples to be told apart, by rising value; see {@link byRisingValue}
 * @param values a value for each sample
 * @param counts above 0 for the samples asked for
 * @returns 0 to 1; null where all samples are of one kind
 */
export function auroc(order: Uint32Array, values: Float32Array, counts: Uint8Array | Uint32Array): number | null {
  let below = 0;
  let asked = 0;
  let won = 0;
  for (let i = 0; i < order.length;) {
    let tiedAsked = 0;
    let tiedOther = 0;
    const value = values[order[i]];
    for (; i < order.length && values[order[i]] === value; i++) {
      if (counts[order[i]] > 0) tiedAsked++;
      else tiedOther++;
    }
    won += tiedAsked * (below + tiedOther / 2);
    below += tiedOther;
    asked += tiedAsked;
  }
  return asked === 0 || below === 0 ? null : won / (asked * below);
}

/** The samples that were read and have a value, NaN being none, by rising value. */
export function byRisingValue(values: Float32Array, wasRead: (sample: number) => boolean): Uint32Array {
  const samples = Uint32Array.from(values.keys()).filter((sample) => wasRead(sample) && !Number.isNaN(values[sample]));
  // Infinities of one sign are equal, and their difference is NaN.
  return samples.sort((a, b) => values[a] - values[b] || 0);
}
