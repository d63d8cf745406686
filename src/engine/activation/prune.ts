import { makeKeptActivations, type KeptActivations } from './kept.ts';
import { unitThreshold } from './threshold.ts';

/**
 * Leaves out the maps that cannot reach the threshold of any quantile up to `quantile`: what a collector would have kept that was told
 * this quantile. Thresholds, masks, counts and top samples of that quantile and of smaller ones stay exactly the same.
 *
 * @param quantile above 0, at most 1
 * @param above fixed thresholds from this on stay possible too; none, unless told
 * @returns the activations themselves, where they are pruned so far already
 */
export function pruneActivations(kept: KeptActivations, quantile: number, above = Infinity): KeptActivations {
  if (quantile >= kept.keptQuantile) return kept;
  const { unitCount, sampleCount, samplesRead, height, width, start, samples, peaks, maps } = kept;
  const floor = Float32Array.from({ length: unitCount }, (_, unit) =>
    unitThreshold(kept, unit, { kind: 'quantile', quantile }),
  );
  const stays = (unit: number, map: number): boolean => peaks[map] >= floor[unit] || peaks[map] > above;
  let count = 0;
  for (let unit = 0; unit < unitCount; unit++) {
    for (let map = start[unit]; map < start[unit + 1]; map++) if (stays(unit, map)) count++;
  }
  const sizes = { unitCount, sampleCount, samplesRead, height, width, keptQuantile: quantile };
  const pruned = makeKeptActivations(sizes, count);
  const size = height * width;
  let at = 0;
  for (let unit = 0; unit < unitCount; unit++) {
    for (let map = start[unit]; map < start[unit + 1]; map++) {
      if (!stays(unit, map)) continue;
      pruned.samples[at] = samples[map];
      pruned.peaks[at] = peaks[map];
      pruned.maps.set(maps.subarray(map * size, (map + 1) * size), at * size);
      at++;
    }
    pruned.start[unit + 1] = at;
  }
  pruned.floor.set(floor.map((reached) => Math.min(reached, above)));
  pruned.highest.set(kept.highest);
  pruned.minimum.set(kept.minimum);
  pruned.maximum.set(kept.maximum);
  pruned.notFinite.set(kept.notFinite);
  return pruned;
}
