import { crc32 } from 'node:zlib';

/** An entry as it stands in a hand-made archive; what is not given is as it should be. */
export interface RawEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly localName?: string;
  readonly crc?: number;
  /** Unpacked size that the headers claim. */
  readonly size?: number;
  /** 0 stored, 8 deflated. */
  readonly method?: number;
  /** Where its local header stands already, inside the bytes of another entry. */
  readonly at?: number;
}

/** A zip archive without compression, written by hand so that it may be wrong. */
export function rawZip(entries: readonly RawEntry[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    offsets.push(entry.at ?? offset);
    if (entry.at !== undefined) continue;
    const name = Buffer.from(entry.localName ?? entry.name);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    writeCommon(header, 8, entry, name.length);
    parts.push(header, name, Buffer.from(entry.data));
    offset += header.length + name.length + entry.data.length;
  }
  const directory = entries.map((entry, index) => {
    const name = Buffer.from(entry.name);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(20, 4);
    record.writeUInt16LE(20, 6);
    writeCommon(record, 10, entry, name.length);
    record.writeUInt32LE(offsets[index], 42);
    return Buffer.concat([record, name]);
  });
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, directoryBytes, end]));
}

/** Method, time, checksum, sizes and the name's length stand in the same order in both kinds of header. */
function writeCommon(header: Buffer, at: number, entry: RawEntry, nameLength: number): void {
  header.writeUInt16LE(entry.method ?? 0, at);
  header.writeUInt16LE(0x21, at + 4);
  header.writeUInt32LE(entry.crc ?? crc32(entry.data), at + 6);
  header.writeUInt32LE(entry.data.length, at + 10);
  header.writeUInt32LE(entry.size ?? entry.data.length, at + 14);
  header.writeUInt16LE(nameLength, at + 18);
}
