import { NumberPool } from './number-pool.ts';

/** What a file says of the label map of a picture's panoptic segments. */
export interface Segments {
  /** Name of the label map. */
  readonly file: string;
  /** Categories by the number that the segment's pixels carry. */
  readonly categories: ReadonlyMap<number, number>;
}

/** Lists of panoptic segments, one for each picture; packed, since COCO's train2017 has 118,000 pictures with 11 segments each. */
export class SegmentStore {
  readonly #pool = new NumberPool();
  readonly #files: (string | undefined)[] = [];
  readonly #starts: number[] = [];
  #places: ArrayLike<number> = [];
  #numbers: Int32Array = new Int32Array(0);

  /** Whether there are any. */
  get empty(): boolean {
    return this.#files.length === 0;
  }

  /**
   * Adds a picture's segments.
   *
   * @param image number of the picture, as the reader counts them
   * @param segments numbers of pixels and of categories by turns
   */
  add(image: number, file: string, segments: readonly number[]): void {
    this.#files[image] = file;
    this.#starts[image] = this.#pool.add(segments);
  }

  /** Whether a picture, by the reader's number, has been added. */
  has(image: number): boolean {
    return this.#files[image] !== undefined;
  }

  /**
   * Called after the last one was added.
   *
   * @param numbers for each picture's place the reader's number
   * @param places for each category's number its place
   */
  finish(numbers: Int32Array, places: ArrayLike<number>): void {
    this.#numbers = numbers;
    this.#places = places;
    this.#pool.trim();
  }

  /** The segments of a picture, by its place; undefined where it has no label map. */
  of(image: number): Segments | undefined {
    const number = this.#numbers[image];
    const file = this.#files[number];
    if (file === undefined) return undefined;
    const packed = this.#pool.list(this.#starts[number]);
    const categories = new Map<number, number>();
    for (let at = 0; at < packed.length; at += 2) categories.set(packed[at], this.#places[packed[at + 1]]);
    return { file, categories };
  }
}
