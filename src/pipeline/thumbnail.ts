import type { PixelImage } from '../probing/probing-set.ts';

/** Longest side of a thumbnail, in pixels. */
export const THUMBNAIL_SIDE = 160;

/** Draws a picture small, as WebP or whatever the browser writes instead. Pictures that are small keep their size. */
export async function drawThumbnail({ width, height, rgba }: PixelImage): Promise<Blob> {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(width, height));
  const picture = await createImageBitmap(new ImageData(rgba, width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.82 });
}
