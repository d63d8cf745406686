import { COLUMNS, METADATA_KEY, readInfo, type CellFileInfo } from './cell-file.ts';
import { checkedRows, type CellRows } from './cell-rows.ts';
import { cellFaults } from './errors.ts';
import { fileFault } from './file-fault.ts';
import { openParquet } from './parquet-file.ts';

/** A file of cells that is open: what it says of itself, and its rows, some at a time. */
export interface CellFile {
  readonly info: CellFileInfo;
  /** Pieces the rows are read in. */
  readonly pieces: number;
  /** All rows in their order. @throws Fault naming file, row and column */
  rows(): AsyncGenerator<CellRows>;
}

/**
 * Opens a Parquet file of cells. Only the footer is read; {@link CellFile.rows} then reads a row group at a time.
 *
 * @throws Fault naming the file
 */
export async function openParquetCells(blob: Blob, name: string): Promise<CellFile> {
  const toFault = (error: unknown): Error => fileFault(error, name, 'Parquet');
  const file = await openParquet(blob).catch((error: unknown) => {
    throw toFault(error);
  });
  const missing = COLUMNS.find((column) => !file.columns.includes(column));
  if (missing !== undefined) throw cellFaults['missing-column'](name, missing, file.columns.join(', '));
  const { groupStart } = file;
  return {
    info: readInfo(file.text(METADATA_KEY), name),
    pieces: groupStart.length - 1,
    async *rows() {
      for (let group = 0; group + 1 < groupStart.length; group++) {
        const [rowStart, rowEnd] = [groupStart[group], groupStart[group + 1]];
        if (rowEnd === rowStart) continue;
        try {
          // A fresh scan for each group: a scan keeps what it last decoded.
          const scan = await file.scan(COLUMNS);
          const read = async (column: (typeof COLUMNS)[number]): Promise<ArrayLike<unknown>> =>
            scan.readColumn({ column, rowStart, rowEnd });
          const raw = {
            concepts: await read('concepts'),
            n: await read('n'),
            units: await read('units'),
            fires: await read('fires'),
          };
          yield checkedRows(raw, name, rowStart);
        } catch (error) {
          throw toFault(error);
        }
      }
    },
  };
}
