import { newMemory } from './memory.ts';

/** The typed arrays a bundle can hold. */
export type BundleArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** Names, plain values and typed arrays that travel together in one buffer. */
export interface Bundle {
  /** Small values that describe the arrays; must survive JSON. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, BundleArray>>;
}

/** What a bundle is to hold: values that describe it, and of each array its type and number of entries. */
export interface BundlePlan {
  readonly meta: Bundle['meta'];
  readonly arrays: Readonly<Record<string, { readonly type: ArrayType; readonly length: number }>>;
}

type View = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => BundleArray;

const arrayTypes = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array };

/** Name of a type of typed array. */
export type ArrayType = keyof typeof arrayTypes;

interface Header {
  readonly meta: Bundle['meta'];
  readonly arrays: readonly { name: string; type: ArrayType; offset: number; length: number }[];
}

const align = (bytes: number): number => Math.ceil(bytes / 8) * 8;

function typeOf(array: BundleArray): ArrayType {
  const found = (Object.keys(arrayTypes) as ArrayType[]).find((type) => array instanceof arrayTypes[type]);
  if (!found) throw new TypeError('A bundle holds typed arrays of 8 to 64 bits only.');
  return found;
}

/**
 * Makes the buffer of a bundle with all its arrays zero, to be opened by {@link openBundle} and filled in place: for what is too large to
 * be held twice.
 *
 * @returns the buffer, shared where there is shared memory: 4 bytes header length (little endian), the header, the arrays, each aligned
 *   to 8 bytes
 */
export function makeBundle({ meta, arrays }: BundlePlan): ArrayBufferLike {
  const entries = Object.entries(arrays);
  const place = (headerBytes: number): Header['arrays'] => {
    let offset = align(4 + headerBytes);
    return entries.map(([name, { type, length }]) => {
      const entry = { name, type, offset, length };
      offset = align(offset + length * arrayTypes[type].BYTES_PER_ELEMENT);
      return entry;
    });
  };
  const encode = (placed: Header['arrays']) => new TextEncoder().encode(JSON.stringify({ meta, arrays: placed }));
  // Offsets lengthen the header that precedes them, so place once with room to spare and pad.
  const room = encode(place(0)).length + entries.length * 12;
  const placed = place(room);
  const header = encode(placed);
  const last = placed.at(-1);
  const total = last ? align(last.offset + last.length * arrayTypes[last.type].BYTES_PER_ELEMENT) : align(4 + room);
  const buffer = newMemory(total);
  new DataView(buffer).setUint32(0, header.length, true);
  new Uint8Array(buffer, 4, header.length).set(header);
  return buffer;
}

/** Lays arrays out in one buffer (see {@link makeBundle}). The same bytes serve every worker in place, and go to storage as they are. */
export function packBundle({ meta, arrays }: Bundle): ArrayBufferLike {
  const plan = Object.entries(arrays).map(([name, array]) => [name, { type: typeOf(array), length: array.length }]);
  const buffer = makeBundle({ meta, arrays: Object.fromEntries(plan) as BundlePlan['arrays'] });
  for (const [name, array] of Object.entries(openBundle(buffer).arrays)) array.set(arrays[name]);
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
