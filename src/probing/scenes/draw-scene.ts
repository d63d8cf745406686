import type { PixelImage } from '../probing-set.ts';
import { colorPlane } from './colors.ts';
import { diceFor, scramble } from './random.ts';
import { Canvas, canvasSize } from './raster/canvas.ts';
import type { Dice } from './random.ts';
import type { Light } from './light.ts';
import { drawMeadow } from './kinds/meadow.ts';
import { drawRoadside } from './kinds/roadside.ts';
import { drawBedroom, drawKitchen } from './kinds/rooms.ts';
import { drawSandy } from './kinds/sandy.ts';
import { drawWaterside } from './kinds/waterside.ts';
import { drawForest, drawMountains } from './kinds/wild.ts';
import { sceneKinds } from './vocabulary.ts';
import type { SceneKind } from './vocabulary.ts';

/** Changes whenever the same seed gives other pixels or labels than before. */
export const generatorVersion = 1;

/** A picture with its exact labels. Planes have a value a pixel, row by row: a number from 1, or 0 for none. */
export interface Scene {
  readonly kind: SceneKind;
  readonly image: PixelImage;
  /** Numbers from 1 into `objectNames`. */
  readonly objects: Uint8Array;
  /** Numbers from 1 into `partNames`. */
  readonly parts: Uint8Array;
  /** Numbers from 1 into `colorNames`; never 0. */
  readonly colors: Uint8Array;
}

const drawers: Record<SceneKind, (canvas: Canvas, dice: Dice) => Light> = {
  street: (canvas, dice) => drawRoadside(canvas, dice, false),
  'taxi rank': (canvas, dice) => drawRoadside(canvas, dice, true),
  harbour: (canvas, dice) => drawWaterside(canvas, dice, true),
  lake: (canvas, dice) => drawWaterside(canvas, dice, false),
  beach: (canvas, dice) => drawSandy(canvas, dice, true),
  desert: (canvas, dice) => drawSandy(canvas, dice, false),
  farm: (canvas, dice) => drawMeadow(canvas, dice, true),
  park: (canvas, dice) => drawMeadow(canvas, dice, false),
  forest: drawForest,
  mountain: drawMountains,
  kitchen: drawKitchen,
  bedroom: drawBedroom,
};

/** Kind of picture `sample`: the kinds take turns, so every series is balanced to within one picture. */
export function kindOf(sample: number): SceneKind {
  return sceneKinds[sample % sceneKinds.length];
}

/** Draws picture `sample` (from 0) of series `seed` (a whole number). Independent of all other pictures, the same everywhere. */
export function drawScene(seed: number, sample: number): Scene {
  const kind = kindOf(sample);
  const canvas = new Canvas(scramble(seed, sample, 1));
  const light = drawers[kind](canvas, diceFor(seed, sample));
  const image = { width: canvasSize, height: canvasSize, rgba: develop(canvas, light) };
  return { kind, image, objects: canvas.objects, parts: canvas.parts, colors: colorPlane(image.rgba) };
}

/** Applies the light's tint and a slight darkening towards the corners, and rounds to 8 bits. */
function develop(canvas: Canvas, light: Light): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * canvasSize * canvasSize);
  const middle = canvasSize / 2;
  const { red, green, blue } = canvas;
  const [redTint, greenTint, blueTint] = light.tint;
  for (let row = 0, pixel = 0; row < canvasSize; row++) {
    for (let column = 0; column < canvasSize; column++, pixel++) {
      const across = (column + 0.5 - middle) / middle;
      const down = (row + 0.5 - middle) / middle;
      const vignette = 1 - 0.055 * (across * across + down * down);
      rgba[4 * pixel] = Math.round(red[pixel] * redTint * vignette);
      rgba[4 * pixel + 1] = Math.round(green[pixel] * greenTint * vignette);
      rgba[4 * pixel + 2] = Math.round(blue[pixel] * blueTint * vignette);
      rgba[4 * pixel + 3] = 255;
    }
  }
  return rgba;
}
