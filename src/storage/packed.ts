/** A buffer as it is kept: compressed, with the length it must have again. */
export interface Packed {
  /** The bytes in gzip form, which carries a CRC-32 of what went in. */
  readonly gzip: Blob;
  /** Bytes before compression. */
  readonly bytes: number;
}

const CHUNK = 1 << 20;

/**
 * Compresses a buffer. Shared memory is copied piece by piece: streams and stores refuse it.
 */
export async function pack(buffer: ArrayBufferLike): Promise<Packed> {
  const all = new Uint8Array(buffer);
  let at = 0;
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= all.length) controller.close();
      else controller.enqueue(Uint8Array.from(all.subarray(at, (at += CHUNK))));
    },
  });
  const gzip = await new Response(pieces.pipeThrough(new CompressionStream('gzip'))).blob();
  return { gzip, bytes: buffer.byteLength };
}

/**
 * Brings a buffer back, into shared memory where there is such a thing.
 *
 * @throws TypeError or RangeError, if the bytes are not those that were packed: gzip's checksum or the length disagrees
 */
export async function unpack({ gzip, bytes }: Packed): Promise<ArrayBufferLike> {
  const buffer = 'SharedArrayBuffer' in globalThis ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const all = new Uint8Array(buffer);
  const reader = gzip.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  let at = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    // Throws a RangeError where there is more than was packed.
    all.set(next.value, at);
    at += next.value.length;
  }
  if (at !== bytes) throw new RangeError(`${at} bytes were kept, not ${bytes}.`);
  return buffer;
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
