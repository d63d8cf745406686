import { encode } from 'fast-png';
import type { AnnotatedSource } from '../../../src/probing/annotated/annotated-source.ts';

/** A gray PNG. */
export function grayPng(width: number, values: readonly number[]): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from(values);
  return new Uint8Array(encode({ width, height: values.length / width, data, channels: 1 }));
}

/** An RGB PNG of the pixels given. */
export function rgbPng(width: number, pixels: readonly (readonly [number, number, number])[]): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from(pixels.flat());
  return new Uint8Array(encode({ width, height: pixels.length / width, data, channels: 3 }));
}

/** Names of the concepts at every position of a sample, sorted, read at the size of its masks. */
export async function conceptsAt(
  source: AnnotatedSource,
  sample: number,
  width: number,
  height: number,
): Promise<string[][]> {
  const { planes, everywhere } = await source.read(sample, { height, width });
  const name = (place: number): string => `${source.concepts[place].category} ${source.concepts[place].name}`;
  return Array.from({ length: width * height }, (_, at) => {
    const places = planes.flatMap((plane) => (plane[at] === 0 ? [] : plane[at] - 1));
    return [...places, ...everywhere].map(name).sort();
  });
}
