import { openBundle, packBundle } from '../bits/bundle.ts';
import { openCellTable, type CellTable } from '../cells/cell-table.ts';
import type { Concept, Grid, WordVectors } from '../concepts.ts';
import type { SearchSettings } from '../results/explanation.ts';
import { neighborConcepts } from '../text/neighbors.ts';

/**
 * The reference program has two searches that differ in small things (docs/method.md, Reference mode): one for pictures, with a grid of
 * positions, one for text, with one position a sample.
 */
export type Flavour = 'pictures' | 'pairs';

/** Everything a search needs of a probing set, in shared memory. */
export interface SearchTables {
  readonly cells: CellTable;
  readonly flavour: Flavour;
  /** Do NEIGHBORS add anything to their concepts? */
  readonly hasNeighbors: boolean;
  /** `[concepts + 1]` where each concept's neighbours start in `neighbors`. */
  readonly neighborStart: Uint32Array;
  /** Concepts whose union NEIGHBORS of a concept is, itself among them; ascending inside each. */
  readonly neighbors: Uint16Array;
  /** Names of the concepts' categories, in order of first occurrence. */
  readonly categories: readonly string[];
  /** `[concepts]` each concept's category, as an index into `categories`. */
  readonly categoryOf: Uint16Array;
  /** The buffers everything above is a view of; pass them to {@link openSearchTables} in another worker. */
  readonly buffers: SearchBuffers;
}

/** A search's tables as they travel between workers: nothing is copied. */
export interface SearchBuffers {
  readonly cells: ArrayBufferLike;
  readonly extras: ArrayBufferLike;
}

/** What a search needs to know of a probing set besides its cells and concepts. */
export interface SearchExtras {
  readonly grid: Grid;
  readonly vectors?: WordVectors | undefined;
  /** Instead of vectors: for each concept the ids of those whose union NEIGHBORS of it is, ascending, itself among them. */
  readonly neighbors?: readonly (readonly number[])[] | undefined;
}

/** Completes the tables of a probing set for search. */
export function prepareSearch(
  cells: CellTable,
  concepts: readonly Concept[],
  { grid, vectors, neighbors: given }: SearchExtras,
): SearchTables {
  const flavour: Flavour = grid.height * grid.width === 1 ? 'pairs' : 'pictures';
  const sets =
    given ?? (flavour === 'pairs' ? neighborConcepts(concepts, vectors) : concepts.map((concept) => [concept.id]));
  const neighborStart = new Uint32Array(concepts.length + 1);
  for (const [i, set] of sets.entries()) neighborStart[i + 1] = neighborStart[i] + set.length;
  const neighbors = Uint16Array.from(sets.flat());
  const categories = [...new Set(concepts.map(({ category }) => category))];
  const indexOf = new Map(categories.map((category, i) => [category, i]));
  const categoryOf = Uint16Array.from(concepts, ({ category }) => indexOf.get(category) ?? 0);
  const extras = packBundle({
    meta: { kind: 'search', flavour, hasNeighbors: neighbors.length > concepts.length, categories },
    arrays: { neighborStart, neighbors, categoryOf },
  });
  return openSearchTables({ cells: cells.buffer, extras });
}

/** Reads search tables in place. */
export function openSearchTables(buffers: SearchBuffers): SearchTables {
  const { meta, arrays } = openBundle(buffers.extras);
  return {
    cells: openCellTable(buffers.cells),
    ...(meta as Pick<SearchTables, 'flavour' | 'hasNeighbors' | 'categories'>),
    ...(arrays as Pick<SearchTables, 'neighborStart' | 'neighbors' | 'categoryOf'>),
    buffers,
  };
}

/**
 * The concepts that may stand in a formula, ascending: not of a category left out (names of categories that do not occur are passed
 * over), and of as many positions as asked for.
 */
export function allowedConcepts(
  tables: SearchTables,
  { without, minConcept }: Pick<SearchSettings, 'without' | 'minConcept'>,
): readonly number[] {
  const leftOut = new Set(without.map((category) => tables.categories.indexOf(category)));
  const { sizes } = tables.cells;
  return Array.from(tables.categoryOf.keys()).filter(
    (concept) => !leftOut.has(tables.categoryOf[concept]) && sizes[concept] >= minConcept,
  );
}
