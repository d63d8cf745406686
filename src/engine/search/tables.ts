import { openBundle, packBundle } from '../bits/bundle.ts';
import { openCellTable, type CellTable } from '../cells/cell-table.ts';
import type { Concept, Grid, WordVectors } from '../concepts.ts';
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
  /** The buffers everything above is a view of; pass them to {@link openSearchTables} in another worker. */
  readonly buffers: SearchBuffers;
}

/** A search's tables as they travel between workers: nothing is copied. */
export interface SearchBuffers {
  readonly cells: ArrayBufferLike;
  readonly extras: ArrayBufferLike;
}

/** Completes the tables of a probing set for search. */
export function prepareSearch(
  cells: CellTable,
  concepts: readonly Concept[],
  { grid, vectors }: { readonly grid: Grid; readonly vectors?: WordVectors | undefined },
): SearchTables {
  const flavour: Flavour = grid.height * grid.width === 1 ? 'pairs' : 'pictures';
  const sets = flavour === 'pairs' ? neighborConcepts(concepts, vectors) : concepts.map((concept) => [concept.id]);
  const neighborStart = new Uint32Array(concepts.length + 1);
  for (const [i, set] of sets.entries()) neighborStart[i + 1] = neighborStart[i] + set.length;
  const neighbors = Uint16Array.from(sets.flat());
  const extras = packBundle({
    meta: { kind: 'search', flavour, hasNeighbors: neighbors.length > concepts.length },
    arrays: { neighborStart, neighbors },
  });
  return openSearchTables({ cells: cells.buffer, extras });
}

/** Reads search tables in place. */
export function openSearchTables(buffers: SearchBuffers): SearchTables {
  const { meta, arrays } = openBundle(buffers.extras);
  const { flavour, hasNeighbors } = meta as { flavour: Flavour; hasNeighbors: boolean };
  const { neighborStart, neighbors } = arrays as Pick<SearchTables, 'neighborStart' | 'neighbors'>;
  return { cells: openCellTable(buffers.cells), flavour, hasNeighbors, neighborStart, neighbors, buffers };
}
