import { latticeNoise, valueNoiseRow } from './noise.ts';
import type { Paint } from './paint.ts';
import type { Rgb } from './rgb.ts';
import type { Shape } from './shapes.ts';

/** Height and width of every picture, in pixels. */
export const canvasSize = 112;

const linesPerPixel = 4;
const mostCrossings = 256;

/**
 * A picture under construction and the labels of what was drawn.
 *
 * Edges are smoothed: a pixel's coverage is exact along x and taken on four lines along y. A shape that covers at least half of a
 * pixel, with an opacity of at least a half, owns it: the pixel's labels become the shape's. All arithmetic is IEEE double
 * precision with + - * / and square roots, so every engine draws the same values.
 */
export class Canvas {
  readonly red = new Float64Array(canvasSize * canvasSize);
  readonly green = new Float64Array(canvasSize * canvasSize);
  readonly blue = new Float64Array(canvasSize * canvasSize);
  /** Object of each pixel, as a number from 1; 0 for none. */
  readonly objects = new Uint8Array(canvasSize * canvasSize);
  /** Part of each pixel, as a number from 1; 0 for none. */
  readonly parts = new Uint8Array(canvasSize * canvasSize);
  private readonly salt: number;
  private readonly coverage = new Float64Array(canvasSize + 1);
  private readonly grain = new Float64Array(canvasSize * canvasSize);
  private readonly weave = new Float64Array(canvasSize);
  private readonly crossings = new Float64Array(mostCrossings);

  /** @param salt decides the irregularities of paints */
  constructor(salt: number) {
    this.salt = salt;
    for (let pixel = 0; pixel < this.grain.length; pixel++) this.grain[pixel] = latticeNoise(pixel, 0, salt);
  }

  /** Draws a shape over what is there and labels its pixels (numbers from 1; 0 for none). */
  fill(shape: Shape, paint: Paint, object: number, part: number): void {
    const firstRow = Math.max(0, Math.floor(shape.top));
    const lastRow = Math.min(canvasSize - 1, Math.ceil(shape.bottom) - 1);
    const firstColumn = Math.max(0, Math.floor(shape.left));
    const lastColumn = Math.min(canvasSize - 1, Math.ceil(shape.right) - 1);
    for (let row = firstRow; row <= lastRow; row++) {
      this.coverRow(shape, row, firstColumn, lastColumn);
      const { weave } = paint;
      if (weave) valueNoiseRow(this.weave, row, firstColumn, lastColumn, weave, this.salt + 1);
      this.paintRow(shape, row, firstColumn, lastColumn, paint);
      if (paint.alpha >= 0.5) this.labelRow(row, firstColumn, lastColumn, object, part);
    }
  }

  /** Adds a soft patch of colour, strongest in the middle of an ellipse and gone at its edge; labels stay. */
  glow(x: number, y: number, radiusX: number, radiusY: number, color: Rgb, alpha: number): void {
    const lastRow = Math.min(canvasSize - 1, Math.ceil(y + radiusY));
    const lastColumn = Math.min(canvasSize - 1, Math.ceil(x + radiusX));
    for (let row = Math.max(0, Math.floor(y - radiusY)); row <= lastRow; row++) {
      for (let column = Math.max(0, Math.floor(x - radiusX)); column <= lastColumn; column++) {
        const across = (column + 0.5 - x) / radiusX;
        const down = (row + 0.5 - y) / radiusY;
        const near = 1 - across * across - down * down;
        if (near <= 0) continue;
        const pixel = row * canvasSize + column;
        const share = near * near * alpha;
        this.red[pixel] += (color[0] - this.red[pixel]) * share;
        this.green[pixel] += (color[1] - this.green[pixel]) * share;
        this.blue[pixel] += (color[2] - this.blue[pixel]) * share;
      }
    }
  }

  private coverRow(shape: Shape, row: number, firstColumn: number, lastColumn: number): void {
    const { coverage, crossings } = this;
    coverage.fill(0, firstColumn, lastColumn + 1);
    for (let line = 0; line < linesPerPixel; line++) {
      const count = shape.spans(row + (line + 0.5) / linesPerPixel, crossings);
      for (let i = 0; i + 1 < count; i += 2) {
        const enter = Math.max(0, crossings[i]);
        const leave = Math.min(canvasSize, crossings[i + 1]);
        if (leave <= enter) continue;
        const first = Math.floor(enter);
        const last = Math.floor(leave);
        if (first === last) {
          coverage[first] += (leave - enter) / linesPerPixel;
          continue;
        }
        coverage[first] += (first + 1 - enter) / linesPerPixel;
        for (let column = first + 1; column < last; column++) coverage[column] += 1 / linesPerPixel;
        coverage[last] += (leave - last) / linesPerPixel;
      }
    }
  }

  private paintRow(shape: Shape, row: number, firstColumn: number, lastColumn: number, paint: Paint): void {
    const { coverage, grain, red, green, blue } = this;
    const [fromRed, fromGreen, fromBlue] = paint.from;
    const [toRed, toGreen, toBlue] = paint.to;
    const woven = paint.weave?.amount ?? 0;
    const width = shape.right - shape.left;
    const down = ((row + 0.5 - shape.top) / (shape.bottom - shape.top)) * (1 - paint.tilt);
    for (let column = firstColumn; column <= lastColumn; column++) {
      if (coverage[column] <= 0) continue;
      const pixel = row * canvasSize + column;
      const alpha = Math.min(1, coverage[column]) * paint.alpha;
      const share = Math.min(1, Math.max(0, ((column + 0.5 - shape.left) / width) * paint.tilt + down));
      let lift = paint.grain * grain[pixel];
      if (woven > 0) lift += woven * this.weave[column];
      red[pixel] += (fromRed + (toRed - fromRed) * share + lift - red[pixel]) * alpha;
      green[pixel] += (fromGreen + (toGreen - fromGreen) * share + lift - green[pixel]) * alpha;
      blue[pixel] += (fromBlue + (toBlue - fromBlue) * share + lift - blue[pixel]) * alpha;
    }
  }

  private labelRow(row: number, firstColumn: number, lastColumn: number, object: number, part: number): void {
    for (let column = firstColumn; column <= lastColumn; column++) {
      if (this.coverage[column] < 0.5) continue;
      this.objects[row * canvasSize + column] = object;
      this.parts[row * canvasSize + column] = part;
    }
  }
}
