import {
  checkLength,
  checkRange,
  readPart,
  sizesOf,
  type ActivationFile,
  type ActivationSizes,
} from './activation-values.ts';
import { probingFaults } from './errors.ts';
import { decodeFloats, FLOAT_BYTES, type FloatType } from './floats.ts';
import { wrongKind } from './identify.ts';
import { HEADER_BYTES, readNpyHeader, typeName } from './npy-header.ts';

const TYPES: Readonly<Record<string, FloatType>> = { f2: 'float16', f4: 'float32', f8: 'float64' };

/** Activations in a `.npy` array: what its header says. */
export interface NpyActivations extends ActivationSizes {
  readonly type: FloatType;
  readonly bigEndian: boolean;
  /** Where the values begin, in bytes. */
  readonly dataOffset: number;
  readonly bytesPerSample: number;
}

/**
 * Reads the header of activations.
 *
 * @param start the first bytes of the array, all of it or at least {@link HEADER_BYTES}
 * @param size bytes of header and values together
 * @throws Fault naming the file, if it is no array of floating point in C order, [samples, units, height, width] or [samples, units]
 */
export function readNpyActivations(start: Uint8Array, size: number, name: string): NpyActivations {
  const header = readNpyHeader(start, name, () => wrongKind(name, start, 'a .npy file of activations'));
  const type = TYPES[header.type] as FloatType | undefined;
  if (type === undefined) {
    throw probingFaults['npy-type'](name, typeName(header.type), 'float16, float32 or float64');
  }
  const sizes = sizesOf(header.shape, name);
  if (header.fortranOrder) throw probingFaults['npy-fortran'](name);
  const bytesPerSample = FLOAT_BYTES[type] * sizes.units * sizes.height * sizes.width;
  checkLength(name, size, header.dataOffset + sizes.samples * bytesPerSample);
  return { ...sizes, type, bigEndian: header.bigEndian, dataOffset: header.dataOffset, bytesPerSample };
}

/** The values of some samples out of their bytes. */
export function npyValues(array: NpyActivations, bytes: Uint8Array, count: number) {
  const { type, bigEndian, units, height, width } = array;
  return decodeFloats(bytes, type, bigEndian, count * units * height * width);
}

/**
 * Opens activations in a `.npy` file for reading in pieces, in any order.
 *
 * @param blob float16, float32 or float64 in C order
 * @param name for messages
 * @throws Fault naming the file, if it is something else
 */
export async function openNpyActivations(blob: Blob, name: string): Promise<ActivationFile> {
  const start = await readPart(blob, 0, Math.min(blob.size, HEADER_BYTES), name);
  const array = readNpyActivations(start, blob.size, name);
  const { samples, units, height, width, dataOffset, bytesPerSample } = array;
  const read = async (first: number, count: number): Promise<Float32Array<ArrayBuffer>> => {
    checkRange(name, samples, first, count);
    const from = dataOffset + first * bytesPerSample;
    return npyValues(array, await readPart(blob, from, from + count * bytesPerSample, name), count);
  };
  return { samples, units, height, width, sequential: false, read };
}
