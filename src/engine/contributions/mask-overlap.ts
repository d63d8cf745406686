import type { KeptActivations } from '../activation/kept.ts';
import { MaskResampler } from '../activation/resample.ts';
import { setBit, wordsFor } from '../bits/bitset.ts';
import type { Grid } from '../concepts.ts';
import type { UnitExplanation } from '../results/explanation.ts';

/** A unit with the threshold and the area of its mask, as its explanation has them. */
export type MaskFacts = Pick<UnitExplanation, 'unit' | 'threshold' | 'area'>;

/** Some units of a layer and their masks. */
export interface LayerMasks {
  readonly activations: KeptActivations;
  readonly units: readonly MaskFacts[];
}

/** Bytes of upper masks held at a time, unless those of a single sample take more. */
const MOST_BYTES = 2 ** 24;

/**
 * IoU of each upper unit's mask with each lower unit's, exact over all samples. Maps of any size are enlarged to the grid as for any mask, so
 * masks of layers with different maps lie on the same positions. Each lower mask is made once however many upper units there are.
 *
 * Memory: at most 16 MiB of upper masks at a time (a bit a position), a mask of each layer, and 8 bytes a pair of units.
 *
 * @returns `[upper units, lower units]` in their orders, 0 to 1; NaN where both masks are empty
 */
export function maskIous(upper: LayerMasks, lower: LayerMasks, grid: Grid): Float64Array {
  const shared = sharedPositions(upper, lower, grid);
  const count = lower.units.length;
  return shared.map((both, pair) => {
    const union = upper.units[Math.floor(pair / count)].area + lower.units[pair % count].area - both;
    return union === 0 ? NaN : both / union;
  });
}

/** Positions in both masks, `[upper units, lower units]`. */
function sharedPositions(upper: LayerMasks, lower: LayerMasks, grid: Grid): Float64Array {
  const words = wordsFor(grid.height * grid.width);
  const uppers = upper.units.length;
  const lowers = lower.units.length;
  const { sampleCount } = upper.activations;
  const found = new Float64Array(uppers * lowers);
  const atOnce = Math.max(1, Math.min(sampleCount, Math.floor(MOST_BYTES / (4 * words * Math.max(1, uppers)))));
  const bits = new Uint32Array(atOnce * uppers * words);
  /** 1 for each sample and upper unit with a mask that is not empty; and how many units have one on a sample. */
  const fires = new Uint8Array(atOnce * uppers);
  const firing = new Uint32Array(atOnce);
  const mine = new Uint32Array(words);
  const upperWalk = new MaskWalk(upper.activations, grid);
  const lowerWalk = new MaskWalk(lower.activations, grid);
  for (let first = 0; first < sampleCount; first += atOnce) {
    const end = Math.min(sampleCount, first + atOnce);
    bits.fill(0);
    fires.fill(0);
    firing.fill(0);
    for (let at = 0; at < uppers; at++) {
      upperWalk.walk(upper.units[at], first, end, null, (sample, positions) => {
        const place = (sample - first) * uppers + at;
        const mask = bits.subarray(place * words, (place + 1) * words);
        for (let i = 0; i < positions.length; i++) setBit(mask, positions[i]);
        fires[place] = 1;
        firing[sample - first]++;
      });
    }
    const wanted = (sample: number): boolean => firing[sample - first] > 0;
    for (let at = 0; at < lowers; at++) {
      lowerWalk.walk(lower.units[at], first, end, wanted, (sample, positions) => {
        for (let i = 0; i < positions.length; i++) setBit(mine, positions[i]);
        // Positions ascend, so the words between the first and the last are all there are.
        const from = positions[0] >>> 5;
        const to = positions[positions.length - 1] >>> 5;
        for (let one = 0, place = (sample - first) * uppers; one < uppers; one++, place++) {
          if (fires[place] === 0) continue;
          let both = 0;
          for (let word = from, other = place * words + from; word <= to; word++, other++) {
            both += bitCount(mine[word] & bits[other]);
          }
          found[one * lowers + at] += both;
        }
        mine.fill(0, from, to + 1);
      });
    }
  }
  return found;
}

/** Walks through the masks of a layer's units that are not empty. */
class MaskWalk {
  readonly #activations: KeptActivations;
  readonly #resampler: MaskResampler;

  constructor(activations: KeptActivations, grid: Grid) {
    this.#activations = activations;
    this.#resampler = new MaskResampler(activations.height, activations.width, grid.height, grid.width);
  }

  /**
   * Calls back for each sample from `first` to `end` less one on which the unit has a mask.
   *
   * @param wanted which samples matter; null: all
   * @param take gets the mask's positions, ascending, in memory that the next call writes to
   */
  walk(
    { unit, threshold }: MaskFacts,
    first: number,
    end: number,
    wanted: ((sample: number) => boolean) | null,
    take: (sample: number, positions: Uint32Array) => void,
  ): void {
    if (threshold === null) return;
    const { start, samples, peaks, maps, height, width } = this.#activations;
    const size = height * width;
    for (let map = this.#firstMap(unit, first); map < start[unit + 1] && samples[map] < end; map++) {
      const sample = samples[map];
      if (!(peaks[map] > threshold) || (wanted && !wanted(sample))) continue;
      const positions = this.#resampler.above(maps.subarray(map * size, (map + 1) * size), threshold);
      if (positions.length > 0) take(sample, positions);
    }
  }

  /** The unit's first map of a sample from `first` on. */
  #firstMap(unit: number, first: number): number {
    const { start, samples } = this.#activations;
    let low = start[unit];
    let high = start[unit + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (samples[middle] < first) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Bits of a word that are 1 (Warren, Hacker's Delight, section 5-1). */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
