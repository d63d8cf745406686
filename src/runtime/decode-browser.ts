import type { Picture, PixelImage } from '../probing/probing-set.ts';
import { checkPicture, undecodable } from './decode-common.ts';

/**
 * Decodes a picture in a page or a worker to the same values as decode-node.ts: colour profiles are ignored, the orientation
 * written by a camera is applied, and transparent pixels are laid over black.
 *
 * @throws Fault naming the file
 */
export async function decodePicture(picture: Picture): Promise<PixelImage> {
  if (picture.kind === 'pixels') return picture.pixels;
  const { bytes, mime, name } = picture;
  checkPicture(bytes, name);
  try {
    const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }), {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
      imageOrientation: 'from-image',
    });
    const pixels = readPixels(bitmap);
    bitmap.close();
    return pixels;
  } catch (cause) {
    throw undecodable(bytes, name, cause);
  }
}

function readPixels(bitmap: ImageBitmap): PixelImage {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, rgba: data };
}
