import type { Grid } from '../../engine/concepts.ts';

/** A box in parts of the picture's width and height: left and top 0, right and bottom 1. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Positions of the grid that a box covers: those whose centre lies inside it (left and top edge included), and where no centre of a row or
 * column does, the one row or column in which the middle of the box lies. So a box always covers at least one position.
 *
 * @param box reaches into the picture; what stands out of it is cut off
 * @returns ascending
 */
export function covered(box: Box, { height, width }: Grid): Uint32Array {
  const [fromRow, toRow] = span(box.top, box.bottom, height);
  const [fromColumn, toColumn] = span(box.left, box.right, width);
  const columns = toColumn - fromColumn;
  return Uint32Array.from(
    { length: (toRow - fromRow) * columns },
    (_, at) => (fromRow + Math.floor(at / columns)) * width + fromColumn + (at % columns),
  );
}

/** First place, and the one after the last, of those whose centre lies in `[from, to)`. */
function span(from: number, to: number, places: number): [number, number] {
  const start = Math.max(0, from);
  const end = Math.min(1, to);
  const first = Math.max(0, Math.ceil(start * places - 0.5));
  const after = Math.min(places, Math.ceil(end * places - 0.5));
  if (first < after) return [first, after];
  const middle = Math.min(places - 1, Math.floor(((start + end) / 2) * places));
  return [middle, middle + 1];
}
