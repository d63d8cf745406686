import { checkLength } from './activation-values.ts';
import { probingFaults } from './errors.ts';
import { decodeFloats } from './floats.ts';
import { wrongKind } from './identify.ts';
import { HEADER_BYTES, printShape, readNpyHeader, typeName, type NpyHeader } from './npy-header.ts';

/** An array of a `.npy` file in C order. `bool` is 0 or 1 a byte; float16 comes as float32. */
export interface NpyArray {
  readonly dtype: NpyType;
  readonly shape: readonly number[];
  readonly data: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
}

/** The types that are read. */
export type NpyType = 'bool' | 'uint8' | 'float16' | 'float32' | 'float64';

const TYPES: Readonly<Record<string, { readonly name: NpyType; readonly bytes: number }>> = {
  b1: { name: 'bool', bytes: 1 },
  u1: { name: 'uint8', bytes: 1 },
  f2: { name: 'float16', bytes: 2 },
  f4: { name: 'float32', bytes: 4 },
  f8: { name: 'float64', bytes: 8 },
};
const MOST_BYTES_IN_MEMORY = 2 ** 30;

/**
 * Reads a whole `.npy` file: bool, uint8, float16, float32 or float64, either byte order, C or Fortran order, versions 1.0 to 3.0.
 *
 * @param name for messages
 * @throws Fault naming the file, if it is something else, cut off, longer than it says, or above 1 GiB
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const header = readNpyHeader(bytes.subarray(0, HEADER_BYTES), name, () => wrongKind(name, bytes, 'a .npy file'));
  const type = typeOf(header, name);
  const count = product(header.shape);
  if (count * type.bytes > MOST_BYTES_IN_MEMORY) throw probingFaults['npy-too-large'](name, printShape(header.shape));
  checkLength(name, bytes.length, header.dataOffset + count * type.bytes);
  const values = decodeValues(bytes.subarray(header.dataOffset), type.name, header.bigEndian, count);
  const data = header.fortranOrder ? toCOrder(values, header.shape) : values;
  return { dtype: type.name, shape: header.shape, data };
}

/**
 * Reads a `.npy` file of one number a unit, float64 or float32, for example thresholds.
 *
 * @throws Fault naming the file, if its shape or type is another or a value is not a number
 */
export function readVector(bytes: Uint8Array, name: string): Float64Array<ArrayBuffer> {
  const { dtype, shape, data } = readNpy(bytes, name);
  if (dtype !== 'float64' && dtype !== 'float32') throw probingFaults['npy-type'](name, dtype, 'float64 or float32');
  if (shape.length !== 1) throw probingFaults['npy-shape'](name, printShape(shape), '(units,)');
  const wrong = data.findIndex((value) => Number.isNaN(value));
  if (wrong !== -1) throw probingFaults['npy-not-finite'](name, 'NaN', `position ${wrong}`);
  return Float64Array.from(data);
}

function typeOf({ type }: NpyHeader, name: string): { readonly name: NpyType; readonly bytes: number } {
  const found = TYPES[type] as (typeof TYPES)[string] | undefined;
  if (!found) throw probingFaults['npy-type'](name, typeName(type), 'bool, uint8, float16, float32 or float64');
  return found;
}

function decodeValues(bytes: Uint8Array, type: NpyType, bigEndian: boolean, count: number): NpyArray['data'] {
  if (type === 'bool') return Uint8Array.from(bytes, (value) => (value === 0 ? 0 : 1));
  if (type === 'uint8') return bytes.slice();
  if (type !== 'float64') return decodeFloats(bytes, type, bigEndian, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!bigEndian) return new Float64Array(bytes.slice().buffer);
  return Float64Array.from({ length: count }, (_, index) => view.getFloat64(8 * index));
}

function toCOrder(values: NpyArray['data'], shape: readonly number[]): NpyArray['data'] {
  const ordered = values.slice();
  const index = new Array<number>(shape.length).fill(0);
  const strides = shape.map((_, axis) => product(shape.slice(0, axis)));
  let from = 0;
  for (let to = 0; to < values.length; to += 1) {
    ordered[to] = values[from];
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      index[axis] += 1;
      from += strides[axis];
      if (index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return ordered;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
