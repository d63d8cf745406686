import { NumberPool } from './number-pool.ts';

const FIRST_ROWS = 1024;

/** A region: a polygon, a mask, or one part of an annotation that has several. */
export interface Region {
  readonly category: number;
  /** Place of its annotation in the file. */
  readonly entry: number;
  /** As segmentation.ts packs it. */
  readonly packed: Int32Array;
}

/**
 * Regions of all pictures of a file: 10 bytes each, and their outlines or runs packed (number-pool.ts). While it is filled, twice that.
 *
 * In all about a sixth of the JSON's size: 75 MB for the instances of COCO's train2017 (860,000 annotations, 450 MB of JSON).
 */
export class RegionStore {
  readonly #pool = new NumberPool();
  #rows = new Uint32Array(4 * FIRST_ROWS);
  #count = 0;
  /** Rows of a picture are those from `#starts[image]` on, before `#starts[image + 1]`. */
  #starts = new Uint32Array(0);
  #categories = new Uint16Array(0);
  #entries = new Uint32Array(0);
  #lists = new Uint32Array(0);

  get count(): number {
    return this.#count;
  }

  /** Bytes held. */
  get bytes(): number {
    const tables = [this.#rows, this.#starts, this.#categories, this.#entries, this.#lists];
    return tables.reduce((sum, { byteLength }) => sum + byteLength, this.#pool.bytes);
  }

  /** Adds a region; pictures and categories by number, as the reader counts them. */
  add(image: number, category: number, entry: number, packed: ArrayLike<number>): void {
    const at = 4 * this.#count;
    if (at === this.#rows.length) {
      const grown = new Uint32Array(2 * at);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows.set([image, category, entry, this.#pool.add(packed)], at);
    this.#count++;
  }

  /**
   * Sorts the regions by picture, after the last one was added.
   *
   * @param images how many pictures there are
   * @param imagePlaces for each picture's number its place
   * @param categoryPlaces for each category's number its place; regions of those without one are left out
   */
  finish(images: number, imagePlaces: ArrayLike<number>, categoryPlaces: readonly (number | undefined)[]): void {
    const rows = this.#rows;
    const next = new Uint32Array(images + 1);
    let count = 0;
    for (let row = 0; row < this.#count; row++) {
      if (categoryPlaces[rows[4 * row + 1]] === undefined) continue;
      next[imagePlaces[rows[4 * row]] + 1]++;
      count++;
    }
    for (let image = 0; image < images; image++) next[image + 1] += next[image];
    this.#starts = next.slice();
    this.#categories = new Uint16Array(count);
    this.#entries = new Uint32Array(count);
    this.#lists = new Uint32Array(count);
    for (let row = 0; row < this.#count; row++) {
      const place = categoryPlaces[rows[4 * row + 1]];
      if (place === undefined) continue;
      const to = next[imagePlaces[rows[4 * row]]]++;
      this.#categories[to] = place;
      this.#entries[to] = rows[4 * row + 2];
      this.#lists[to] = rows[4 * row + 3];
    }
    this.#count = count;
    this.#rows = new Uint32Array(0);
    this.#pool.trim();
  }

  /** Categories of a picture's regions, by their places. */
  categoriesOf(image: number): Uint16Array {
    return this.#categories.subarray(this.#starts[image], this.#starts[image + 1]);
  }

  /** A picture's regions, in the order of the file. */
  *regionsOf(image: number): Generator<Region> {
    for (let row = this.#starts[image]; row < this.#starts[image + 1]; row++) {
      yield { category: this.#categories[row], entry: this.#entries[row], packed: this.#pool.list(this.#lists[row]) };
    }
  }
}
