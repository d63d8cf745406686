/** Bytes of a buffer that one chunk holds, at most: what packing and unpacking need at a time. */
export const CHUNK_BYTES = 16 * 2 ** 20;

/** A piece of a buffer as it is kept: compressed, with the length it must have again. */
export interface Chunk {
  /** The bytes in gzip form, which carries a CRC-32 of what went in. */
  readonly gzip: Blob;
  /** Bytes before compression. */
  readonly bytes: number;
}

/** A buffer as it is kept, in chunks that follow each other. */
export interface Packed {
  readonly chunks: readonly Chunk[];
}

/** Bytes that go into the compression at a time. */
const PIECE = 2 ** 20;

/**
 * Compresses a buffer chunk by chunk. Shared memory is copied piece by piece: streams and stores refuse it.
 *
 * @param most bytes of a chunk before compression; smaller in tests
 */
export async function pack(buffer: ArrayBufferLike, most: number = CHUNK_BYTES): Promise<Packed> {
  const chunks: Chunk[] = [];
  for (let at = 0; at < buffer.byteLength; at += most) {
    const bytes = Math.min(most, buffer.byteLength - at);
    chunks.push({ gzip: await compress(new Uint8Array(buffer, at, bytes)), bytes });
  }
  return { chunks };
}

/**
 * Brings a buffer back, into shared memory where there is such a thing.
 *
 * @throws TypeError or RangeError, if the bytes are not those that were packed: a chunk's checksum or length disagrees
 */
export async function unpack({ chunks }: Packed): Promise<ArrayBufferLike> {
  const length = chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  const buffer = 'SharedArrayBuffer' in globalThis ? new SharedArrayBuffer(length) : new ArrayBuffer(length);
  let at = 0;
  for (const { gzip, bytes } of chunks) {
    await decompress(gzip, new Uint8Array(buffer, at, bytes));
    at += bytes;
  }
  return buffer;
}

/** Bytes that something packed takes on this machine. */
export function packedBytes({ chunks }: Packed): number {
  return chunks.reduce((sum, { gzip }) => sum + gzip.size, 0);
}

/** {@link pack} for plain values that survive JSON. */
export async function packJson(value: unknown): Promise<Packed> {
  return pack(new TextEncoder().encode(JSON.stringify(value)).buffer);
}

/** {@link unpack} for plain values. @throws as {@link unpack} does, and SyntaxError */
export async function unpackJson(packed: Packed): Promise<unknown> {
  const bytes = new Uint8Array(await unpack(packed)).slice();
  return JSON.parse(new TextDecoder().decode(bytes));
}

async function compress(bytes: Uint8Array): Promise<Blob> {
  let at = 0;
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(Uint8Array.from(bytes.subarray(at, (at += PIECE))));
    },
  });
  return new Response(pieces.pipeThrough(new CompressionStream('gzip'))).blob();
}

async function decompress(gzip: Blob, into: Uint8Array): Promise<void> {
  const reader = gzip.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  let at = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    // Throws a RangeError where there is more than was packed.
    into.set(next.value, at);
    at += next.value.length;
  }
  if (at !== into.length) throw new RangeError(`${at} bytes were kept, not ${into.length}.`);
}
