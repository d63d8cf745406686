import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latticePoints, polygonChanges } from '../../../src/probing/coco/polygon.ts';
import { decodeRuns, runChanges } from '../../../src/probing/coco/run-lengths.ts';
import { goldenJson } from '../support/trees.ts';

interface GoldenPolygon {
  readonly polygon: number[];
  readonly height: number;
  readonly width: number;
  readonly runs: string;
  readonly area: number;
}

const { polygons } = goldenJson('coco', 'masks.json') as { readonly polygons: readonly GoldenPolygon[] };

function unpack(changes: Uint32Array, height: number, width: number): Uint8Array {
  const mask = new Uint8Array(height * width);
  for (let at = 0; at < changes.length; at += 2) mask.fill(1, changes[at], changes[at + 1]);
  return mask;
}

/** Rows of a mask, `#` inside. */
function picture(changes: Uint32Array, height: number, width: number): string[] {
  const mask = unpack(changes, height, width);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => (mask[x * height + y] === 1 ? '#' : '.')).join(''),
  );
}

describe('pixels of a polygon', () => {
  it.each(polygons)(
    "as COCO's own tools give them: $polygon in $height x $width",
    ({ polygon, height, width, runs, area }) => {
      const changes = polygonChanges(latticePoints(polygon), { height, width });
      expect(Array.from(changes)).toEqual(Array.from(runChanges(decodeRuns(runs) ?? [])));
      expect(unpack(changes, height, width).reduce((sum, inside) => sum + inside, 0)).toBe(area);
    },
  );

  it('of a rectangle on pixel bounds are the pixels between them', () => {
    const changes = polygonChanges(latticePoints([1, 1, 1, 3, 4, 3, 4, 1]), { height: 4, width: 5 });
    expect(picture(changes, 4, 5)).toEqual(['.....', '.###.', '.###.', '.....']);
  });

  it('of a triangle', () => {
    const changes = polygonChanges(latticePoints([0, 0, 0, 5, 5, 5]), { height: 5, width: 5 });
    expect(picture(changes, 5, 5)).toEqual(['#....', '##...', '###..', '####.', '#####']);
  });

  it('are those whose centre lies inside, but for pixels that the outline touches', () => {
    const coordinate = fc.double({ min: -4, max: 24, noNaN: true });
    const corners = fc
      .array(coordinate, { minLength: 6, maxLength: 16 })
      .map((list) => list.slice(0, list.length & ~1));
    fc.assert(
      fc.property(corners, (polygon) => {
        const height = 20;
        const width = 17;
        const mask = unpack(polygonChanges(latticePoints(polygon), { height, width }), height, width);
        for (let x = 0; x < width; x++) {
          for (let y = 0; y < height; y++) {
            if (distance(polygon, x + 0.5, y + 0.5) < 0.75) continue;
            expect([x, y, mask[x * height + y]]).toEqual([x, y, inside(polygon, x + 0.5, y + 0.5) ? 1 : 0]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Crossings of a ray to the right, counted. */
function inside(polygon: readonly number[], x: number, y: number): boolean {
  let crossings = 0;
  edges(polygon, (x0, y0, x1, y1) => {
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) crossings++;
  });
  return crossings % 2 === 1;
}

function distance(polygon: readonly number[], x: number, y: number): number {
  let least = Infinity;
  edges(polygon, (x0, y0, x1, y1) => {
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
    least = Math.min(least, Math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0)));
  });
  return least;
}

function edges(polygon: readonly number[], take: (x0: number, y0: number, x1: number, y1: number) => void): void {
  for (let at = 0; at < polygon.length; at += 2) {
    const next = (at + 2) % polygon.length;
    take(polygon[at], polygon[at + 1], polygon[next], polygon[next + 1]);
  }
}
