/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Masks' hues, from Okabe and Ito's set for colour-blind eyes: vermillion, blue, yellow. */
export const maskHues = { unit: [213, 94, 0], formula: [0, 114, 178], both: [240, 228, 66] } as const satisfies Record<
  string,
  Rgb
>;

/** How masks are drawn. */
export interface MaskStyle {
  /** 0 to 1, of the filled parts; outlines are always full. */
  readonly opacity: number;
  readonly outlineOnly: boolean;
}

const hueOf: readonly Rgb[] = [[0, 0, 0], maskHues.unit, maskHues.formula, maskHues.both];
const outlineOf: readonly Rgb[] = [[0, 0, 0], maskHues.unit, maskHues.formula, [0, 0, 0]];

/** A color as the 32 bits that stand for one pixel on this machine, whichever way round it keeps its bytes. */
export function pixelWord([red, green, blue]: Rgb, alpha: number): number {
  return new Uint32Array(Uint8Array.of(red, green, blue, alpha).buffer)[0];
}

/**
 * Draws a unit's mask, a formula's mask and their overlap as pixels: each kind in its hue, filled with the opacity asked for, with a
 * full outline where a kind meets another; the overlap's outline is black, so that it stands out on any picture.
 *
 * @param unit `height * width` values, 0 or 1; null: not drawn
 * @param formula likewise
 * @param scale pixels drawn for a position's side, 1 or more; an outline is one such pixel wide, two from 6 on
 * @param into pixels to draw over, of the right length; new ones where absent
 * @returns red, green, blue, alpha for `height * scale` rows of `width * scale` pixels
 */
export function paintMasks(
  unit: Uint8Array | null,
  formula: Uint8Array | null,
  height: number,
  width: number,
  scale: number,
  style: MaskStyle,
  into?: Uint8ClampedArray<ArrayBuffer>,
): Uint8ClampedArray<ArrayBuffer> {
  const kinds = new Uint8Array(height * width);
  if (unit) for (let p = 0; p < kinds.length; p += 1) if (unit[p] !== 0) kinds[p] = 1;
  if (formula) for (let p = 0; p < kinds.length; p += 1) if (formula[p] !== 0) kinds[p] |= 2;
  const alpha = style.outlineOnly ? 0 : Math.round(style.opacity * 255);
  const fills = Uint32Array.from(hueOf, (hue, kind) => (kind === 0 ? 0 : pixelWord(hue, alpha)));
  const outlines = Uint32Array.from(outlineOf, (hue, kind) => (kind === 0 ? 0 : pixelWord(hue, 255)));
  return paintKinds({ kinds, fills, outlines, height, width, scale }, into);
}

/** Positions of a few kinds, and the pixels each kind is drawn with. */
interface KindPicture {
  /** `height * width` kinds; 0 is not drawn. */
  readonly kinds: Uint8Array;
  /** Pixel inside, by kind. */
  readonly fills: Uint32Array;
  /** Pixel along the edge to another kind, by kind. */
  readonly outlines: Uint32Array;
  readonly height: number;
  readonly width: number;
  readonly scale: number;
}

function paintKinds(
  { kinds, fills, outlines, height, width, scale }: KindPicture,
  into?: Uint8ClampedArray<ArrayBuffer>,
): Uint8ClampedArray<ArrayBuffer> {
  const columns = width * scale;
  const bytes = into ?? new Uint8ClampedArray(columns * height * scale * 4);
  const out = new Uint32Array(bytes.buffer, bytes.byteOffset, columns * height * scale);
  if (into) out.fill(0);
  const edge = scale < 6 ? 1 : 2;
  for (let y = 0, p = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, p += 1) {
      const kind = kinds[p];
      if (kind === 0) continue;
      const fill = fills[kind];
      const outline = outlines[kind];
      const atLeft = x === 0 || kinds[p - 1] !== kind ? edge : 0;
      const atRight = x === width - 1 || kinds[p + 1] !== kind ? scale - edge : scale;
      const atTop = y === 0 || kinds[p - width] !== kind ? edge : 0;
      const atBottom = y === height - 1 || kinds[p + width] !== kind ? scale - edge : scale;
      const corner = y * scale * columns + x * scale;
      for (let row = 0; row < scale; row += 1) {
        const from = corner + row * columns;
        const whole = row < atTop || row >= atBottom;
        for (let column = 0; column < scale; column += 1) {
          out[from + column] = whole || column < atLeft || column >= atRight ? outline : fill;
        }
      }
    }
  }
  return bytes;
}
