import type { CellMaps } from '../cells/cell-maps.ts';
import type { Grid } from '../concepts.ts';
import type { TopSample } from '../results/explanation.ts';
import type { KeptActivations } from './kept.ts';
import { KernelCounter } from './kernel/kernel-counter.ts';
import type { MapCounter } from './map-counter.ts';
import { PlainCounter } from './plain-counter.ts';
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
  for (const position of resampler.above(map, threshold)) mask[position] = 1;
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

/**
 * Counts a unit's mask positions per cell, over all samples in which it can fire. Keeps its scratch memory between units: 8 bytes for each
 * sample, and for each cell that a sample of the unit with the most of them has.
 */
export class UnitCounter {
  readonly #activations: KeptActivations;
  readonly #maps: CellMaps;
  readonly #counter: MapCounter;
  readonly #perCell: Uint32Array;
  #cells = new Uint32Array(1024);
  #counts = new Uint32Array(1024);

  /** @param counter of single maps: the kernel where there is one, since it gives the same several times sooner (docs/performance.md) */
  constructor(
    activations: KeptActivations,
    maps: CellMaps,
    cellCount: number,
    counter: MapCounter = KernelCounter.make(activations, maps) ?? new PlainCounter(activations, maps),
  ) {
    this.#activations = activations;
    this.#maps = maps;
    this.#counter = counter;
    this.#perCell = new Uint32Array(cellCount);
  }

  /**
   * A unit's mask sample by sample.
   *
   * @param threshold as {@link unitThreshold} gives it
   */
  bySample(unit: number, threshold: number): MaskSamples {
    const { start, samples, peaks } = this.#activations;
    const { paletteStart, palettes } = this.#maps;
    const { entries, counts } = this.#counter;
    const from = start[unit];
    const to = start[unit + 1];
    const firing = new Uint32Array(to - from);
    const ends = new Uint32Array(to - from + 1);
    let fired = 0;
    let end = 0;
    for (let map = from; map < to; map++) {
      if (!(peaks[map] > threshold)) continue;
      const met = this.#counter.count(map, threshold);
      if (met === 0) continue;
      if (end + met > this.#cells.length) this.#grow(end + met);
      const palette = paletteStart[samples[map]];
      for (let i = 0; i < met; i++, end++) {
        this.#cells[end] = palettes[palette + entries[i]];
        this.#counts[end] = counts[i];
      }
      firing[fired++] = samples[map];
      ends[fired] = end;
    }
    return {
      samples: firing.slice(0, fired),
      start: ends.slice(0, fired + 1),
      cells: this.#cells.slice(0, end),
      counts: this.#counts.slice(0, end),
    };
  }

  /** The same over all samples. */
  count({ samples, cells: met, counts: times }: MaskSamples): UnitCounts {
    const perCell = this.#perCell;
    const touched = new Uint32Array(met.length);
    let cellCount = 0;
    let area = 0;
    for (let i = 0; i < met.length; i++) {
      if (perCell[met[i]] === 0) touched[cellCount++] = met[i];
      perCell[met[i]] += times[i];
      area += times[i];
    }
    const cells = touched.slice(0, cellCount);
    const counts = new Uint32Array(cellCount);
    for (let i = 0; i < cellCount; i++) {
      counts[i] = perCell[cells[i]];
      perCell[cells[i]] = 0;
    }
    return { cells, counts, area, firing: samples.length };
  }

  #grow(atLeast: number): void {
    const room = Math.max(atLeast, 2 * this.#cells.length);
    const [cells, counts] = [this.#cells, this.#counts];
    this.#cells = new Uint32Array(room);
    this.#cells.set(cells);
    this.#counts = new Uint32Array(room);
    this.#counts.set(counts);
  }
}

/**
 * The samples with the largest activations of a unit, those above the threshold, best first; ties by sample.
 */
export function topSamples(
  { start, samples, peaks }: KeptActivations,
  unit: number,
  threshold: number,
  most: number,
): readonly TopSample[] {
  const best: number[] = [];
  for (let map = start[unit]; map < start[unit + 1]; map++) {
    if (!(peaks[map] > threshold) || (best.length === most && !(peaks[map] > peaks[best[most - 1]]))) continue;
    let at = best.length === most ? most - 1 : best.length;
    for (; at > 0 && peaks[map] > peaks[best[at - 1]]; at--) best[at] = best[at - 1];
    best[at] = map;
  }
  return best.map((map) => ({ sample: samples[map], peak: peaks[map] }));
}
