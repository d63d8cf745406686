import { openBundle, packBundle } from '../../engine/bits/bundle.ts';
import { pictureMime } from '../../probing/identify.ts';
import type { SmallPictures } from './contents.ts';

/** Lays small pictures out one after the other in a bundle: their files' bytes, as they are. */
export async function packPictures(pictures: SmallPictures): Promise<ArrayBufferLike> {
  const start = new Float64Array(pictures.length + 1);
  for (const [i, { picture }] of pictures.entries()) start[i + 1] = start[i] + picture.size;
  const files = new Uint8Array(start[pictures.length]);
  for (const [i, { picture }] of pictures.entries()) files.set(new Uint8Array(await picture.arrayBuffer()), start[i]);
  const samples = Uint32Array.from(pictures, ({ sample }) => sample);
  return packBundle({ meta: { kind: 'pictures' }, arrays: { samples, start, files } });
}

/**
 * Reads small pictures from a bundle. What is no picture is left out, so that nothing else gets an address of the page.
 *
 * @throws RangeError, if the bundle contradicts itself
 */
export function openPictures(buffer: ArrayBufferLike, sampleCount: number): SmallPictures {
  const { samples, start, files } = openBundle(buffer).arrays;
  if (!(samples instanceof Uint32Array) || !(start instanceof Float64Array) || !(files instanceof Uint8Array))
    throw new RangeError('it lists no pictures');
  return Array.from(samples, (sample, i) => {
    const [from, to] = [start[i], start[i + 1]];
    if (!(from >= 0 && from <= to && to <= files.length) || sample >= sampleCount)
      throw new RangeError('its pictures lie outside of it');
    const bytes = Uint8Array.from(files.subarray(from, to));
    const type = pictureMime(bytes);
    return type === undefined ? [] : [{ sample, picture: new Blob([bytes], { type }) }];
  }).flat();
}
