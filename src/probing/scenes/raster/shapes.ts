/** A point in pixels, y downwards. */
export type Point = readonly [x: number, y: number];

/** A filled region. */
export interface Shape {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /**
   * Where the horizontal line at height `y` lies inside: pairs of x values (enter, leave) are written to `out`.
   * Returns how many values were written.
   */
  spans(y: number, out: Float64Array): number;
}

/** An upright ellipse. */
export function ellipse(x: number, y: number, radiusX: number, radiusY: number): Shape {
  return {
    left: x - radiusX,
    top: y - radiusY,
    right: x + radiusX,
    bottom: y + radiusY,
    spans(line, out) {
      const height = (line - y) / radiusY;
      const inside = 1 - height * height;
      if (inside <= 0) return 0;
      const reach = radiusX * Math.sqrt(inside);
      out[0] = x - reach;
      out[1] = x + reach;
      return 2;
    },
  };
}

/** An upright rectangle with rounded corners. */
export function roundedRect(left: number, top: number, width: number, height: number, radius: number): Shape {
  const round = Math.min(radius, width / 2, height / 2);
  const right = left + width;
  const bottom = top + height;
  return {
    left,
    top,
    right,
    bottom,
    spans(line, out) {
      if (line < top || line >= bottom) return 0;
      const depth = Math.min(line - top, bottom - line);
      const missing = depth < round ? round - Math.sqrt(round * round - (round - depth) * (round - depth)) : 0;
      out[0] = left + missing;
      out[1] = right - missing;
      return 2;
    },
  };
}

/** The region inside a closed outline, by the even-odd rule. */
export function polygon(points: readonly Point[]): Shape {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return {
    left,
    top,
    right,
    bottom,
    spans(line, out) {
      let count = 0;
      let [fromX, fromY] = points[points.length - 1];
      for (const [toX, toY] of points) {
        if (fromY <= line !== toY <= line) {
          const crossing = fromX + ((line - fromY) / (toY - fromY)) * (toX - fromX);
          let place = count++;
          while (place > 0 && out[place - 1] > crossing) {
            out[place] = out[place - 1];
            place--;
          }
          out[place] = crossing;
        }
        fromX = toX;
        fromY = toY;
      }
      return count;
    },
  };
}

/** A closed outline without corners: each given point pulls a quadratic curve from edge midpoint to edge midpoint. */
export function smoothed(points: readonly Point[], steps = 5): Point[] {
  const outline: Point[] = [];
  for (let i = 0; i < points.length; i++) {
    const before = points[(i + points.length - 1) % points.length];
    const [x, y] = points[i];
    const after = points[(i + 1) % points.length];
    const startX = (before[0] + x) / 2;
    const startY = (before[1] + y) / 2;
    const endX = (x + after[0]) / 2;
    const endY = (y + after[1]) / 2;
    for (let step = 0; step < steps; step++) {
      const t = step / steps;
      const s = 1 - t;
      outline.push([s * s * startX + 2 * s * t * x + t * t * endX, s * s * startY + 2 * s * t * y + t * t * endY]);
    }
  }
  return outline;
}
