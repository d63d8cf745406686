import { openBundle, packBundle } from '../bits/bundle.ts';
import { makeCellMaps } from '../cells/cell-maps.ts';
import type { CellTable } from '../cells/cell-table.ts';
import type { SearchBuffers } from '../search/tables.ts';
import { NO_INFO, type CellFileInfo } from './cell-file.ts';
import type { CountedCells } from './counted-cells.ts';
import { searchOfCells } from './explain-cells.ts';
import type { ReadCells } from './read-cells.ts';

/** Files of cells, added up, in shared memory: what a search over them reads, and what storage keeps. */
export interface CellTableMemory {
  readonly search: SearchBuffers;
  /** Cell maps of no sample at all. */
  readonly maps: ArrayBufferLike;
  /** Counts of every unit, and what the files say of themselves; see {@link openCounted}. */
  readonly counted: ArrayBufferLike;
}

/** Lays out what was read of files of cells. */
export function cellTableMemory(read: ReadCells): CellTableMemory {
  const { counted, concepts, info } = read;
  const { unitCount, unitStart, cells, counts } = counted;
  const listed = concepts.map(({ number, name, category }) => ({ number, name, category }));
  return {
    search: searchOfCells(read).buffers,
    maps: makeCellMaps(info.grid ?? { height: 1, width: 1 }, []).buffer,
    counted: packBundle({
      meta: { kind: 'counted', info: { ...info, concepts: listed, unitCount } },
      arrays: { unitStart, cells, counts },
    }),
  };
}

/** Reads the counts of units in place. @param table the cells they are counted over */
export function openCounted(
  buffer: ArrayBufferLike,
  table: CellTable,
): { readonly counted: CountedCells; readonly info: CellFileInfo } {
  const { meta, arrays } = openBundle(buffer);
  const info = { ...NO_INFO, ...(meta['info'] as Partial<CellFileInfo>) };
  const { unitStart, cells, counts } = arrays as Pick<CountedCells, 'unitStart' | 'cells' | 'counts'>;
  return { counted: { table, unitCount: unitStart.length - 1, unitStart, cells, counts }, info };
}
