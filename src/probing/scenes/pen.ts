import type { Canvas } from './raster/canvas.ts';
import type { Paint } from './raster/paint.ts';
import { ellipse, polygon, roundedRect, smoothed } from './raster/shapes.ts';
import type { Point } from './raster/shapes.ts';
import { partNumber } from './vocabulary.ts';
import type { PartName } from './vocabulary.ts';

/** Where an object stands: its foot point in pixels, its scale, and whether it looks the other way. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly flip: boolean;
}

/**
 * Draws one object in its own coordinates: origin at its foot point, y downwards (so most y are negative), one unit a pixel at
 * scale 1. Every shape may name the part it belongs to.
 */
export class Pen {
  private readonly canvas: Canvas;
  private readonly object: number;
  private readonly place: Place;

  /** @param object number of the object from 1, or 0 to leave pixels without one */
  constructor(canvas: Canvas, object: number, place: Place) {
    this.canvas = canvas;
    this.object = object;
    this.place = place;
  }

  ellipse(x: number, y: number, radiusX: number, radiusY: number, paint: Paint, part?: PartName): void {
    const { scale } = this.place;
    const [centerX, centerY] = this.toCanvas([x, y]);
    this.canvas.fill(ellipse(centerX, centerY, radiusX * scale, radiusY * scale), paint, this.object, partNumber(part));
  }

  /** @param x, y left upper corner @param radius of the corners */
  rect(x: number, y: number, width: number, height: number, paint: Paint, part?: PartName, radius = 0): void {
    const { scale, flip } = this.place;
    const [left, top] = this.toCanvas([flip ? x + width : x, y]);
    const shape = roundedRect(left, top, width * scale, height * scale, radius * scale);
    this.canvas.fill(shape, paint, this.object, partNumber(part));
  }

  polygon(points: readonly Point[], paint: Paint, part?: PartName): void {
    const shape = polygon(points.map((point) => this.toCanvas(point)));
    this.canvas.fill(shape, paint, this.object, partNumber(part));
  }

  /** A polygon with its corners rounded away. */
  blob(points: readonly Point[], paint: Paint, part?: PartName): void {
    const shape = polygon(smoothed(points).map((point) => this.toCanvas(point)));
    this.canvas.fill(shape, paint, this.object, partNumber(part));
  }

  /** A straight stroke; its width may change from the one end to the other. */
  stroke(from: Point, to: Point, width: number, paint: Paint, part?: PartName, endWidth = width): void {
    const along: Point = [to[0] - from[0], to[1] - from[1]];
    const length = Math.sqrt(along[0] * along[0] + along[1] * along[1]);
    const acrossX = -along[1] / length / 2;
    const acrossY = along[0] / length / 2;
    this.polygon(
      [
        [from[0] + acrossX * width, from[1] + acrossY * width],
        [to[0] + acrossX * endWidth, to[1] + acrossY * endWidth],
        [to[0] - acrossX * endWidth, to[1] - acrossY * endWidth],
        [from[0] - acrossX * width, from[1] - acrossY * width],
      ],
      paint,
      part,
    );
  }

  private toCanvas([x, y]: Point): Point {
    const { place } = this;
    return [place.x + (place.flip ? -x : x) * place.scale, place.y + y * place.scale];
  }
}
