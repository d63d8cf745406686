import type { Grid } from '../../engine/concepts.ts';
import type { Size } from '../annotated/annotated-source.ts';
import { nearest } from '../annotated/grid.ts';

/**
 * Brings masks that are given by their changes to the grid, as `toGrid` would bring the unpacked mask: a position belongs to the mask,
 * if the pixel that stands for it does. The mask is never unpacked, and only what lies inside it costs time.
 */
export class GridSampler {
  readonly #height: number;
  readonly #grid: Grid;
  /** For each row (or column) of pixels, and one past the last: the first of the grid's that lies there or beyond. */
  readonly #rows: Uint32Array;
  readonly #columns: Uint32Array;

  /** @param size of the mask in pixels */
  constructor(size: Size, grid: Grid) {
    this.#height = size.height;
    this.#grid = grid;
    this.#rows = firstAtOrAfter(size.height, grid.height);
    this.#columns = firstAtOrAfter(size.width, grid.width);
  }

  /**
   * The positions (row * width + column) of the grid that lie in a mask; each once.
   *
   * @param changes numbers of pixels (x * height + y), ascending, even in number, as polygon.ts and run-lengths.ts give them
   */
  positions(changes: Uint32Array): number[] {
    const height = this.#height;
    const found: number[] = [];
    for (let at = 0; at + 1 < changes.length; at += 2) {
      const start = changes[at];
      const end = changes[at + 1];
      if (start === end) continue;
      const first = Math.floor(start / height);
      const last = Math.floor((end - 1) / height);
      for (let x = this.#columns[first]; x < this.#columns[last + 1]; x++) {
        const column = this.#columnOf(x, first, last);
        const from = column === first ? this.#rows[start - first * height] : 0;
        const to = column === last ? this.#rows[end - last * height] : this.#grid.height;
        for (let y = from; y < to; y++) found.push(y * this.#grid.width + x);
      }
    }
    return found;
  }

  #columnOf(x: number, first: number, last: number): number {
    if (x < this.#columns[first + 1]) return first;
    return x >= this.#columns[last] ? last : -1;
  }
}

function firstAtOrAfter(from: number, to: number): Uint32Array {
  const pixels = nearest(from, to);
  const first = new Uint32Array(from + 1);
  for (let pixel = 0, at = 0; pixel <= from; pixel++) {
    while (at < to && pixels[at] < pixel) at++;
    first[pixel] = at;
  }
  return first;
}
