import { hasBit } from '../bits/bitset.ts';
import { sampleCells, type CellMaps } from '../cells/cell-maps.ts';
import { formulaBits } from '../formula/evaluate.ts';
import type { Formula } from '../formula/formula.ts';
import type { SearchTables } from '../search/tables.ts';

/** Sizes of a layer's map. */
export interface MapSize {
  readonly height: number;
  readonly width: number;
}

/** Areas in memory at once: of so many cells of a sample as fit, each with all positions of a layer's map. */
const AREAS = 2 ** 19;

/** Along one axis, which positions of a layer's map each position of the grid lies in, and with what part of theirs. */
interface Overlaps {
  /** `[grid]` the first of them. */
  readonly first: Uint32Array;
  /** `[grid + 1]` where the parts of each begin in `parts`. */
  readonly start: Uint32Array;
  readonly parts: Float64Array;
}

/**
 * How much of each position of a layer's map a formula covers. The grid is laid over the map: a position of the map is the rectangle of the
 * grid that it stands for, whose border may lie between positions of the grid.
 */
export class FormulaShares {
  readonly #maps: CellMaps;
  readonly #size: MapSize;
  readonly #bits: readonly Uint32Array[];
  readonly #rows: Overlaps;
  readonly #columns: Overlaps;
  #areas = new Float64Array();

  /** @param size of the layer's maps; 1 x 1 where units have one value a sample */
  constructor(tables: SearchTables, maps: CellMaps, formulas: readonly Formula[], size: MapSize) {
    this.#maps = maps;
    this.#size = size;
    this.#bits = formulas.map((formula) => formulaBits(formula, tables));
    this.#rows = overlaps(maps.grid.height, size.height);
    this.#columns = overlaps(maps.grid.width, size.width);
  }

  /**
   * The shares, 0 to 1; 0 in samples that were not read.
   *
   * @returns `[samples, formulas, height * width]`
   */
  of(samples: readonly number[]): Float32Array {
    const shares = new Float32Array(samples.length * this.#bits.length * this.#positions);
    for (const [row, sample] of samples.entries()) this.#add(sample, shares, row * this.#bits.length);
    return shares;
  }

  get #positions(): number {
    return this.#size.height * this.#size.width;
  }

  /** Adds a sample's shares behind so many maps. */
  #add(sample: number, shares: Float32Array, mapsBefore: number): void {
    const { palette, index } = sampleCells(this.#maps, sample);
    const positions = this.#positions;
    const atOnce = Math.max(1, Math.floor(AREAS / positions));
    const sums = new Float64Array(positions);
    for (let from = 0; from < palette.length; from += atOnce) {
      const to = Math.min(palette.length, from + atOnce);
      const areas = this.#areasOf(index, from, to);
      for (const [unit, bits] of this.#bits.entries()) {
        sums.fill(0);
        for (let entry = from; entry < to; entry++) {
          if (!hasBit(bits, palette[entry])) continue;
          const start = (entry - from) * positions;
          for (let at = 0; at < positions; at++) sums[at] += areas[start + at];
        }
        const start = (mapsBefore + unit) * positions;
        for (let at = 0; at < positions; at++) shares[start + at] += sums[at];
      }
    }
  }

  /** `[entries, height * width]` the part of each position of the map that entries of a palette cover. */
  #areasOf(index: ArrayLike<number>, from: number, to: number): Float64Array {
    const { width } = this.#size;
    const positions = this.#positions;
    const length = (to - from) * positions;
    if (this.#areas.length < length) this.#areas = new Float64Array(length);
    const areas = this.#areas;
    areas.fill(0, 0, length);
    const { grid } = this.#maps;
    const [rows, columns] = [this.#rows, this.#columns];
    for (let y = 0, at = 0; y < grid.height; y++) {
      for (let x = 0; x < grid.width; x++, at++) {
        const entry = index[at] - from;
        if (entry < 0 || entry >= to - from) continue;
        for (let i = rows.start[y]; i < rows.start[y + 1]; i++) {
          const row = entry * positions + (rows.first[y] + i - rows.start[y]) * width + columns.first[x];
          for (let j = columns.start[x]; j < columns.start[x + 1]; j++)
            areas[row + j - columns.start[x]] += rows.parts[i] * columns.parts[j];
        }
      }
    }
    return areas;
  }
}

/** @param grid positions of the grid @param map positions of the map */
function overlaps(grid: number, map: number): Overlaps {
  const first = new Uint32Array(grid);
  const start = new Uint32Array(grid + 1);
  const parts: number[] = [];
  for (let at = 0; at < grid; at++) {
    // In units of 1 / (grid * map) of the whole, where all borders are whole numbers.
    const [from, to] = [at * map, (at + 1) * map];
    first[at] = Math.floor(from / grid);
    for (let place = first[at]; place * grid < to; place++)
      parts.push((Math.min(to, (place + 1) * grid) - Math.max(from, place * grid)) / grid);
    start[at + 1] = parts.length;
  }
  return { first, start, parts: Float64Array.from(parts) };
}
