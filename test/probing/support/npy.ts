/** A `.npy` file with any header, for good and broken files alike. */
export interface NpyParts {
  readonly descr?: string;
  readonly fortran?: boolean;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
  readonly version?: 1 | 2 | 3;
}

export function npyBytes({
  descr = '<f4',
  fortran = false,
  shape,
  data,
  version = 1,
}: NpyParts): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const order = fortran ? 'True' : 'False';
  return npyWithHeader(`{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${sizes}), }`, data, version);
}

export function npyWithHeader(dictionary: string, data: Uint8Array, version: 1 | 2 | 3 = 1): Uint8Array<ArrayBuffer> {
  const lengthBytes = version === 1 ? 2 : 4;
  const unpadded = 8 + lengthBytes + dictionary.length + 1;
  const text = `${dictionary}${' '.repeat((64 - (unpadded % 64)) % 64)}\n`;
  const bytes = new Uint8Array(8 + lengthBytes + text.length + data.length);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  bytes.set(new TextEncoder().encode(text), 8 + lengthBytes);
  bytes.set(data, 8 + lengthBytes + text.length);
  return bytes;
}

export function floats(values: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Float32Array.from(values).buffer);
}

export function doubles(values: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Float64Array.from(values).buffer);
}
