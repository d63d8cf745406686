import { probingFaults } from './errors.ts';

/** What stands at the start of a `.npy` file. */
export interface NpyHeader {
  /** NumPy's code without the byte order: f4, u1, b1, ... */
  readonly type: string;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the values begin, in bytes. */
  readonly dataOffset: number;
}

const MAGIC = '\x93NUMPY';

/** Bytes of a file within which its header ends, but for headers that no plain array has. */
export const HEADER_BYTES = 65_536;

/**
 * Reads a `.npy` header, versions 1.0 to 3.0 (NumPy, `numpy.lib.format`).
 *
 * @param start the first bytes of the file, all of it or at least {@link HEADER_BYTES}
 * @throws Fault naming the file
 */
export function readNpyHeader(start: Uint8Array, file: string, wrongFile: () => Error): NpyHeader {
  const magic = String.fromCharCode(...start.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw wrongFile();
  if (start.length < 10) throw probingFaults['npy-truncated'](file, start.length, 10);
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const major = start[6];
  if (major < 1 || major > 3) throw probingFaults['npy-version'](file, `${major}.${start[7]}`);
  const lengthBytes = major === 1 ? 2 : 4;
  const textStart = 8 + lengthBytes;
  if (start.length < textStart) throw probingFaults['npy-truncated'](file, start.length, textStart);
  const dataOffset = textStart + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (dataOffset > HEADER_BYTES) throw probingFaults['npy-header'](file, 'it is too long for a plain array');
  if (start.length < dataOffset) throw probingFaults['npy-truncated'](file, start.length, dataOffset);
  const text = new TextDecoder('latin1').decode(start.subarray(textStart, dataOffset));
  return { ...parseDictionary(text, file), dataOffset };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  b1: 'bool',
  u1: 'uint8',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

/** NumPy's name of a type by its code, or the code itself. */
export function typeName(code: string): string {
  return TYPE_NAMES[code] ?? code;
}

/** A shape as NumPy prints it, for example `(10, 3)`. */
export function printShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

function parseDictionary(text: string, file: string): Omit<NpyHeader, 'dataOffset'> {
  if (/'descr'\s*:\s*\[/.test(text)) throw probingFaults['npy-type'](file, 'structured', 'a plain array');
  const descr = /'descr'\s*:\s*'([<>|=]?)([A-Za-z]\d*)[^']*'/.exec(text);
  if (descr === null) throw probingFaults['npy-header'](file, 'it names no type (descr)');
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  if (order === null) throw probingFaults['npy-header'](file, 'it does not say fortran_order True or False');
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text);
  if (shape === null) throw probingFaults['npy-header'](file, 'it has no shape of whole numbers');
  const sizes = shape[1]
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '')
    .map(Number);
  if (!Number.isSafeInteger(sizes.reduce((product, size) => product * size, 8))) {
    throw probingFaults['npy-header'](file, `the shape ${printShape(sizes)} is too large to be true`);
  }
  return { type: descr[2], bigEndian: descr[1] === '>', fortranOrder: order[1] === 'True', shape: sizes };
}
