import sharp from 'sharp';
import type { Picture, PixelImage } from '../probing/probing-set.ts';
import { MEGAPIXELS, checkPicture, undecodable } from './decode-common.ts';

/**
 * Decodes a picture in Node to the same values as a page does (decode-browser.ts): colour profiles are ignored, the orientation
 * written by a camera is applied, and transparent pixels are laid over black.
 *
 * @throws Fault naming the file
 */
export async function decodePicture(picture: Picture): Promise<PixelImage> {
  if (picture.kind === 'pixels') return picture.pixels;
  const { bytes, name } = picture;
  checkPicture(bytes, name);
  try {
    const { data, info } = await sharp(bytes, { ignoreIcc: true, limitInputPixels: MEGAPIXELS * 1e6 })
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const rgba = new Uint8ClampedArray(data);
    layOverBlack(rgba);
    return { width: info.width, height: info.height, rgba };
  } catch (cause) {
    throw undecodable(bytes, name, cause);
  }
}

/** With the rounding of a page's canvas. */
function layOverBlack(rgba: Uint8ClampedArray): void {
  for (let i = 3; i < rgba.length; i += 4) {
    const alpha = rgba[i];
    if (alpha === 255) continue;
    for (let c = i - 3; c < i; c += 1) rgba[c] = Math.round((rgba[c] * alpha) / 255);
    rgba[i] = 255;
  }
}
