import { parquetMetadataAsync, parquetScan, type AsyncBuffer, type FileMetaData, type ParquetScan } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** A Parquet file of which only the footer was read. */
export interface ParquetFile {
  readonly metadata: FileMetaData;
  /** Names of its columns, in their order. */
  readonly columns: readonly string[];
  /** First row of each row group, and the row after the last. */
  readonly groupStart: readonly number[];
  /** Largest bytes that one row group takes unpacked. */
  readonly largestGroup: number;
  /** Text of a key of the file's own metadata. */
  text(key: string): string | undefined;
  /**
   * Prepares reading of columns, a row group at a time.
   *
   * @throws Error of the library, or DOMException, where the file is damaged or cannot be read any more; so do the reads
   */
  scan(columns: readonly string[]): Promise<ParquetScan>;
}

/** The four bytes at the start of a Parquet file. */
export const PARQUET_MAGIC = 'PAR1';

/** Most bytes of pieces read together: small neighbouring pieces are asked for once. */
const FOOTER_GUESS = 2 ** 16;

/**
 * Opens a Parquet file; only its footer is read. Pages may be packed by any codec Parquet has but LZO.
 *
 * @throws Error of the library, or DOMException
 */
export async function openParquet(blob: Blob): Promise<ParquetFile> {
  const file: AsyncBuffer = {
    byteLength: blob.size,
    slice: (start, end) => blob.slice(start, end).arrayBuffer(),
  };
  const metadata = await parquetMetadataAsync(file, { initialFetchSize: FOOTER_GUESS });
  const [root] = metadata.schema;
  const groupStart = [0];
  for (const group of metadata.row_groups) groupStart.push(groupStart[groupStart.length - 1] + Number(group.num_rows));
  return {
    metadata,
    columns: topColumns(metadata, root.num_children ?? 0),
    groupStart,
    largestGroup: metadata.row_groups.reduce((most, group) => Math.max(most, Number(group.total_byte_size)), 0),
    text: (key) => metadata.key_value_metadata?.find((entry) => entry.key === key)?.value,
    scan: (columns) => parquetScan({ file, metadata, columns: [...columns], compressors }),
  };
}

/**
 * What is wrong with a file by the error that reading it gave: what a library says, but not where its own code stumbled over bytes that do
 * not fit.
 */
export function damage(error: unknown): string {
  const stumbled = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  return error instanceof Error && !stumbled ? error.message : 'its parts do not fit together';
}

function topColumns({ schema }: FileMetaData, count: number): string[] {
  const names: string[] = [];
  const skip = (at: number): number => {
    let next = at + 1;
    for (let child = 0; child < (schema[at].num_children ?? 0); child++) next = skip(next);
    return next;
  };
  for (let at = 1; names.length < count; at = skip(at)) names.push(schema[at].name);
  return names;
}
