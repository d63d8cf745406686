import type { Grid } from '../../engine/concepts.ts';
import type { PictureSize } from '../../state/pictures.svelte.ts';

/** Width of a picture in a grid, at least, in pixels; rows of text take the whole width. */
export function tileWidth(size: PictureSize, asText: boolean): number {
  return asText ? 4000 : { small: 88, medium: 144, large: 260 }[size];
}

/** Height of a tile of some width. */
export function tileHeight(grid: Grid, asText: boolean): (width: number) => number {
  return (width) => (asText ? 60 : Math.round((width * grid.height) / grid.width));
}

/** Pixels of the longer side that masks are drawn with, for pictures of a size. */
export function tileResolution(size: PictureSize): number {
  return { small: 112, medium: 224, large: 336 }[size];
}
