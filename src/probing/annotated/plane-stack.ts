import type { Grid } from '../../engine/concepts.ts';

/**
 * Label maps for regions that may overlap: each region goes to the first map that is free where it lies, so that concepts at the same
 * position stand in different maps, and mostly one map is enough.
 */
export class PlaneStack {
  readonly #positions: number;
  readonly #planes: Uint16Array[] = [];

  constructor({ height, width }: Grid) {
    this.#positions = height * width;
  }

  /** Maps with everything put in so far. */
  get planes(): readonly Uint16Array[] {
    return this.#planes;
  }

  /**
   * Puts a region in.
   *
   * @param concept its place in the source's list
   * @param positions where it lies on the grid
   */
  put(concept: number, positions: Iterable<number>): void {
    const value = concept + 1;
    for (const position of positions) {
      let at = 0;
      for (;;) {
        const plane = (this.#planes[at] ??= new Uint16Array(this.#positions));
        if (plane[position] === 0 || plane[position] === value) {
          plane[position] = value;
          break;
        }
        at++;
      }
    }
  }
}
