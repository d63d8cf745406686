import type { WordVectors } from '../../engine/concepts.ts';
import { probingFaults } from '../errors.ts';

const HEADER = 16;

/**
 * Reads the embedded table of word vectors (public/words/vectors.bin, made by scripts/words/make.ts).
 *
 * Little-endian: the four letters `FWV1`, then as 32-bit numbers how many words, how many dimensions, and how many bytes the words take; the
 * words in UTF-8, separated by line feeds; a byte of 0 if that makes what follows even; the values as half-precision numbers (IEEE 754
 * binary16), word by word. Words stand by falling frequency.
 *
 * @throws Fault, if the bytes are no such table
 */
export function readWordTable(bytes: Uint8Array): WordVectors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || String.fromCharCode(...bytes.subarray(0, 4)) !== 'FWV1')
    throw probingFaults['word-table']();
  const count = view.getUint32(4, true);
  const dimensions = view.getUint32(8, true);
  const length = view.getUint32(12, true);
  const start = HEADER + length + (length % 2);
  if (dimensions === 0 || bytes.length !== start + 2 * count * dimensions) throw probingFaults['word-table']();
  const words = new TextDecoder().decode(bytes.subarray(HEADER, HEADER + length)).split('\n');
  if (words.length !== count) throw probingFaults['word-table']();
  const values = new Float32Array(count * dimensions);
  for (let at = 0; at < values.length; at += 1) values[at] = fromHalf(view.getUint16(start + 2 * at, true));
  return { words, values, dimensions };
}

/** The value of a half-precision number's bits. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
