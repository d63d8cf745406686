import type { Grid } from '../../engine/concepts.ts';
import type { Size } from '../annotated/annotated-source.ts';
import type { TreeFile } from '../file-tree.ts';

/** A category of COCO: something countable, or stuff without shape (sky, grass). */
export interface CocoCategory {
  readonly id: number;
  readonly name: string;
  /** Its `supercategory`; null where it has none. */
  readonly group: string | null;
  readonly kind: 'object' | 'stuff';
}

/** A picture as annotations name it. */
export interface CocoImage {
  /** Its `file_name`; for label maps, the name of the map. */
  readonly file: string;
  readonly split: string | undefined;
  /** The picture itself, where it was found. */
  readonly picture: TreeFile | undefined;
}

/** Puts the positions of a region on the grid, by the category's place in its part. */
export type PutRegion = (category: number, positions: Iterable<number>) => void;

/** Annotations of one kind, out of one file or one collection of label maps. Parts of the same pictures are united by coco-source.ts. */
export interface CocoPart {
  readonly kind: 'instances' | 'panoptic' | 'stuff';
  readonly categories: readonly CocoCategory[];
  /** By the picture's place; undefined for pictures of which there is nothing here. */
  readonly images: readonly (CocoImage | undefined)[];
  readonly digests: readonly string[];
  readonly notes: readonly string[];
  /** Places of the categories that a picture has regions of, some more than once; not there where only reading tells. */
  categoriesOf?(image: number): Iterable<number>;
  /** Label maps of a picture. */
  filesOf(image: number): readonly TreeFile[];
  /**
   * Draws a picture's regions.
   *
   * @returns size of the picture, and the file that says so
   * @throws Fault naming the file, and the pixel or entry
   */
  draw(image: number, grid: Grid, put: PutRegion): Promise<Size & { readonly file: string }>;
}
