import type { Grid } from '../../engine/concepts.ts';
import { drawingScale, paint } from './drawing.ts';
import type { Drawing } from './drawing.ts';

/** A picture to be saved. */
export interface PictureToSave {
  /** Address of the picture; null: the drawing alone, on gray. */
  readonly url: string | null;
  readonly grid: Grid;
  readonly drawing: Drawing | null;
  /** Sentences below the picture, each wrapped where it is too long. */
  readonly caption: readonly string[];
}

const side = 896;
const margin = 16;
const lineHeight = 24;

/**
 * Draws a picture with its masks and a caption below, as a PNG.
 *
 * @throws Error where the picture cannot be decoded or the browser makes no PNG
 */
export async function pictureAsPng({ url, grid, drawing, caption }: PictureToSave): Promise<Blob> {
  const scale = drawingScale(grid, side);
  const [width, height] = [grid.width * scale, grid.height * scale];
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no canvas to draw on');
  const font = '17px system-ui, sans-serif';
  context.font = font;
  const lines = caption.flatMap((text) => wrapped(text, width - 2 * margin, (part) => context.measureText(part).width));
  canvas.width = width;
  canvas.height = height + lines.length * lineHeight + 2 * margin;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#808080';
  context.fillRect(0, 0, width, height);
  if (url !== null) {
    const image = new Image();
    image.src = url;
    await image.decode();
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
  }
  if (drawing) context.drawImage(painted(drawing, grid, scale), 0, 0);
  context.font = font;
  context.fillStyle = '#1e1d1a';
  context.textBaseline = 'top';
  lines.forEach((line, index) => context.fillText(line, margin, height + margin + index * lineHeight));
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('this browser made no PNG'))), 'image/png');
  });
}

/** Breaks a text into lines no wider than asked, between words; a longer word stands alone. */
export function wrapped(text: string, width: number, measure: (text: string) => number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function painted(drawing: Drawing, grid: Grid, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = grid.width * scale;
  canvas.height = grid.height * scale;
  const pixels = new ImageData(canvas.width, canvas.height);
  paint(drawing, grid, scale, pixels.data);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}
