import { sampleCells, type CellMaps } from '../cells/cell-maps.ts';
import type { KeptActivations } from './kept.ts';
import type { MapCounter } from './map-counter.ts';
import { MaskResampler } from './resample.ts';

/** {@link MapCounter} in plain TypeScript. */
export class PlainCounter implements MapCounter {
  readonly entries: Uint32Array;
  readonly counts: Uint32Array;
  readonly #activations: KeptActivations;
  readonly #maps: CellMaps;
  readonly #resampler: MaskResampler;
  readonly #perEntry: Uint32Array;

  constructor(activations: KeptActivations, maps: CellMaps) {
    const { height, width } = maps.grid;
    this.#activations = activations;
    this.#maps = maps;
    this.#resampler = new MaskResampler(activations.height, activations.width, height, width);
    this.entries = new Uint32Array(height * width);
    this.counts = new Uint32Array(height * width);
    this.#perEntry = new Uint32Array(height * width);
  }

  count(map: number, threshold: number): number {
    const { maps, samples, height, width } = this.#activations;
    const size = height * width;
    const { palette, index } = sampleCells(this.#maps, samples[map]);
    if (palette.length === 0) return 0;
    const positions = this.#resampler.above(maps.subarray(map * size, (map + 1) * size), threshold);
    const perEntry = this.#perEntry;
    for (let i = 0; i < positions.length; i++) perEntry[index[positions[i]]]++;
    let met = 0;
    for (let entry = 0; entry < palette.length; entry++) {
      if (perEntry[entry] === 0) continue;
      this.entries[met] = entry;
      this.counts[met++] = perEntry[entry];
      perEntry[entry] = 0;
    }
    return met;
  }
}
