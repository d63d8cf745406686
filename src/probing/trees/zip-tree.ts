import {
  BlobReader,
  configure,
  ERR_AMBIGUOUS_ARCHIVE,
  ERR_BAD_FORMAT,
  ERR_EOCDR_NOT_FOUND,
  ERR_INVALID_CRC32,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_OVERLAPPING_ENTRY,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSAFE_FILENAME,
  ERR_UNSUPPORTED_COMPRESSION,
  Uint8ArrayWriter,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { identify, wrongKind } from '../identify.ts';
import { readFault } from '../read-fault.ts';
import { faultingStream } from './faulting-stream.ts';
import { treePaths } from './paths.ts';

/** How a zip is read: nothing that another program could read differently, checksums and overlaps checked. */
const STRICT = { strictness: 'strict', checkCrc32: true, checkOverlappingEntry: true } as const;

const REASONS: ReadonlyMap<string | undefined, string> = new Map([
  [ERR_INVALID_CRC32, 'its checksum does not match'],
  [ERR_INVALID_UNCOMPRESSED_SIZE, 'its size is not what the zip says'],
]);

/**
 * The files of a zip archive. Hidden files are left out, one common top folder is taken off the paths.
 *
 * Only the directory is read; files are unpacked one at a time when asked for, their checksums checked. Names that point outside,
 * encrypted and overlapping entries, and archives that can be read in two ways are refused.
 *
 * @param blob the archive; may be larger than memory
 * @param name its file name
 * @throws Fault naming the archive, and the entry where there is one
 */
export async function zipTree(blob: Blob, name: string): Promise<FileTree> {
  // zip.js would start workers from blob: addresses, which the page's content security policy forbids; readers run in a worker anyway.
  configure({ useWebWorkers: false });
  const entries = await listEntries(blob, name);
  const encrypted = entries.find((entry) => entry.encrypted);
  if (encrypted !== undefined) throw probingFaults['zip-encrypted'](name, encrypted.filename);
  const { byPath } = treePaths(entries.map((entry) => ({ path: entry.filename, entry })));
  const files = Array.from(byPath, ([path, { entry }]): [string, TreeFile] => [path, zippedFile(path, entry, name)]);
  return { name, files: new Map(files) };
}

async function listEntries(blob: Blob, name: string): Promise<FileEntry[]> {
  try {
    const entries = await new ZipReader(new BlobReader(blob), STRICT).getEntries();
    return entries.filter((entry): entry is FileEntry => !entry.directory);
  } catch (error) {
    const { message, filename } = error as { readonly message?: string; readonly filename?: string };
    if (message === ERR_EOCDR_NOT_FOUND || message === ERR_BAD_FORMAT) throw await notAZip(blob, name);
    if (message === ERR_UNSAFE_FILENAME) throw probingFaults['zip-unsafe-name'](name, filename ?? 'unknown');
    if (message === ERR_AMBIGUOUS_ARCHIVE) throw probingFaults['zip-ambiguous'](name);
    if (error instanceof DOMException) throw readFault(error, name);
    throw probingFaults['not-a-zip'](
      name,
      message === ERR_SPLIT_ZIP_FILE ? 'it is one part of several' : 'its directory is damaged',
    );
  }
}

async function notAZip(blob: Blob, name: string): Promise<Error> {
  const start = new Uint8Array(await blob.slice(0, 64).arrayBuffer());
  if (identify(start)?.name === 'a zip archive') return probingFaults['not-a-zip'](name, 'its end is missing');
  return wrongKind(name, start, 'a zip archive');
}

function zippedFile(path: string, entry: FileEntry, archive: string): TreeFile {
  const toFault = (error: unknown): Error => entryFault(error, entry, archive);
  return {
    path,
    size: entry.uncompressedSize,
    stamp: (entry.crc32 ?? 0).toString(16).padStart(8, '0'),
    async bytes() {
      try {
        return await entry.getData(new Uint8ArrayWriter());
      } catch (error) {
        throw toFault(error);
      }
    },
    stream: () => faultingStream(() => unpack(entry), toFault),
  };
}

function unpack(entry: FileEntry): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  // A failure aborts the stream, which is where the reader of it sees the error.
  entry.getData(writable).catch((error: unknown) => writable.abort(error).catch(() => undefined));
  return readable;
}

function entryFault(error: unknown, entry: FileEntry, archive: string): Error {
  if (error instanceof DOMException) return readFault(error, archive);
  const { message, overlappingEntry } = error as { readonly message?: string; readonly overlappingEntry?: FileEntry };
  if (message === ERR_OVERLAPPING_ENTRY) {
    return probingFaults['zip-overlap'](entry.filename, overlappingEntry?.filename ?? 'another', archive);
  }
  if (message === ERR_AMBIGUOUS_ARCHIVE) return probingFaults['zip-ambiguous'](archive);
  if (message === ERR_UNSUPPORTED_COMPRESSION) return probingFaults['zip-method'](entry.filename, archive);
  return probingFaults['zip-entry'](entry.filename, archive, REASONS.get(message) ?? 'it cannot be unpacked');
}
