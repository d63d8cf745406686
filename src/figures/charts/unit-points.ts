import type * as PlotModule from '@observablehq/plot';
import type { ChartOptions } from './chart.ts';

/** Where a chart's drawing lies: margins in pixels, and the values at the ends of its two linear axes. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: readonly [number, number];
  /** Value at the bottom, value at the top. */
  readonly y: readonly [number, number];
}

/** A unit's point in a chart, in the axes' values. */
export interface UnitPoint {
  readonly unit: number;
  readonly x: number;
  readonly y: number;
}

const svgName = 'http://www.w3.org/2000/svg';

/** A frame as Plot wants it; the axes' domains belong to the options of `x` and `y`. */
export function frameOptions({ width, height, left, right, top, bottom }: Frame): ChartOptions {
  return { width, height, marginLeft: left, marginRight: right, marginTop: top, marginBottom: bottom };
}

/** A point's place in pixels from the drawing's left and upper side. */
export function placeIn(frame: Frame, { x, y }: Pick<UnitPoint, 'x' | 'y'>): readonly [number, number] {
  const across = (x - frame.x[0]) / (frame.x[1] - frame.x[0]);
  const up = (y - frame.y[0]) / (frame.y[1] - frame.y[0]);
  return [
    frame.left + across * (frame.width - frame.left - frame.right),
    frame.height - frame.bottom - up * (frame.height - frame.top - frame.bottom),
  ];
}

/** The point nearest to a place, at most so many pixels away. @returns its index, -1 where none is near */
export function nearestPoint(
  frame: Frame,
  points: readonly UnitPoint[],
  [left, top]: readonly [number, number],
  reach: number,
): number {
  let best = -1;
  let least = reach * reach;
  points.forEach((point, index) => {
    const [x, y] = placeIn(frame, point);
    const distance = (x - left) ** 2 + (y - top) ** 2;
    if (distance > least) return;
    least = distance;
    best = index;
  });
  return best;
}

/** All points as one path, so that ten thousand of them are drawn as quickly as one; `radius` in pixels. */
export function unitDots(frame: Frame, points: readonly UnitPoint[], radius: number): PlotModule.RenderFunction {
  return (_index, _scales, _values, _dimensions, { document }) => {
    const path = document.createElementNS(svgName, 'path');
    const places = points.map((point) => placeIn(frame, point).map((pixel) => pixel.toFixed(1)));
    path.setAttribute('d', places.map(([x, y]) => `M${x} ${y}h0`).join(''));
    path.setAttribute('fill', 'none');
    path.setAttribute('stroke', 'var(--ink-soft)');
    path.setAttribute('stroke-opacity', '0.6');
    path.setAttribute('stroke-width', String(2 * radius));
    path.setAttribute('stroke-linecap', 'round');
    return path;
  };
}

/** A place beside the middle for a unit's point, the same in every column, so that points do not hide each other: -0.5 to 0.5. */
export function besideMiddle(unit: number): number {
  return ((unit * 0.618_033_988_749_895) % 1) - 0.5;
}

/** The next round number at or above a value: 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten. */
export function roundTop(value: number): number {
  if (!(value > 0)) return 0.01;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(3));
}
