import { probingFaults } from './errors.ts';
import { wrongKind } from './identify.ts';
import { HEADER_BYTES, printShape, readNpyHeader, type NpyHeader } from './npy-header.ts';
import { readFault } from './read-fault.ts';

/** An array of a `.npy` file in C order. `bool` is 0 or 1 a byte; float16 comes as float32. */
export interface NpyArray {
  readonly dtype: NpyType;
  readonly shape: readonly number[];
  readonly data: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
}

/** The types that are read. */
export type NpyType = 'bool' | 'uint8' | 'float16' | 'float32' | 'float64';

/** Activations given as a file instead of a model: float32, [samples, units, height, width], read in pieces. */
export interface ActivationFile {
  readonly samples: number;
  readonly units: number;
  /** Height of a unit's map; 1 where the file is [samples, units]. */
  readonly height: number;
  /** Width of a unit's map; 1 where the file is [samples, units]. */
  readonly width: number;
  /**
   * The maps of some samples, `count * units * height * width` values in that order.
   *
   * Values may be NaN or infinite: their units are left out, which the results say.
   *
   * @throws Fault, if the samples do not exist or the file has changed
   */
  read(firstSample: number, count: number): Promise<Float32Array<ArrayBuffer>>;
}

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
  const type = typeOf(header, name, Object.keys(TYPES));
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

/**
 * Opens activations for reading in pieces. The file may be larger than memory.
 *
 * @param blob a `.npy` file, float32 in C order, [samples, units, height, width] or [samples, units]
 * @param name for messages
 * @throws Fault naming the file, if it is something else
 */
export async function openActivations(blob: Blob, name: string): Promise<ActivationFile> {
  const start = await readPart(blob, 0, Math.min(blob.size, HEADER_BYTES), name);
  const header = readNpyHeader(start, name, () => wrongKind(name, start, 'a .npy file of activations'));
  typeOf(header, name, ['f4']);
  const wanted = '(samples, units, height, width) or (samples, units), each at least 1,';
  const { shape } = header;
  if ((shape.length !== 2 && shape.length !== 4) || shape.includes(0)) {
    throw probingFaults['npy-shape'](name, printShape(shape), wanted);
  }
  if (header.fortranOrder) throw probingFaults['npy-fortran'](name);
  const [samples, units, height = 1, width = 1] = shape;
  const valuesPerSample = units * height * width;
  checkLength(name, blob.size, header.dataOffset + 4 * samples * valuesPerSample);

  const read = async (firstSample: number, count: number): Promise<Float32Array<ArrayBuffer>> => {
    if (firstSample < 0 || count < 0 || firstSample + count > samples) {
      throw probingFaults['npy-range'](name, firstSample, count, samples);
    }
    const from = header.dataOffset + 4 * firstSample * valuesPerSample;
    const bytes = await readPart(blob, from, from + 4 * count * valuesPerSample, name);
    return decodeValues(bytes, 'float32', header.bigEndian, count * valuesPerSample) as Float32Array<ArrayBuffer>;
  };
  return { samples, units, height, width, read };
}

function typeOf(
  header: NpyHeader,
  name: string,
  allowed: readonly string[],
): { readonly name: NpyType; readonly bytes: number } {
  if (!allowed.includes(header.type)) {
    const found = TYPES[header.type]?.name ?? header.type;
    throw probingFaults['npy-type'](
      name,
      found,
      allowed
        .map((code) => TYPES[code].name)
        .join(', ')
        .replace(/, (\w+)$/, ' or $1'),
    );
  }
  return TYPES[header.type];
}

function checkLength(name: string, found: number, wanted: number): void {
  if (found < wanted) throw probingFaults['npy-truncated'](name, found, wanted);
  if (found > wanted) throw probingFaults['npy-too-long'](name, found, wanted);
}

async function readPart(blob: Blob, from: number, to: number, name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.slice(from, to).arrayBuffer());
  } catch (error) {
    throw readFault(error, name);
  }
}

function decodeValues(bytes: Uint8Array, type: NpyType, bigEndian: boolean, count: number): NpyArray['data'] {
  if (type === 'bool') return Uint8Array.from(bytes, (value) => (value === 0 ? 0 : 1));
  if (type === 'uint8') return bytes.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'float64') {
    if (!bigEndian) return new Float64Array(bytes.slice().buffer);
    return Float64Array.from({ length: count }, (_, index) => view.getFloat64(8 * index));
  }
  if (type === 'float32') {
    if (!bigEndian) return new Float32Array(bytes.slice().buffer);
    return Float32Array.from({ length: count }, (_, index) => view.getFloat32(4 * index));
  }
  return Float32Array.from({ length: count }, (_, index) => fromHalf(view.getUint16(2 * index, !bigEndian)));
}

function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
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
