import { pixelWord } from './paint-masks.ts';
import type { Rgb } from './paint-masks.ts';

/** Which activations the ends of the ramp stand for; what lies beyond is drawn as the end. */
export interface HeatRange {
  readonly low: number;
  readonly high: number;
}

const steps = 256;
const ramp: readonly Rgb[] = Array.from({ length: steps }, (_, step) => rampColor(step / (steps - 1)));

/**
 * A color of the heat map's ramp: one hue from near black to near white, lightness rising evenly (Oklab), so that it is read by
 * lightness alone and stays the same to colour-blind eyes.
 *
 * @param share 0 to 1; beyond is drawn as the end
 */
export function heatColor(share: number): Rgb {
  return ramp[Math.min(steps - 1, Math.max(0, Math.round((Number.isNaN(share) ? 0 : share) * (steps - 1))))];
}

/**
 * The range of a unit's ramp, the same on all its pictures: from 0 to its largest activation; where its threshold is not above 0, from
 * as far below the threshold as the largest lies above.
 */
export function heatRange(threshold: number, highest: number): HeatRange {
  const high = Math.max(highest, threshold + Number.EPSILON);
  return { low: threshold > 0 ? 0 : threshold - (high - threshold), high };
}

/** Where an activation stands on the ramp, 0 to 1. */
export function heatShare(value: number, { low, high }: HeatRange): number {
  const share = (value - low) / (high - low);
  return share > 0 ? Math.min(1, share) : 0;
}

/**
 * Draws activations as a heat map, with a line around the positions above the threshold.
 *
 * @param values `height * width` activations
 * @param threshold positions strictly above it are outlined
 * @param opacity 0 to 1
 * @param into pixels to draw over, of the right length; new ones where absent
 * @returns red, green, blue, alpha for `height * scale` rows of `width * scale` pixels
 */
export function paintHeat(
  values: Float32Array,
  height: number,
  width: number,
  scale: number,
  range: HeatRange,
  threshold: number,
  opacity: number,
  into?: Uint8ClampedArray<ArrayBuffer>,
): Uint8ClampedArray<ArrayBuffer> {
  const columns = width * scale;
  const bytes = into ?? new Uint8ClampedArray(columns * height * scale * 4);
  const out = new Uint32Array(bytes.buffer, bytes.byteOffset, columns * height * scale);
  const alpha = Math.round(opacity * 255);
  const words = Uint32Array.from(ramp, (color) => pixelWord(color, alpha));
  const line = pixelWord(heatShare(threshold, range) > 0.5 ? [0, 0, 0] : [255, 255, 255], 255);
  const perStep = (steps - 1) / (range.high - range.low);
  const edge = scale < 6 ? 1 : 2;
  for (let y = 0, p = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, p += 1) {
      const value = values[p];
      const step = (value - range.low) * perStep;
      const word = words[step > 0 ? Math.min(steps - 1, Math.round(step)) : 0];
      const above = value > threshold;
      const atLeft = above && !(x > 0 && values[p - 1] > threshold) ? edge : 0;
      const atRight = above && !(x < width - 1 && values[p + 1] > threshold) ? scale - edge : scale;
      const atTop = above && !(y > 0 && values[p - width] > threshold) ? edge : 0;
      const atBottom = above && !(y < height - 1 && values[p + width] > threshold) ? scale - edge : scale;
      const corner = y * scale * columns + x * scale;
      for (let row = 0; row < scale; row += 1) {
        const from = corner + row * columns;
        const whole = row < atTop || row >= atBottom;
        for (let column = 0; column < scale; column += 1) {
          out[from + column] = whole || column < atLeft || column >= atRight ? line : word;
        }
      }
    }
  }
  return bytes;
}

/** Lightness 0.14 to 0.97 in Oklab, hue of amber, as much chroma as sRGB has there, up to 0.15. */
function rampColor(share: number): Rgb {
  const lightness = 0.14 + 0.83 * share;
  for (let chroma = 0.15; ; chroma -= 0.002) {
    const color = fromOklch(lightness, Math.max(0, chroma), (58 * Math.PI) / 180);
    if (chroma <= 0 || color.every((value) => value >= 0 && value <= 1)) {
      const [red, green, blue] = color.map((value) => Math.round(255 * encoded(Math.min(1, Math.max(0, value)))));
      return [red, green, blue];
    }
  }
}

/** Oklab in polar form to linear sRGB (Ottosson 2020). */
function fromOklch(lightness: number, chroma: number, hue: number): readonly number[] {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

/** Linear light to sRGB's encoding. */
function encoded(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}
