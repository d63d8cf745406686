import type { Grid } from '../../engine/concepts.ts';
import type { Size } from './annotated-source.ts';

/** Positions a side of every set of annotated pictures: half the side of the pictures a network sees, as in Broden. */
export const GRID: Grid = { height: 112, width: 112 };

/**
 * Which pixel of an annotation stands for each row (or column) of the grid: the one nearest to the centre of the position.
 *
 * @returns `to` indices below `from`, ascending
 */
export function nearest(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to }, (_, at) => Math.min(from - 1, Math.floor(((at + 0.5) * from) / to)));
}

/**
 * Brings a label map of any size to the grid; the picture is stretched to the same square, so shapes stay aligned.
 *
 * Broden was made in the same way (CSAILVision/NetDissect, src/joinseg.py): picture and annotation are each stretched to a square of their
 * own, 224 and 112 to a side, whatever their proportions, and an annotation is never averaged. One thing differs: `scale_segmentation`
 * there calls `scipy.ndimage.zoom` of order 0, which lays the centres of the outermost pixels of both grids on each other and so shifts
 * shapes by up to half a position at the border. Here a position takes the pixel below its centre, as the picture's own scaling does.
 */
export function toGrid(labels: Uint16Array, { height, width }: Size, grid: Grid): Uint16Array {
  const rows = nearest(height, grid.height);
  const columns = nearest(width, grid.width);
  const out = new Uint16Array(grid.height * grid.width);
  for (let y = 0, at = 0; y < grid.height; y++) {
    const row = rows[y] * width;
    for (let x = 0; x < grid.width; x++, at++) out[at] = labels[row + columns[x]];
  }
  return out;
}
