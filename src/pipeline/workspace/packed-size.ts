const PIECES = 8;
const PIECE = 2 ** 18;

/** Bytes that memory would have when compressed, about: eight pieces of it are compressed, the rest is taken to be like them. */
export async function packedSize(memory: ArrayBufferLike): Promise<number> {
  const { byteLength } = memory;
  if (byteLength === 0) return 0;
  const whole = byteLength <= PIECES * PIECE;
  const count = whole ? 1 : PIECES;
  const length = whole ? byteLength : PIECE;
  let packed = 0;
  for (let i = 0; i < count; i++) {
    const from = count === 1 ? 0 : Math.floor(((byteLength - length) * i) / (count - 1));
    const piece = Uint8Array.from(new Uint8Array(memory, from, length));
    const stream = new Blob([piece]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    packed += (await new Response(stream).arrayBuffer()).byteLength;
  }
  return Math.ceil((packed / (count * length)) * byteLength);
}
