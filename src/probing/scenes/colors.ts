import { colorNames } from './vocabulary.ts';
import type { ColorName } from './vocabulary.ts';

/**
 * The basic colour term for an 8-bit pixel, by our own rule on hue (degrees), value (the largest channel) and chroma (largest
 * minus smallest channel); saturation is chroma divided by value.
 *
 * - Value below 40: black.
 * - Saturation below 0.14 or chroma below 14: black below a value of 64, white from 212, gray between.
 * - Saturation below 0.22 and value from 224: white (cream, pale sky near the sun).
 * - Otherwise by hue. 345 to 14: red; if pale (saturation below 0.55, value from 150) pink; if dark (value below 105) brown.
 *   14 to 40: orange if vivid (saturation from 0.55 and value from 175), else brown. 40 to 68: yellow from a value of 140 and a
 *   saturation of 0.4; else brown up to 52 and green beyond. 68 to 172: green. 172 to 250: blue. 250 to 290: purple.
 *   290 to 345: pink from a value of 160, else purple.
 */
export function colorOf(red: number, green: number, blue: number): ColorName {
  const value = Math.max(red, green, blue);
  const chroma = value - Math.min(red, green, blue);
  if (value < 40) return 'black';
  const saturation = chroma / value;
  if (saturation < 0.14 || chroma < 14) return value < 64 ? 'black' : value >= 212 ? 'white' : 'gray';
  if (saturation < 0.22 && value >= 224) return 'white';
  const hue = hueOf(red, green, blue, value, chroma);
  if (hue >= 345 || hue < 14) return saturation < 0.55 && value >= 150 ? 'pink' : value < 105 ? 'brown' : 'red';
  if (hue < 40) return saturation >= 0.55 && value >= 175 ? 'orange' : 'brown';
  if (hue < 68) return value >= 140 && saturation >= 0.4 ? 'yellow' : hue < 52 ? 'brown' : 'green';
  if (hue < 172) return 'green';
  if (hue < 250) return 'blue';
  if (hue < 290) return 'purple';
  return value >= 160 ? 'pink' : 'purple';
}

const colorNumbers = new Map<ColorName, number>(colorNames.map((name, index) => [name, index + 1]));

/** Color of each pixel (four bytes a pixel) as a number from 1, in the order of {@link colorNames}. */
export function colorPlane(rgba: Uint8ClampedArray): Uint8Array {
  const plane = new Uint8Array(rgba.length / 4);
  for (let pixel = 0; pixel < plane.length; pixel++) {
    const name = colorOf(rgba[4 * pixel], rgba[4 * pixel + 1], rgba[4 * pixel + 2]);
    plane[pixel] = colorNumbers.get(name) ?? 0;
  }
  return plane;
}

function hueOf(red: number, green: number, blue: number, value: number, chroma: number): number {
  if (value === red) return ((green - blue) / chroma) * 60 + (green < blue ? 360 : 0);
  if (value === green) return ((blue - red) / chroma) * 60 + 120;
  return ((red - green) / chroma) * 60 + 240;
}
