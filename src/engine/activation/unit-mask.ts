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

  /** @param threshold as {@link unitThreshold} gives it */
  count(unit: number, threshold: number): UnitCounts {
    const { start, samples, peaks, maps, height, width } = this.#activations;
    const size = height * width;
    const touched: number[] = [];
    let area = 0;
    let firing = 0;
    for (let i = start[unit]; i < start[unit + 1]; i++) {
      if (!(peaks[i] > threshold)) continue;
      const map = maps.subarray(i * size, (i + 1) * size);
      const before = area;
      const { palette, index } = sampleCells(this.#maps, samples[i]);
      this.#resampler.above(map, threshold, (position) => {
        this.#perPalette[index[position]]++;
        area++;
      });
      if (area > before) firing++;
      for (let j = 0; j < palette.length; j++) {
        if (this.#perPalette[j] === 0) continue;
        if (this.#perCell[palette[j]] === 0) touched.push(palette[j]);
        this.#perCell[palette[j]] += this.#perPalette[j];
        this.#perPalette[j] = 0;
      }
    }
    const cells = Uint32Array.from(touched);
    const counts = cells.map((cell) => this.#perCell[cell]);
    for (const cell of cells) this.#perCell[cell] = 0;
    return { cells, counts, area, firing };
  }
}

/** The samples with the largest activations of a unit, those above the threshold, best first; ties by sample. */
export function topSamples(
  activations: KeptActivations,
  unit: number,
  threshold: number,
  most: number,
): readonly TopSample[] {
  const { start, samples, peaks } = activations;
  const found: TopSample[] = [];
  for (let i = start[unit]; i < start[unit + 1]; i++) {
    if (peaks[i] > threshold) found.push({ sample: samples[i], peak: peaks[i] });
  }
  return found.sort((a, b) => b.peak - a.peak || a.sample - b.sample).slice(0, most);
}
