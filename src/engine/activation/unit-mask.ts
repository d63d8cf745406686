import type { CellMaps } from '../cells/cell-maps.ts';
import { sampleCells } from '../cells/cell-maps.ts';
import type { Grid } from '../concepts.ts';
import type { TopSample } from '../results/explanation.ts';
import type { KeptActivations } from './kept.ts';
import { MaskResampler } from './resample.ts';

/** How often a unit's mask meets each cell; what search needs to know of a unit. */
export interface UnitCounts {
  /** Cells the mask meets, in no order. */
  readonly cells: Uint32Array;
  /** Mask positions in each of `cells`. */
  readonly counts: Uint32Array;
  /** |M|: all mask positions. */
  readonly area: number;
  /** Samples in which the mask has a position. */
  readonly firing: number;
}

/** A kept map of one sample, or undefined where it was not kept. */
function mapOf(activations: KeptActivations, unit: number, sample: number): Float32Array | undefined {
  const { start, samples, maps, height, width } = activations;
  let low = start[unit];
  let high = start[unit + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (samples[middle] < sample) low = middle + 1;
    else high = middle;
  }
  if (low === start[unit + 1] || samples[low] !== sample) return undefined;
  return maps.subarray(low * height * width, (low + 1) * height * width);
}

/**
 * A unit's mask on one sample.
 *
 * @returns `grid.height * grid.width` values, 1 where the upsampled activation lies above the threshold
 */
export function unitMask(
  activations: KeptActivations,
  unit: number,
  sample: number,
  threshold: number,
  grid: Grid,
): Uint8Array {
  const mask = new Uint8Array(grid.height * grid.width);
  const map = mapOf(activations, unit, sample);
  if (!map) return mask;
  const resampler = new MaskResampler(activations.height, activations.width, grid.height, grid.width);
  resampler.above(map, threshold, (position) => {
    mask[position] = 1;
  });
  return mask;
}

/** A unit's activation on one sample enlarged to the grid, as {@link unitMask} compares it; null where the map was not kept. */
export function activationMap(
  activations: KeptActivations,
  unit: number,
  sample: number,
  grid: Grid,
): Float32Array | null {
  const map = mapOf(activations, unit, sample);
  if (!map) return null;
  return new MaskResampler(activations.height, activations.width, grid.height, grid.width).enlarge(map);
}

/** A unit's mask sample by sample. */
export interface MaskSamples {
  /** Samples in which the mask has a position, ascending. */
  readonly samples: Uint32Array;
  /** `[samples + 1]` where each sample's entries start in `cells` and `counts`. */
  readonly start: Uint32Array;
  /** Cells the mask meets in each sample. */
  readonly cells: Uint32Array;
  /** Mask positions in each of `cells`. */
  readonly counts: Uint32Array;
}

/** Counts a unit's mask positions per cell, over all samples in which it can fire. Keeps its scratch memory between units. */
export class UnitCounter {
  readonly #activations: KeptActivations;
  readonly #maps: CellMaps;
  readonly #resampler: MaskResampler;
  readonly #perCell: Uint32Array;
  readonly #perPalette: Uint32Array;

  constructor(activations: KeptActivations, maps: CellMaps, cellCount: number) {
    this.#activations = activations;
    this.#maps = maps;
    this.#perCell = new Uint32Array(cellCount);
    const { height, width } = maps.grid;
    this.#perPalette = new Uint32Array(height * width);
    this.#resampler = new MaskResampler(activations.height, activations.width, height, width);
  }

  /**
   * A unit's mask sample by sample.
   *
   * @param threshold as {@link unitThreshold} gives it
   */
  bySample(unit: number, threshold: number): MaskSamples {
    const { start, samples, peaks, maps, height, width } = this.#activations;
    const size = height * width;
    const perPalette = this.#perPalette;
    const firing: number[] = [];
    const ends = [0];
    const cells: number[] = [];
    const counts: number[] = [];
    for (let i = start[unit]; i < start[unit + 1]; i++) {
      if (!(peaks[i] > threshold)) continue;
      const { palette, index } = sampleCells(this.#maps, samples[i]);
      if (palette.length === 0) continue;
      this.#resampler.above(maps.subarray(i * size, (i + 1) * size), threshold, (position) => {
        perPalette[index[position]]++;
      });
      for (let j = 0; j < palette.length; j++) {
        if (perPalette[j] === 0) continue;
        cells.push(palette[j]);
        counts.push(perPalette[j]);
        perPalette[j] = 0;
      }
      if (cells.length > ends[firing.length]) ends[firing.push(samples[i])] = cells.length;
    }
    const typed = (list: number[]): Uint32Array => Uint32Array.from(list);
    return { samples: typed(firing), start: typed(ends), cells: typed(cells), counts: typed(counts) };
  }

  /** The same over all samples. */
  count({ samples, cells: met, counts: times }: MaskSamples): UnitCounts {
    const touched: number[] = [];
    let area = 0;
    for (let i = 0; i < met.length; i++) {
      if (this.#perCell[met[i]] === 0) touched.push(met[i]);
      this.#perCell[met[i]] += times[i];
      area += times[i];
    }
    const cells = Uint32Array.from(touched);
    const counts = cells.map((cell) => this.#perCell[cell]);
    for (const cell of cells) this.#perCell[cell] = 0;
    return { cells, counts, area, firing: samples.length };
  }
}

/** A unit's kept maps by falling peak, equal ones by sample, as indices into `peaks`. */
export function byFallingPeak({ start, peaks }: KeptActivations, unit: number): Uint32Array {
  const order = Uint32Array.from({ length: start[unit + 1] - start[unit] }, (_, i) => start[unit] + i);
  return order.sort((a, b) => peaks[b] - peaks[a]);
}

/**
 * The samples with the largest activations of a unit, those above the threshold, best first; ties by sample.
 *
 * @param order what {@link byFallingPeak} gives, where it is known already
 */
export function topSamples(
  activations: KeptActivations,
  unit: number,
  threshold: number,
  most: number,
  order: Uint32Array = byFallingPeak(activations, unit),
): readonly TopSample[] {
  const { samples, peaks } = activations;
  const found: TopSample[] = [];
  for (const map of order) {
    if (found.length === most || !(peaks[map] > threshold)) break;
    found.push({ sample: samples[map], peak: peaks[map] });
  }
  return found;
}
