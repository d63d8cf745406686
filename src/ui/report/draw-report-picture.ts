import type { Grid } from '../../engine/concepts.ts';
import { drawingScale, paint } from '../image/drawing.ts';
import type { Drawing } from '../image/drawing.ts';

/** Length of a picture's longer side in a report, in pixels. */
const side = 168;

/**
 * A small picture with its masks, as an address that holds the picture itself (`data:`).
 *
 * @param url address of the picture; null: the masks alone, on gray
 * @throws Error where the picture cannot be decoded, or the browser cannot draw
 */
export async function drawReportPicture(url: string | null, grid: Grid, drawing: Drawing | null): Promise<string> {
  const longer = Math.max(grid.height, grid.width);
  const [height, width] = [grid.height, grid.width].map((size) => Math.max(1, Math.round((size / longer) * side)));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no canvas to draw on');
  context.fillStyle = '#808080';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  if (url !== null) {
    const image = new Image();
    image.src = url;
    await image.decode();
    context.drawImage(image, 0, 0, width, height);
  }
  if (drawing) context.drawImage(painted(drawing, grid), 0, 0, width, height);
  return dataAddress(await canvas.convertToBlob({ type: 'image/webp', quality: 0.82 }));
}

function painted(drawing: Drawing, grid: Grid): OffscreenCanvas {
  const scale = drawingScale(grid, 2 * side);
  const canvas = new OffscreenCanvas(grid.width * scale, grid.height * scale);
  const pixels = new ImageData(canvas.width, canvas.height);
  paint(drawing, grid, scale, pixels.data);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(reader.error ?? new Error('the picture cannot be read'));
    reader.readAsDataURL(blob);
  });
}
