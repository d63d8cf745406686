import sharp from 'sharp';
import { THUMBNAIL_QUALITY } from '../../src/pipeline/thumbnail.ts';
import type { SmallPictures } from '../../src/pipeline/workspace/contents.ts';
import type { ProbingSet } from '../../src/probing/probing-set.ts';
import { decodePicture } from '../../src/runtime/decode-node.ts';

/** Longest side of the pictures, in pixels: what a unit's page shows them at. */
const SIDE = 112;

/** Small pictures of all samples, WebP as the page makes them, but smaller. */
export async function smallPictures(probing: ProbingSet): Promise<SmallPictures> {
  const pictures: { sample: number; picture: Blob }[] = [];
  for (let sample = 0; sample < probing.sampleCount; sample++) {
    const picture = await probing.picture(sample);
    if (!picture) continue;
    const { width, height, rgba } = await decodePicture(picture);
    const webp = await sharp(rgba, { raw: { width, height, channels: 4 } })
      .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
      .removeAlpha()
      .webp({ quality: Math.round(THUMBNAIL_QUALITY * 100), effort: 6 })
      .toBuffer();
    pictures.push({ sample, picture: new Blob([Uint8Array.from(webp)], { type: 'image/webp' }) });
  }
  return pictures;
}
