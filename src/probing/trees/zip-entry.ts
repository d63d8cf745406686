import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { readFault } from '../read-fault.ts';
import { crc32 } from './crc32.ts';
import { faultingStream } from './faulting-stream.ts';

/** What the directory of an archive says of one of its files. */
export interface EntryPlace {
  /** Where its local header starts, in bytes. */
  readonly offset: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly crc32: number;
  /** 0: stored, 8: deflate (APPNOTE.TXT, section 4.4.5). */
  readonly method: number;
  /** Length and CRC-32 of its name's bytes, which the local header must repeat. */
  readonly nameLength: number;
  readonly nameCrc32: number;
}

/** The archive that entries lie in. */
export interface Archive {
  readonly blob: Blob;
  /** File name, for messages. */
  readonly name: string;
}

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_HEADER = 30;
const DATA_DESCRIPTOR_BIT = 8;

/** Room for the extra fields of a local header, so that header and contents mostly come in one read. */
const EXTRA_ROOM = 64;

/** Deflate makes nothing larger than so many times its input (zlib, technical details). */
const LARGEST_RATIO = 1032;

/** A file of a zip archive. Hundreds of thousands of them are held at a time, so each is small. */
export class ZipEntry implements TreeFile {
  readonly path: string;
  readonly #name: string;
  readonly #archive: Archive;
  readonly #place: EntryPlace;
  /** Where the next entry starts, or the archive's directory. */
  #end = Infinity;
  #next = '';
  #overlap: string | undefined;

  /**
   * @param path inside the tree
   * @param name inside the archive, for messages
   */
  constructor(path: string, name: string, archive: Archive, place: EntryPlace) {
    this.path = path;
    this.#name = name;
    this.#archive = archive;
    this.#place = place;
  }

  /** Its name inside the archive. */
  get name(): string {
    return this.#name;
  }

  get size(): number {
    return this.#place.uncompressedSize;
  }

  get stamp(): string {
    return this.#place.crc32.toString(16).padStart(8, '0');
  }

  /** Where its local header starts, and the first byte after its contents at the least. */
  get range(): readonly [number, number] {
    const { offset, nameLength, compressedSize } = this.#place;
    return [offset, offset + LOCAL_HEADER + nameLength + compressedSize];
  }

  /** Says what follows in the archive, so that reading notices where this entry reaches into it. */
  endBefore(end: number, next: string): void {
    this.#end = end;
    this.#next = next;
  }

  /** Marks the entry as one that shares bytes with another. */
  sharesBytesWith(other: string): void {
    this.#overlap = other;
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    try {
      const { compressedSize, uncompressedSize } = this.#place;
      const [start, least] = this.range;
      const room = least - start + EXTRA_ROOM;
      const read = new Uint8Array(await this.#archive.blob.slice(start, start + room).arrayBuffer());
      const from = this.#contentsAt(read) - start;
      const packed = read.subarray(from, from + compressedSize);
      const whole = packed.length === compressedSize;
      const contents = whole
        ? new Blob([packed])
        : this.#archive.blob.slice(start + from, start + from + compressedSize);
      const out = new Uint8Array(uncompressedSize);
      let at = 0;
      if (this.#place.method === 0 && whole) {
        if (compressedSize !== uncompressedSize) throw this.#damaged(SIZE);
        out.set(packed);
        at = packed.length;
      } else {
        for await (const piece of this.#unpacked(contents)) {
          if (at + piece.length > out.length) throw this.#damaged(SIZE);
          out.set(piece, at);
          at += piece.length;
        }
      }
      if (at !== out.length) throw this.#damaged(SIZE);
      if (crc32(out) !== this.#place.crc32) throw this.#damaged(CHECKSUM);
      return out;
    } catch (error) {
      throw readFault(error, this.#archive.name);
    }
  }

  stream(): ReadableStream<Uint8Array> {
    return faultingStream(
      () => this.#checked(),
      (error) => readFault(error, this.#archive.name),
    );
  }

  async stored(): Promise<Blob | undefined> {
    const { method, nameLength, compressedSize } = this.#place;
    if (method !== 0) return undefined;
    const { blob, name } = this.#archive;
    const [start] = this.range;
    try {
      const header = new Uint8Array(await blob.slice(start, start + LOCAL_HEADER + nameLength).arrayBuffer());
      const from = this.#contentsAt(header);
      return blob.slice(from, from + compressedSize);
    } catch (error) {
      throw readFault(error, name);
    }
  }

  /** The contents in pieces; size and checksum are compared at the end. */
  #checked(): ReadableStream<Uint8Array> {
    let pieces: AsyncGenerator<Uint8Array> | undefined;
    let size = 0;
    let checksum = 0;
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        pieces ??= this.#pieces();
        const { done, value } = await pieces.next();
        if (!done) {
          size += value.length;
          checksum = crc32(value, checksum);
          if (size > this.size) throw this.#damaged(SIZE);
          controller.enqueue(value);
          return;
        }
        if (size !== this.size) throw this.#damaged(SIZE);
        if (checksum !== this.#place.crc32) throw this.#damaged(CHECKSUM);
        controller.close();
      },
      cancel: async () => {
        await pieces?.return(undefined);
      },
    });
  }

  async *#pieces(): AsyncGenerator<Uint8Array> {
    const { nameLength, compressedSize } = this.#place;
    const [start] = this.range;
    const room = LOCAL_HEADER + nameLength;
    const header = new Uint8Array(await this.#archive.blob.slice(start, start + room).arrayBuffer());
    const from = this.#contentsAt(header);
    yield* this.#unpacked(this.#archive.blob.slice(from, from + compressedSize));
  }

  async *#unpacked(contents: Blob): AsyncGenerator<Uint8Array> {
    const { method, compressedSize, uncompressedSize } = this.#place;
    if (method !== 0 && method !== 8) throw probingFaults['zip-method'](this.#name, this.#archive.name);
    if (uncompressedSize > compressedSize * LARGEST_RATIO) throw this.#damaged(SIZE);
    const packed = contents.stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
    const reader = (method === 0 ? packed : packed.pipeThrough(new DecompressionStream('deflate-raw'))).getReader();
    try {
      for (let next = await this.#read(reader); !next.done; next = await this.#read(reader)) yield next.value;
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
    try {
      return await reader.read();
    } catch (error) {
      // The file itself cannot be read; or it can, and what is no deflate at all has no right checksum either.
      throw error instanceof DOMException ? error : this.#damaged(CHECKSUM);
    }
  }

  /** Where the contents start in the archive. @param header the local header; it must say what the directory says */
  #contentsAt(header: Uint8Array): number {
    const { name } = this.#archive;
    const { nameLength: length, nameCrc32, method, compressedSize, uncompressedSize } = this.#place;
    if (this.#overlap !== undefined) throw probingFaults['zip-overlap'](this.#name, this.#overlap, name);
    const [start] = this.range;
    const view = new DataView(header.buffer, header.byteOffset, header.length);
    if (header.length < LOCAL_HEADER || view.getUint32(0, true) !== LOCAL_SIGNATURE) throw this.#damaged(HEADER);
    const inDescriptor = (view.getUint16(6, true) & DATA_DESCRIPTOR_BIT) !== 0;
    const nameLength = view.getUint16(26, true);
    const localName = header.subarray(LOCAL_HEADER, LOCAL_HEADER + nameLength);
    const sizes = [view.getUint32(14, true), view.getUint32(18, true), view.getUint32(22, true)];
    const inExtra = sizes[1] === 0xffffffff || sizes[2] === 0xffffffff;
    const agrees =
      nameLength === length &&
      crc32(localName) === nameCrc32 &&
      view.getUint16(8, true) === method &&
      (inDescriptor ||
        inExtra ||
        (sizes[0] === this.#place.crc32 && sizes[1] === compressedSize && sizes[2] === uncompressedSize));
    if (!agrees) throw probingFaults['zip-ambiguous'](name);
    const from = start + LOCAL_HEADER + nameLength + view.getUint16(28, true);
    if (from + compressedSize > this.#end) throw probingFaults['zip-overlap'](this.#name, this.#next, name);
    return from;
  }

  #damaged(reason: string): Error {
    return probingFaults['zip-entry'](this.#name, this.#archive.name, reason);
  }
}

const CHECKSUM = 'its checksum does not match';
const SIZE = 'its size is not what the zip says';
const HEADER = 'it cannot be unpacked';

/**
 * Finds the entries whose bytes others have too: no archiver makes such, but they multiply what is unpacked, or show two programs two
 * contents. The entry that starts inside another one counts as wrong; reading it gives a fault.
 *
 * @param directory where the archive's directory starts
 */
export function markOverlaps(entries: readonly ZipEntry[], directory: number): void {
  const sorted = entries.toSorted((a, b) => a.range[0] - b.range[0]);
  let last: ZipEntry | undefined;
  for (const entry of sorted) {
    if (last && entry.range[0] < last.range[1]) {
      entry.sharesBytesWith(last.name);
      continue;
    }
    last?.endBefore(entry.range[0], entry.name);
    last = entry;
  }
  last?.endBefore(directory, 'the directory');
}
