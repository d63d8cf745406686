import type { WordVectors } from '../../src/engine/concepts.ts';

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of the half-precision number nearest to a value of magnitude below 65,504; halfway the even one (IEEE 754). */
export function toHalf(value: number): number {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const size = Math.abs(float[0]);
  if (size < 2 ** -14) return sign | roundEven(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  // Rounding up to the next power of two carries into the exponent, as it must.
  return sign | (((exponent + 14) << 10) + roundEven((size / 2 ** exponent) * 1024));
}

function roundEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** The bytes of a word table, in the format that src/probing/pairs/word-table.ts documents. */
export function writeWordTable({ words, values, dimensions }: WordVectors): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(words.join('\n'));
  const start = 16 + text.length + (text.length % 2);
  const bytes = new Uint8Array(start + values.length * 2);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('FWV1'));
  view.setUint32(4, words.length, true);
  view.setUint32(8, dimensions, true);
  view.setUint32(12, text.length, true);
  bytes.set(text, 16);
  for (let at = 0; at < values.length; at += 1) view.setUint16(start + 2 * at, toHalf(values[at]), true);
  return bytes;
}
