import { decompressZstd } from 'hyparquet-compressors';
import type { Data, RecordBatch, Vector } from 'apache-arrow';
import { COLUMNS, infoText, METADATA_KEY, readInfo, type CellFileInfo } from './cell-file.ts';
import { checkedRows } from './cell-rows.ts';
import type { CountedCells } from './counted-cells.ts';
import { cellFaults } from './errors.ts';
import { fileFault } from './file-fault.ts';
import type { CellFile } from './read-parquet.ts';
import { rowsOfCells } from './rows-of-cells.ts';

/** The bytes at the start of an Arrow file (IPC, random access; Feather version 2). */
export const ARROW_MAGIC = 'ARROW1';

type Arrow = typeof import('apache-arrow');

/** The library is large and only some need it. */
async function arrow(): Promise<Arrow> {
  const library = await import('apache-arrow');
  library.compressionRegistry.set(library.CompressionType.ZSTD, { decode: (packed) => decompressZstd(packed).slice() });
  return library;
}

/**
 * Opens an Arrow file of cells: uncompressed, or packed with Zstandard. Only the footer is read; {@link CellFile.rows} then reads a record
 * batch at a time.
 *
 * @throws Fault naming the file
 */
export async function openArrowCells(blob: Blob, name: string): Promise<CellFile> {
  if ((await textAt(blob, blob.size - ARROW_MAGIC.length, name)) !== ARROW_MAGIC) {
    throw cellFaults.damaged(name, 'Arrow', 'its end is missing');
  }
  const library = await arrow();
  const open = async (): Promise<InstanceType<Arrow['AsyncRecordBatchFileReader']>> => {
    const reader = await library.RecordBatchReader.from(fileHandle(blob));
    return (await reader.open()) as unknown as InstanceType<Arrow['AsyncRecordBatchFileReader']>;
  };
  const { schema, numRecordBatches } = await open().catch((error: unknown) => {
    throw arrowFault(error, name);
  });
  const columns = schema.fields.map((field) => field.name);
  const missing = COLUMNS.find((column) => !columns.includes(column));
  if (missing !== undefined) throw cellFaults['missing-column'](name, missing, columns.join(', '));
  return {
    info: readInfo(schema.metadata.get(METADATA_KEY), name),
    pieces: numRecordBatches,
    async *rows() {
      try {
        let first = 0;
        for await (const batch of await open()) {
          const column = (wanted: (typeof COLUMNS)[number]): ArrayLike<unknown> => columnOf(library, batch, wanted);
          const raw = { concepts: column('concepts'), n: column('n'), units: column('units'), fires: column('fires') };
          yield checkedRows(raw, name, first);
          first += batch.numRows;
        }
      } catch (error) {
        throw arrowFault(error, name);
      }
    },
  };
}

/** Counted cells as an Arrow file (IPC, random access), uncompressed; rows and metadata as in Parquet. */
export async function writeArrowCells(counted: CountedCells, info: CellFileInfo): Promise<Uint8Array<ArrayBuffer>> {
  const { Field, Int32, Int64, List, makeData, RecordBatch, RecordBatchFileWriter, Schema, Struct } = await arrow();
  const listType = <Item extends InstanceType<typeof Int32> | InstanceType<typeof Int64>>(item: Item) =>
    new List(new Field('item', item, false));
  const fields = [
    new Field('concepts', listType(new Int32()), false),
    new Field('n', new Int64(), false),
    new Field('units', listType(new Int32()), false),
    new Field('fires', listType(new Int64()), false),
  ];
  const schema = new Schema(fields, new Map([[METADATA_KEY, infoText(info)]]));
  const writer = new RecordBatchFileWriter();
  writer.reset(undefined, schema);
  const int32 = (values: ArrayLike<number>) => makeData({ type: new Int32(), data: Int32Array.from(values) });
  const int64 = (values: Float64Array) => makeData({ type: new Int64(), data: BigInt64Array.from(values, BigInt) });
  for (const rows of rowsOfCells(counted)) {
    const length = rows.count;
    const unitOffsets = Int32Array.from(rows.unitStart);
    const children = [
      makeData({
        type: listType(new Int32()),
        length,
        valueOffsets: Int32Array.from(rows.conceptStart),
        child: int32(rows.concepts as Uint16Array),
      }),
      int64(rows.n),
      makeData({ type: listType(new Int32()), length, valueOffsets: unitOffsets, child: int32(rows.units) }),
      makeData({ type: listType(new Int64()), length, valueOffsets: unitOffsets, child: int64(rows.fires) }),
    ];
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length, children })));
  }
  writer.finish();
  return new Uint8Array(await writer.toUint8Array());
}

/** A column of a batch, a list as a view of its values where none is missing. */
function columnOf({ DataType }: Arrow, batch: RecordBatch, name: string): ArrayLike<unknown> {
  const column = batch.getChild(name) as Vector;
  const [data] = column.data as readonly Data[];
  const plain = (part: Data): boolean =>
    part.nullCount === 0 && (DataType.isInt(part.type) || (DataType.isFloat(part.type) && part.type.precision > 0));
  if (plain(data)) return data.values as ArrayLike<unknown>;
  if (DataType.isList(data.type) && data.nullCount === 0 && plain(data.children[0])) {
    const offsets = data.valueOffsets as Int32Array;
    const values = data.children[0].values as Int32Array;
    return Array.from({ length: data.length }, (_, i) => values.subarray(offsets[i], offsets[i + 1]));
  }
  return Array.from(column as Iterable<unknown>);
}

/** A file in the form the library reads at random: as much of Node's FileHandle as it uses. */
function fileHandle(blob: Blob) {
  let left = 4 * blob.size + 65_536;
  return {
    fd: 0,
    stat: async () => ({ size: blob.size }),
    async read(buffer: Uint8Array, offset: number, length: number, position: number) {
      const bytes = new Uint8Array(await blob.slice(position, position + length).arrayBuffer());
      // In a damaged file the library would ask for ever: behind the end, or for the same bytes again and again.
      left -= Math.max(8, length);
      if (bytes.length < length || left < 0) throw new RangeError('Nothing lies there.');
      buffer.set(bytes, offset);
      return { bytesRead: bytes.length, buffer };
    },
    close: async () => undefined,
  } as unknown as import('apache-arrow').FileHandle;
}

async function textAt(blob: Blob, from: number, name: string): Promise<string> {
  const bytes = await blob
    .slice(from)
    .arrayBuffer()
    .catch((error: unknown) => {
      throw arrowFault(error, name);
    });
  return new TextDecoder('latin1').decode(bytes);
}

function arrowFault(error: unknown, name: string): Error {
  if (error instanceof Error && error.message.includes('codec not found')) {
    return cellFaults.damaged(name, 'Arrow', 'it is packed with LZ4; leave it uncompressed or take Zstandard');
  }
  return fileFault(error, name, 'Arrow');
}
