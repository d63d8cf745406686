import {
  BlobReader,
  configure,
  ERR_AMBIGUOUS_ARCHIVE,
  ERR_BAD_FORMAT,
  ERR_EOCDR_NOT_FOUND,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSAFE_FILENAME,
  ZipReader,
} from '@zip.js/zip.js';
import { Fault } from '../../engine/fault.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree } from '../file-tree.ts';
import { identify, wrongKind } from '../identify.ts';
import { readFault } from '../read-fault.ts';
import { crc32 } from './crc32.ts';
import { treePaths } from './paths.ts';
import { markOverlaps, ZipEntry, type EntryPlace } from './zip-entry.ts';

/** How a directory is read: nothing that another program could read differently. */
const STRICT = { strictness: 'strict' } as const;

/** An entry as the directory names it. */
interface Listed {
  readonly path: string;
  readonly place: EntryPlace;
}

/**
 * The files of a zip archive. Hidden files are left out, one common top folder is taken off the paths.
 *
 * Only the directory is read, by zip.js in its strictest way; files are unpacked one at a time when asked for, their checksums checked. Names
 * that point outside, encrypted and overlapping entries, and archives that can be read in two ways are refused.
 *
 * @param blob the archive; may be larger than memory
 * @param name its file name
 * @throws Fault naming the archive, and the entry where there is one
 */
export async function zipTree(blob: Blob, name: string): Promise<FileTree> {
  // zip.js would start workers from blob: addresses, which the page's content security policy forbids; readers run in a worker anyway.
  configure({ useWebWorkers: false });
  const listed = await listEntries(blob, name);
  const { byPath } = treePaths(listed);
  const pathOf = new Map(Array.from(byPath, ([path, entry]) => [entry, path]));
  const archive = { blob, name };
  const entries = listed.map(
    (entry) => new ZipEntry(pathOf.get(entry) ?? entry.path, entry.path, archive, entry.place),
  );
  markOverlaps(entries, blob.size);
  const visible = entries.filter((_, i) => pathOf.has(listed[i]));
  return { name, files: new Map(visible.map((entry) => [entry.path, entry])) };
}

async function listEntries(blob: Blob, name: string): Promise<Listed[]> {
  const listed: Listed[] = [];
  try {
    // One at a time: what zip.js holds of an entry is several kilobytes, and there may be hundreds of thousands.
    for await (const entry of new ZipReader(new BlobReader(blob), STRICT).getEntriesGenerator()) {
      if (entry.directory) continue;
      if (entry.encrypted) throw probingFaults['zip-encrypted'](name, entry.filename);
      const { offset, compressedSize, uncompressedSize, compressionMethod: method, rawFilename } = entry;
      const known = { offset, compressedSize, uncompressedSize, method, crc32: entry.crc32 ?? 0 };
      listed.push({
        path: entry.filename,
        place: { ...known, nameLength: rawFilename.length, nameCrc32: crc32(rawFilename) },
      });
    }
    return listed;
  } catch (error) {
    throw await directoryFault(error, blob, name);
  }
}

async function directoryFault(error: unknown, blob: Blob, name: string): Promise<Error> {
  if (error instanceof Fault) return error;
  const { message, filename } = error as { readonly message?: string; readonly filename?: string };
  if (message === ERR_EOCDR_NOT_FOUND || message === ERR_BAD_FORMAT) return notAZip(blob, name);
  if (message === ERR_UNSAFE_FILENAME) return probingFaults['zip-unsafe-name'](name, filename ?? 'unknown');
  if (message === ERR_AMBIGUOUS_ARCHIVE) return probingFaults['zip-ambiguous'](name);
  if (error instanceof DOMException) return readFault(error, name);
  const reason = message === ERR_SPLIT_ZIP_FILE ? 'it is one part of several' : 'its directory is damaged';
  return probingFaults['not-a-zip'](name, reason);
}

async function notAZip(blob: Blob, name: string): Promise<Error> {
  const start = new Uint8Array(await blob.slice(0, 64).arrayBuffer());
  if (identify(start)?.name === 'a zip archive') return probingFaults['not-a-zip'](name, 'its end is missing');
  return wrongKind(name, start, 'a zip archive');
}
