import type { SchemaElement } from 'hyparquet';
import { infoText, METADATA_KEY, type CellFileInfo } from './cell-file.ts';
import type { CountedCells } from './counted-cells.ts';
import { rowsOfCells } from './rows-of-cells.ts';

/** Three levels a list, as the format defines it: the list, its repeated group, the element. Nothing is null. */
const listOf = (name: string, type: 'INT32' | 'INT64'): SchemaElement[] => [
  { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', repetition_type: 'REQUIRED', type },
];

const SCHEMA: SchemaElement[] = [
  { name: 'cells', num_children: 4 },
  ...listOf('concepts', 'INT32'),
  { name: 'n', repetition_type: 'REQUIRED', type: 'INT64' },
  ...listOf('units', 'INT32'),
  ...listOf('fires', 'INT64'),
];

/**
 * Counted cells as a Parquet file (docs/interchange.md): a row a cell, in order of cell, pages packed with Snappy.
 *
 * @param info goes into the file's metadata under the key `formulens`
 */
export async function writeParquetCells(counted: CountedCells, info: CellFileInfo): Promise<Uint8Array<ArrayBuffer>> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter();
  const kvMetadata = [{ key: METADATA_KEY, value: infoText(info) }];
  const writer = new ParquetWriter({ writer: bytes, schema: SCHEMA, kvMetadata, createdBy: 'Formulens' });
  for (const rows of rowsOfCells(counted)) {
    const lists = <Item>(start: Uint32Array, item: (at: number) => Item): Item[][] =>
      Array.from({ length: rows.count }, (_, i) =>
        Array.from({ length: start[i + 1] - start[i] }, (_, at) => item(start[i] + at)),
      );
    await writer.write({
      columnData: [
        { name: 'concepts', data: lists(rows.conceptStart, (at) => Number(rows.concepts[at])) },
        { name: 'n', data: BigInt64Array.from(rows.n, BigInt) },
        { name: 'units', data: lists(rows.unitStart, (at) => rows.units[at]) },
        { name: 'fires', data: lists(rows.unitStart, (at) => BigInt(rows.fires[at])) },
      ],
      rowGroupSize: rows.count,
    });
  }
  await writer.finish();
  return new Uint8Array(bytes.getBuffer());
}
