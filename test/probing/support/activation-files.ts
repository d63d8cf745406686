import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';

/** A `.safetensors` file of tensors in this order, with a header that may be wrong. */
export function safetensors(
  tensors: Readonly<
    Record<string, { readonly dtype: string; readonly shape: readonly number[]; readonly data: Uint8Array }>
  >,
  change: (header: Record<string, unknown>) => unknown = (header) => header,
): Uint8Array<ArrayBuffer> {
  let at = 0;
  const header: Record<string, unknown> = { __metadata__: { made: 'here' } };
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.length] };
    at += data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(change(header)));
  const bytes = new Uint8Array(8 + text.length + at);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  at = 8 + text.length;
  for (const { data } of Object.values(tensors)) {
    bytes.set(data, at);
    at += data.length;
  }
  return bytes;
}

/** A `.npz` file as numpy.savez (stored) or numpy.savez_compressed (deflated) makes it. */
export async function npz(
  arrays: readonly (readonly [name: string, bytes: Uint8Array])[],
  packed: boolean,
): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter());
  for (const [name, bytes] of arrays) {
    await writer.add(name, new Uint8ArrayReader(bytes), { level: packed ? 6 : 0, zip64: true, useWebWorkers: false });
  }
  return writer.close();
}

/** Columns of a Parquet file: numbers, or lists of them. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE' | 'STRING';
  readonly data: readonly unknown[];
  readonly list?: boolean;
}

/** A Parquet file with row groups of some rows. */
export async function parquet(
  columns: readonly ParquetColumn[],
  { rowGroup = 1000, metadata = {} }: { rowGroup?: number; metadata?: Readonly<Record<string, string>> } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'schema', num_children: columns.length },
      ...columns.flatMap(({ name, type, list }) => {
        const element = type === 'STRING' ? { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const } : { type };
        return list
          ? [
              { name, repetition_type: 'OPTIONAL' as const, num_children: 1, converted_type: 'LIST' as const },
              { name: 'list', repetition_type: 'REPEATED' as const, num_children: 1 },
              { name: 'element', repetition_type: 'OPTIONAL' as const, ...element },
            ]
          : [{ name, repetition_type: 'OPTIONAL' as const, ...element }];
      }),
    ],
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  await writer.write({
    columnData: columns.map(({ name, data }) => ({ name, data: [...data] })),
    rowGroupSize: rowGroup,
  });
  await writer.finish();
  return new Uint8Array(bytes.getBuffer());
}
