import { darker, lighter } from './rgb.ts';
import type { Rgb } from './rgb.ts';

/** Smooth random variation of brightness, in patches of about `width` x `height` pixels; `amount` in levels of 255. */
export interface Weave {
  readonly amount: number;
  readonly width: number;
  readonly height: number;
}

/** How a shape is coloured: a straight gradient over the box around it, opacity, and slight irregularities. */
export interface Paint {
  readonly from: Rgb;
  readonly to: Rgb;
  /** 0: the gradient runs from top to bottom; 1: from left to right; between: slanted. */
  readonly tilt: number;
  /** 0 to 1. Below 0.5 a shape leaves the labels under it as they are. */
  readonly alpha: number;
  /** Independent noise for each pixel, in levels of 255. */
  readonly grain: number;
  readonly weave?: Weave;
}

/** One colour all over. */
export function flat(color: Rgb, alpha = 1): Paint {
  return { from: color, to: color, tilt: 0, alpha, grain: 2 };
}

/** Lit from the upper left: lighter there, darker at the lower right. */
export function shaded(color: Rgb, strength = 0.16, tilt = 0.35): Paint {
  return { from: lighter(color, strength), to: darker(color, strength), tilt, alpha: 1, grain: 3 };
}

/** From one colour at the top to another at the bottom. */
export function gradient(from: Rgb, to: Rgb, tilt = 0): Paint {
  return { from, to, tilt, alpha: 1, grain: 2 };
}

/** The same paint with patches; see {@link Weave}. */
export function woven(paint: Paint, amount: number, width: number, height: number): Paint {
  return { ...paint, grain: paint.grain + 1, weave: { amount, width, height } };
}
