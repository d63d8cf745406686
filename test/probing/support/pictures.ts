import { encode } from 'fast-png';

/** A gray PNG of 8 bits; its pixels are the values, row by row. */
export function grayPng(width: number, height: number, values: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ width, height, data: Uint8Array.from(values), channels: 1, depth: 8 }));
}

/** An RGB PNG of one color. */
export function colorPng(
  width: number,
  height: number,
  color: readonly [number, number, number],
): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => color[at % 3]);
  return new Uint8Array(encode({ width, height, data, channels: 3, depth: 8 }));
}
