import type { PixelImage } from '../probing/probing-set.ts';

/** Longest side of a thumbnail, in pixels. */
export const THUMBNAIL_SIDE = 160;

/** Quality at which small pictures are written, 0 to 1. */
export const THUMBNAIL_QUALITY = 0.82;

/** Draws a picture small, as WebP or whatever the browser writes instead. Pictures that are small keep their size. */
export function drawThumbnail(pixels: PixelImage): Promise<Blob> {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(pixels.width, pixels.height));
  return draw(pixels, scale, { type: 'image/webp', quality: THUMBNAIL_QUALITY });
}

/** Draws a picture at its own size, without loss. */
export function drawPicture(pixels: PixelImage): Promise<Blob> {
  return draw(pixels, 1, { type: 'image/png' });
}

async function draw({ width, height, rgba }: PixelImage, scale: number, form: ImageEncodeOptions): Promise<Blob> {
  const picture = await createImageBitmap(new ImageData(rgba, width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas.convertToBlob(form);
}
