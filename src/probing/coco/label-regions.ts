import type { Grid } from '../../engine/concepts.ts';
import type { Size } from '../annotated/annotated-source.ts';
import { nearest } from '../annotated/grid.ts';
import type { PutRegion } from './coco-part.ts';

const FREE = -1;

/**
 * Looks up every pixel of a label map and puts those that stand for the grid's positions (grid.ts), category by category.
 *
 * @param numbers the map's pixels, row by row
 * @param lookUp place of the category that a number stands for; undefined for none; called once for pixels alike side by side
 */
export function putLabels(
  numbers: ArrayLike<number>,
  size: Size,
  grid: Grid,
  lookUp: (number: number, pixel: number) => number | undefined,
  put: PutRegion,
): void {
  const categories = new Int32Array(numbers.length);
  let category = FREE;
  for (let pixel = 0; pixel < numbers.length; pixel++) {
    if (pixel === 0 || numbers[pixel] !== numbers[pixel - 1]) category = lookUp(numbers[pixel], pixel) ?? FREE;
    categories[pixel] = category;
  }
  const rows = nearest(size.height, grid.height);
  const columns = nearest(size.width, grid.width);
  const positions = new Map<number, number[]>();
  for (let y = 0, at = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++, at++) {
      const here = categories[rows[y] * size.width + columns[x]];
      if (here === FREE) continue;
      const list = positions.get(here);
      if (list === undefined) positions.set(here, [at]);
      else list.push(at);
    }
  }
  for (const [place, list] of positions) put(place, list);
}
