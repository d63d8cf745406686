import { canvasSize } from '../raster/canvas.ts';
import { flat, gradient, woven } from '../raster/paint.ts';
import type { Paint } from '../raster/paint.ts';
import { darker, lighter, mix, rgb } from '../raster/rgb.ts';
import type { Rgb } from '../raster/rgb.ts';
import type { Point } from '../raster/shapes.ts';
import { smoothed } from '../raster/shapes.ts';
import { penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';
import type { ObjectName } from '../vocabulary.ts';

/** Ground from `top` down to the lower edge, its upper edge wavy by about `waves` pixels. */
export function drawGround(stage: Stage, object: ObjectName, top: number, paint: Paint, waves = 0): void {
  const ground = penFor(stage, object, { x: 0, y: 0, flip: false });
  if (waves === 0) ground.rect(0, top, canvasSize, canvasSize - top, paint);
  else ground.polygon(ridge(stage, top, waves, 5, canvasSize), paint);
}

/** Grass, fresh or dry. */
export function grassPaint(stage: Stage): Paint {
  const color = stage.dice.pick([rgb(0x79b356), rgb(0x8cb84f), rgb(0x68a65c), rgb(0x9aba58)]);
  return woven(gradient(lighter(color, 0.16), darker(color, 0.12)), 11, 3.5, 2);
}

/** Sand, pale to golden. */
export function sandPaint(stage: Stage): Paint {
  const color = stage.dice.pick([rgb(0xe3c48d), rgb(0xdbb87c), rgb(0xe6cd9e)]);
  return woven(gradient(lighter(color, 0.18), darker(color, 0.06)), 7, 7, 2);
}

/** Blue water, hues about 205 to 215 degrees. */
export function blueWater(stage: Stage): Rgb {
  return stage.dice.pick([rgb(0x2f76c0), rgb(0x3a83cc), rgb(0x2a68ae)]);
}

/** Green or gray-green water, hues about 140 to 160 degrees. */
export function greenWater(stage: Stage): Rgb {
  return stage.dice.pick([rgb(0x5da582), rgb(0x6fb08c), rgb(0x4f9a70)]);
}

/** A strip of water across the picture, with ripples. */
export function drawWater(stage: Stage, top: number, bottom: number, color: Rgb): void {
  const { dice } = stage;
  const water = penFor(stage, 'water', { x: 0, y: 0, flip: false });
  water.rect(0, top, canvasSize, bottom - top, woven(gradient(lighter(color, 0.14), darker(color, 0.1)), 9, 12, 1.6));
  drawRipples(stage, 0, canvasSize, top + 2, bottom - 2, color, dice.whole(8, 14));
}

/** A pond lying in the ground. */
export function drawPond(stage: Stage, x: number, y: number, width: number, color: Rgb): void {
  const { dice } = stage;
  const height = width * dice.between(0.2, 0.26);
  const bank = penFor(stage, 'grass', { x, y });
  bank.ellipse(0, 0, width / 2 + 1.6, height / 2 + 1.4, flat(rgb(0x8a9457)));
  const pond = penFor(stage, 'water', { x, y });
  pond.ellipse(0, 0, width / 2, height / 2, woven(gradient(lighter(color, 0.16), darker(color, 0.08)), 8, 10, 1.6));
  drawRipples(stage, x - width * 0.3, x + width * 0.3, y - height * 0.3, y + height * 0.3, color, 4);
}

function drawRipples(
  stage: Stage,
  left: number,
  right: number,
  top: number,
  bottom: number,
  color: Rgb,
  count: number,
): void {
  const { dice } = stage;
  const pen = penFor(stage, 'water', { x: 0, y: 0, flip: false });
  for (let i = 0; i < count; i++) {
    const y = dice.between(top, bottom);
    const length = dice.between(4, 9) * (0.6 + (y - top) / (bottom - top + 1));
    const paint = dice.chance(0.7) ? lighter(color, 0.3) : darker(color, 0.12);
    pen.rect(dice.between(left, right - length), y, length, 0.9, flat(paint, 0.7), undefined, 0.45);
  }
}

/** A far line of hills, `top` pixels from the upper edge, paler with distance (`haze`, 0 to 1). */
export function drawHills(stage: Stage, top: number, height: number, color: Rgb, haze: number): void {
  const pale = mix(color, stage.light.horizon, haze);
  const hills = penFor(stage, 'hill', { x: 0, y: 0, flip: false });
  const paint = woven(gradient(lighter(pale, 0.06), mix(pale, stage.light.horizon, 0.25)), 5, 8, 4);
  hills.polygon(ridge(stage, top, height, stage.dice.whole(3, 5), canvasSize), paint);
}

/** A path that narrows from the lower edge to the height `top`. */
export function drawPath(stage: Stage, top: number, color: Rgb): void {
  const { dice } = stage;
  const end = dice.between(30, 82);
  const start = dice.between(20, 92);
  const bend = dice.between(-16, 16);
  const middle = (end + start) / 2 + bend;
  const height = canvasSize - top;
  const path = penFor(stage, 'path', { x: 0, y: 0, flip: false });
  const outline: Point[] = [];
  const steps = 8;
  for (let i = 0; i <= steps; i++) outline.push(edgePoint(i / steps, -1));
  for (let i = steps; i >= 0; i--) outline.push(edgePoint(i / steps, 1));
  path.polygon(outline, woven(gradient(lighter(color, 0.2), color), 6, 5, 2));

  function edgePoint(t: number, side: number): Point {
    const x = (1 - t) * (1 - t) * end + 2 * t * (1 - t) * middle + t * t * start;
    return [x + side * (1.6 + 9 * t * t + 3 * t), top + height * t];
  }
}

/** A boulder with a lit face. */
export function drawRock(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const color = dice.pick([rgb(0x8d8f94), rgb(0x9b948b), rgb(0x7c8087)]);
  const rock = penFor(stage, 'rock', spot);
  const wide = dice.between(7, 10);
  rock.blob(
    [
      [-wide, 1],
      [-wide * 0.8, -5],
      [-2, -8],
      [wide * 0.7, -6.5],
      [wide, 0],
      [0, 2],
    ],
    woven(gradient(lighter(color, 0.12), darker(color, 0.25), 0.4), 9, 4, 3),
  );
  rock.blob(
    [
      [-wide * 0.7, -2],
      [-wide * 0.6, -5],
      [-1.5, -6.8],
      [0, -4],
    ],
    flat(lighter(color, 0.28), 0.8),
  );
}

/** Outline of rolling ground: a smooth line at heights `top` to `top + height`, closed below. */
export function ridge(stage: Stage, top: number, height: number, bumps: number, bottom: number): Point[] {
  const { dice } = stage;
  const points: Point[] = [];
  const step = canvasSize / bumps;
  const phase = dice.between(-step, 0);
  for (let i = 0; i <= 2 * bumps + 4; i++) {
    const high = i % 2 === 0 ? dice.between(0, 0.35) : dice.between(0.65, 1);
    points.push([phase + (i - 2) * step * 0.5 + dice.between(-2, 2), top + height * high]);
  }
  points.push([canvasSize + 400, bottom + 40], [-400, bottom + 40]);
  return smoothed(points);
}
