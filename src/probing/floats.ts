/** Floating point as files hold it: IEEE 754 of 16, 32 and 64 bits, and the upper half of 32 bits (bfloat16). */
export type FloatType = 'float16' | 'bfloat16' | 'float32' | 'float64';

/** Bytes of one value. */
export const FLOAT_BYTES: Readonly<Record<FloatType, number>> = { float16: 2, bfloat16: 2, float32: 4, float64: 8 };

let halves: Float32Array<ArrayBuffer> | undefined;

/** Values of all 65,536 patterns of 16 bits. */
function halfTable(): Float32Array<ArrayBuffer> {
  halves ??= Float32Array.from({ length: 65_536 }, (_, bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
  return halves;
}

/**
 * Floating point of a file as float32; float64 is rounded to the nearest.
 *
 * @param bytes `count` values; at any offset
 */
export function decodeFloats(
  bytes: Uint8Array,
  type: FloatType,
  bigEndian: boolean,
  count: number,
): Float32Array<ArrayBuffer> {
  const size = FLOAT_BYTES[type];
  const values = bytes.subarray(0, count * size);
  if (bigEndian) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const table = type === 'float16' ? halfTable() : undefined;
    return Float32Array.from({ length: count }, (_, i) => {
      if (type === 'float64') return view.getFloat64(8 * i);
      if (type === 'float32') return view.getFloat32(4 * i);
      return table ? table[view.getUint16(2 * i)] : fromUpperHalf(view.getUint16(2 * i));
    });
  }
  const buffer = values.byteOffset % size === 0 ? values.buffer : values.slice().buffer;
  const offset = buffer === values.buffer ? values.byteOffset : 0;
  if (type === 'float32') return new Float32Array(buffer, offset, count).slice();
  if (type === 'float64') return Float32Array.from(new Float64Array(buffer, offset, count));
  const bits = new Uint16Array(buffer, offset, count);
  if (type === 'float16') {
    const table = halfTable();
    const decoded = new Float32Array(count);
    for (let i = 0; i < count; i++) decoded[i] = table[bits[i]];
    return decoded;
  }
  const widened = new Uint32Array(count);
  for (let i = 0; i < count; i++) widened[i] = bits[i] << 16;
  return new Float32Array(widened.buffer);
}

const scratch = new DataView(new ArrayBuffer(4));

function fromUpperHalf(bits: number): number {
  scratch.setUint32(0, bits * 65_536);
  return scratch.getFloat32(0);
}
