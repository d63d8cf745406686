import type { Grid } from '../../engine/concepts.ts';
import { paintHeat } from './heat-ramp.ts';
import type { HeatRange } from './heat-ramp.ts';
import { paintMasks } from './paint-masks.ts';
import type { MaskStyle } from './paint-masks.ts';

/** What is drawn over a picture. Masks and activations have a value for each position of the grid. */
export type Drawing =
  | {
      readonly kind: 'masks';
      readonly unit: Uint8Array | null;
      readonly formula: Uint8Array | null;
      readonly style: MaskStyle;
    }
  | {
      readonly kind: 'heat';
      readonly values: Float32Array;
      readonly range: HeatRange;
      /** Positions strictly above it are outlined. */
      readonly threshold: number;
      /** 0 to 1. */
      readonly opacity: number;
    };

/**
 * Opacity of the heat map where masks have some opacity: its colors are read against the legend, so it covers more of the picture.
 *
 * @param opacity 0 to 1
 */
export function heatOpacity(opacity: number): number {
  return 1 - 0.4 * (1 - opacity);
}

/** Pixels drawn for a position's side, so that the longer side of the drawing has at least so many. */
export function drawingScale({ width, height }: Grid, resolution: number): number {
  return Math.max(1, Math.ceil(resolution / Math.max(width, height)));
}

/** Draws into pixels of `height * scale` rows of `width * scale`. */
export function paint(
  drawing: Drawing,
  { height, width }: Grid,
  scale: number,
  into: Uint8ClampedArray<ArrayBuffer>,
): void {
  if (drawing.kind === 'masks') {
    paintMasks(drawing.unit, drawing.formula, height, width, scale, drawing.style, into);
  } else {
    const { values, range, threshold, opacity } = drawing;
    paintHeat(values, height, width, scale, range, threshold, opacity, into);
  }
}
