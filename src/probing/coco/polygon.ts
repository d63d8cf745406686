import type { Size } from '../annotated/annotated-source.ts';

/** Outlines are followed on a lattice this many times finer than the pixels. */
const FINER = 5;
/** Place of the lattice's points between which a column's centre line lies: 5k + 2 and 5k + 3 for column k. */
const CENTRE = 2;

/**
 * The corners of a polygon on the lattice on which {@link polygonChanges} follows it: five points a pixel, half up.
 *
 * @param coordinates x and y in pixels by turns, as they stand in COCO's `segmentation`
 */
export function latticePoints(coordinates: readonly number[]): Int32Array {
  return Int32Array.from(coordinates, (value) => Math.trunc(FINER * value + 0.5));
}

/**
 * The pixels of a polygon, by the rule of COCO's own tools (`rleFrPoly` in pycocotools' maskApi), which made the masks and areas of the
 * published annotations: the outline is followed point by point on a lattice of five points a pixel; wherever it crosses the centre
 * line of a column of pixels, the column changes between outside and inside there, at the next row whose centre is not above the crossing.
 * An outline that crosses itself is filled by turns (even-odd); what lies outside the picture is cut off.
 *
 * @param points corners as {@link latticePoints} gives them; at least three
 * @returns numbers of pixels, counted down the columns (x * height + y), at which the mask changes; ascending, each once, even in number
 */
export function polygonChanges(points: Int32Array, { height, width }: Size): Uint32Array {
  const changes: number[] = [];
  const crossing = (u: number, v: number): void => {
    if (u % FINER !== CENTRE) return;
    const column = (u - CENTRE) / FINER;
    if (column >= width) return;
    const row = Math.min(height, Math.max(0, Math.ceil((v - CENTRE) / FINER)));
    changes.push(column * height + row);
  };
  for (let at = 0; at < points.length; at += 2) {
    const next = at + 2 === points.length ? 0 : at + 2;
    followEdge(points[at], points[at + 1], points[next], points[next + 1], crossing);
  }
  changes.push(height * width);
  return oddOnes(Uint32Array.from(changes).sort(), height * width);
}

/**
 * Calls back for each step along an edge that moves sideways, with the smaller of the two columns and of the two rows. Rounding is done
 * from the edge's end with the smaller coordinate, whichever way it is followed, so neighbours share their common outline.
 */
function followEdge(x0: number, y0: number, x1: number, y1: number, crossing: (u: number, v: number) => void): void {
  const dx = Math.abs(x1 - x0);
  const dy = Math.abs(y1 - y0);
  if (dx === 0) return;
  if (dx >= dy) {
    const [left, leftEnd, rightEnd] = x0 < x1 ? [x0, y0, y1] : [x1, y1, y0];
    const slope = (rightEnd - leftEnd) / dx;
    let before = Math.trunc(leftEnd + 0.5);
    for (let step = 1; step <= dx; step++) {
      const v = Math.trunc(leftEnd + slope * step + 0.5);
      crossing(left + step - 1, Math.min(before, v));
      before = v;
    }
    return;
  }
  const [top, topEnd, bottomEnd] = y0 < y1 ? [y0, x0, x1] : [y1, x1, x0];
  const slope = (bottomEnd - topEnd) / dy;
  let before = Math.trunc(topEnd + 0.5);
  for (let step = 1; step <= dy; step++) {
    const u = Math.trunc(topEnd + slope * step + 0.5);
    if (u !== before) crossing(Math.min(u, before), top + step - 1);
    before = u;
  }
}

/** Values that stand in an ascending list an odd number of times, made even in number by the end of the picture. */
function oddOnes(sorted: Uint32Array, end: number): Uint32Array {
  let count = 0;
  for (let at = 0; at < sorted.length;) {
    let next = at + 1;
    while (next < sorted.length && sorted[next] === sorted[at]) next++;
    if ((next - at) % 2 === 1 && sorted[at] < end) sorted[count++] = sorted[at];
    at = next;
  }
  if (count % 2 === 1) sorted[count++] = end;
  return sorted.slice(0, count);
}
