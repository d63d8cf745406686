import type { Grid } from '../../engine/concepts.ts';
import type { TreeFile } from '../file-tree.ts';
import type { ProbingFormat } from '../probing-set.ts';

/** A concept as a source lists it; its place in the list is its number among the source's concepts. */
export interface SourceConcept {
  /** Number it has in the source. */
  readonly number: number;
  readonly name: string;
  readonly category: string;
}

/** A sample of a source. */
export interface SourceSample {
  /** Path of its picture, or its name. */
  readonly name: string;
  /** Name of the split it belongs to, where the source has splits. */
  readonly split?: string;
  /** Its picture; undefined where it has none. */
  readonly picture?: TreeFile;
}

/** Height and width in pixels. */
export type Size = Grid;

/** The annotation of a sample, on the grid. Concepts by their place in the source's list. */
export interface SourceLabels {
  /** `grid.height * grid.width` values each, row by row: place in the list of concepts + 1, or 0 for none; united. */
  readonly planes: readonly Uint16Array[];
  /** Places of the concepts that hold for the whole picture. */
  readonly everywhere: readonly number[];
  /** Size of the annotation before it was brought to the grid, and the file it comes from; null where there is none. */
  readonly size: (Size & { readonly file: string }) | null;
}

/**
 * Pictures with annotations, as the reader of a layout gives them; annotated-set.ts makes the probing set of it: categories and splits
 * chosen, sizes checked, colors added. Nothing but tables is read to make one; annotations are read one sample at a time.
 */
export interface AnnotatedSource {
  readonly format: ProbingFormat;
  /** Name of the layout for people: `COCO instances`. */
  readonly layout: string;
  readonly title: string;
  /** In the order they are shown; every concept's category is one of them. */
  readonly categories: readonly string[];
  /** At most 65,534. */
  readonly concepts: readonly SourceConcept[];
  readonly samples: readonly SourceSample[];
  /** Lines that change when the tables do: file name and SHA-256, or size and stamp. Part of the content hash. */
  readonly digests: readonly string[];
  /** What a person should know of how it was read, a sentence each. */
  readonly notes: readonly string[];
  /** Does a sample have annotations of a category? Undefined where only reading tells. */
  hasCategory?(sample: number, category: string): boolean | undefined;
  /** Files that hold a sample's annotation, for the content hash. */
  filesOf(sample: number): readonly TreeFile[];
  /**
   * Reads a sample's annotation.
   *
   * @param grid size of the planes; pixels are brought to it as `toGrid` of grid.ts does
   * @throws Fault naming the file, and the pixel, row or entry
   */
  read(sample: number, grid: Grid): Promise<SourceLabels>;
}
