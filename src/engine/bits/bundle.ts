/** The typed arrays a bundle can hold. */
export type BundleArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** Names, plain values and typed arrays that travel together in one buffer. */
export interface Bundle {
  /** Small values that describe the arrays; must survive JSON. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, BundleArray>>;
}

type View = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => BundleArray;

const arrayTypes = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array };
type ArrayType = keyof typeof arrayTypes;

interface Header {
  readonly meta: Record<string, unknown>;
  readonly arrays: readonly { name: string; type: ArrayType; offset: number; length: number }[];
}

const align = (bytes: number): number => Math.ceil(bytes / 8) * 8;

function typeOf(array: BundleArray): ArrayType {
  const found = (Object.keys(arrayTypes) as ArrayType[]).find((type) => array instanceof arrayTypes[type]);
  if (!found) throw new TypeError('A bundle holds typed arrays of 8 to 64 bits only.');
  return found;
}

/**
 * Lays arrays out in one shared buffer, each aligned to 8 bytes, behind a JSON header.
 * The same bytes serve every worker in place, and go to storage as they are.
 *
 * @returns the buffer: 4 bytes header length (little endian), the header, the arrays
 */
export function packBundle(bundle: Bundle): SharedArrayBuffer {
  const entries = Object.entries(bundle.arrays);
  const place = (headerBytes: number) => {
    let offset = align(4 + headerBytes);
    return entries.map(([name, array]) => {
      const entry = { name, type: typeOf(array), offset, length: array.length };
      offset = align(offset + array.byteLength);
      return entry;
    });
  };
  const encode = (arrays: Header['arrays']) => new TextEncoder().encode(JSON.stringify({ meta: bundle.meta, arrays }));
  // Offsets lengthen the header that precedes them, so place once with room to spare and pad.
  const room = encode(place(0)).length + entries.length * 12;
  const placed = place(room);
  const header = encode(placed);
  const last = placed.at(-1);
  const total = last ? align(last.offset + last.length * arrayTypes[last.type].BYTES_PER_ELEMENT) : align(4 + room);
  const buffer = new SharedArrayBuffer(total);
  new DataView(buffer).setUint32(0, header.length, true);
  new Uint8Array(buffer, 4, header.length).set(header);
  for (const [i, { offset }] of placed.entries()) {
    const array = entries[i][1];
    new Uint8Array(buffer, offset, array.byteLength).set(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
  }
  return buffer;
}

/**
 * Reads a bundle in place: the arrays are views into `buffer`.
 *
 * @throws RangeError or SyntaxError, if the bytes are no bundle
 */
export function openBundle(buffer: ArrayBufferLike): Bundle {
  const length = new DataView(buffer).getUint32(0, true);
  // TextDecoder refuses views of shared memory.
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length).slice())) as Header;
  const arrays = header.arrays.map(({ name, type, offset, length }): [string, BundleArray] => [
    name,
    new (arrayTypes[type] as View)(buffer, offset, length),
  ]);
  return { meta: header.meta, arrays: Object.fromEntries(arrays) };
}
