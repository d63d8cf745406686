import type { Grid } from '../../engine/concepts.ts';
import { toGrid } from './grid.ts';

/** In a table of numbers: a number that must not occur in a mask. */
export const UNLISTED = 65_535;

/**
 * A mask as a plane on the grid. All pixels are checked, also those that stand for no position.
 *
 * @param mask `height * width` numbers, row by row
 * @param values by number: the concept's place + 1, 0 for nothing, or {@link UNLISTED}; numbers beyond the table are not listed either
 * @param unlisted makes the fault for the first pixel with a number that is not listed
 */
export function maskPlane(
  mask: { readonly width: number; readonly height: number; readonly numbers: Uint16Array },
  values: Uint16Array,
  grid: Grid,
  unlisted: (x: number, y: number, number: number) => Error,
): Uint16Array {
  const { width, numbers } = mask;
  const listed = Uint8Array.from(values, (value) => (value === UNLISTED ? 0 : 1));
  for (let at = 0; at < numbers.length; at += 1) {
    if (listed[numbers[at]] !== 1) throw unlisted(at % width, Math.floor(at / width), numbers[at]);
  }
  return toGrid(numbers, mask, grid).map((number) => values[number]);
}
