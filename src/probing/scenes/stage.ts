import { rgb } from './raster/rgb.ts';
import type { Rgb } from './raster/rgb.ts';
import type { Canvas } from './raster/canvas.ts';
import type { Dice } from './random.ts';
import type { Light } from './light.ts';
import { Pen } from './pen.ts';
import { objectNumber } from './vocabulary.ts';
import type { ObjectName } from './vocabulary.ts';

/** Where an object stands; `flip` is drawn by lot where it is left out. */
export interface Spot {
  /** Foot point in pixels. */
  readonly x: number;
  readonly y: number;
  /** 1 where left out. */
  readonly scale?: number;
  readonly flip?: boolean;
}

/** What the drawing of one picture shares: the canvas, the random choices, the light. */
export interface Stage {
  readonly canvas: Canvas;
  readonly dice: Dice;
  readonly light: Light;
}

/** A pen for one object. */
export function penFor(stage: Stage, object: ObjectName, spot: Spot): Pen {
  return new Pen(stage.canvas, objectNumber(object), {
    x: spot.x,
    y: spot.y,
    scale: spot.scale ?? 1,
    flip: spot.flip ?? stage.dice.chance(0.5),
  });
}

const shadowColor = rgb(0x1f2238);

/** A soft shadow on the ground under an object that is `width` units wide. */
export function groundShadow(stage: Stage, spot: Spot, width: number, alpha = 0.42): void {
  const scale = spot.scale ?? 1;
  stage.canvas.glow(
    spot.x + 1.5 * scale,
    spot.y,
    (width / 2 + 2) * scale,
    width * 0.07 * scale + 1.6,
    shadowColor,
    alpha,
  );
}

/** A soft light around a point. */
export function halo(stage: Stage, x: number, y: number, radius: number, color: Rgb, alpha: number): void {
  stage.canvas.glow(x, y, radius, radius, color, alpha);
}
