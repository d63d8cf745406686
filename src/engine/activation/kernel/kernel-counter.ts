import type { CellMaps } from '../../cells/cell-maps.ts';
import type { KeptActivations } from '../kept.ts';
import type { MapCounter } from '../map-counter.ts';
import { taps } from '../taps.ts';
import { leastAbove } from './least-above.ts';
import { newKernel, type Kernel } from './load.ts';

/** Grids larger than this are counted without the kernel, whose memory grows with them. */
const mostPositions = 2 ** 20;

/** The largest float32. */
const largest = 3.4028234663852886e38;

/** {@link MapCounter} by WebAssembly (assembly/counting.ts): one map, and those rows of a sample's indices that its mask meets, are copied into memory of its own. */
export class KernelCounter implements MapCounter {
  readonly entries: Uint32Array;
  readonly counts: Uint32Array;
  readonly #activations: KeptActivations;
  readonly #maps: CellMaps;
  readonly #kernel: Kernel;
  readonly #map: Float32Array;
  readonly #index: Uint8Array;
  #limits = leastAbove(0);

  private constructor(kernel: Kernel, activations: KeptActivations, maps: CellMaps) {
    this.#kernel = kernel;
    this.#activations = activations;
    this.#maps = maps;
    const { height, width } = activations;
    const positions = maps.grid.height * maps.grid.width;
    const entries = Math.min(positions, 65_536);
    const rows = taps(height, maps.grid.height);
    const columns = taps(width, maps.grid.width);
    kernel.plan(height, width, maps.grid.height, maps.grid.width, rows.most, columns.most, entries);
    const { buffer } = kernel.memory;
    const at = (place: Kernel['map']): number => Number(place.value);
    const write = (place: Kernel['map'], values: Int32Array): void =>
      new Int32Array(buffer, at(place), values.length).set(values);
    write(kernel.rowFirst, rows.first);
    write(kernel.rowCount, rows.count);
    write(kernel.rowFrom, rows.from);
    write(kernel.rowTo, rows.to);
    new Float64Array(buffer, at(kernel.rowWeights), rows.weights.length).set(rows.weights);
    write(kernel.columnFirst, columns.first);
    write(kernel.columnFrom, columns.from);
    write(kernel.columnTo, columns.to);
    const padded = Math.ceil(maps.grid.width / 8) * 8;
    const weights = new Float64Array(buffer, at(kernel.columnWeights), columns.most * padded);
    for (let x = 0; x < maps.grid.width; x++)
      for (let i = 0; i < columns.most; i++) weights[i * padded + x] = columns.weights[x * columns.most + i];
    this.#map = new Float32Array(buffer, at(kernel.map), height * width);
    this.#index = new Uint8Array(buffer, at(kernel.index), 2 * positions);
    this.entries = new Uint32Array(buffer, at(kernel.entries), entries);
    this.counts = new Uint32Array(buffer, at(kernel.counts), entries);
  }

  /** Null where there is no WebAssembly with SIMD, or where the grid is too large. */
  static make(activations: KeptActivations, maps: CellMaps): KernelCounter | null {
    if (maps.grid.height * maps.grid.width > mostPositions) return null;
    const kernel = newKernel();
    return kernel && new KernelCounter(kernel, activations, maps);
  }

  count(map: number, threshold: number): number {
    const { samples, maps, height, width } = this.#activations;
    const { grid, paletteStart, indexStart, indices } = this.#maps;
    const sample = samples[map];
    const palette = paletteStart[sample + 1] - paletteStart[sample];
    if (palette === 0) return 0;
    if (this.#limits.threshold !== threshold) this.#limits = leastAbove(threshold);
    const size = height * width;
    for (let i = 0, from = map * size; i < size; i++) {
      const value = maps[from + i];
      // Values that no mask depends on are NaN (thin.ts); here they would spread to columns for which they weigh 0.
      this.#map[i] = Number.isNaN(value) ? -largest : value;
    }
    const rows = this.#kernel.find(this.#limits.single, this.#limits.double);
    if (rows === 0) return 0;
    const first = rows & 0xffff;
    const end = rows >>> 16;
    const bytes = palette > 256 ? 2 : 1;
    const rowBytes = grid.width * bytes;
    const start = indexStart[sample];
    this.#index.set(indices.subarray(start + first * rowBytes, start + end * rowBytes), first * rowBytes);
    return this.#kernel.tally(first, end, bytes, palette);
  }
}
