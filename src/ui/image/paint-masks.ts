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

type Kind = 0 | 1 | 2 | 3;

const hueOf: readonly Rgb[] = [[0, 0, 0], maskHues.unit, maskHues.formula, maskHues.both];

/**
 * Draws a unit's mask, a formula's mask and their overlap as pixels: each kind in its hue, filled with the opacity asked for, with a
 * full outline where a kind meets another; the overlap's outline is black, so that it stands out on any picture.
 *
 * @param unit `height * width` values, 0 or 1; null: not drawn
 * @param formula likewise
 * @param scale pixels drawn for a position's side, 1 or more; an outline is one such pixel wide
 * @returns red, green, blue, alpha for `height * scale` rows of `width * scale` pixels
 */
export function paintMasks(
  unit: Uint8Array | null,
  formula: Uint8Array | null,
  height: number,
  width: number,
  scale: number,
  style: MaskStyle,
): Uint8ClampedArray<ArrayBuffer> {
  const kinds = new Uint8Array(height * width);
  for (let p = 0; p < kinds.length; p += 1) kinds[p] = (unit?.[p] ? 1 : 0) | (formula?.[p] ? 2 : 0);
  const rows = height * scale;
  const columns = width * scale;
  const out = new Uint8ClampedArray(rows * columns * 4);
  const fill = style.outlineOnly ? 0 : Math.round(style.opacity * 255);
  const kindAt = (y: number, x: number): Kind =>
    y < 0 || x < 0 || y >= rows || x >= columns
      ? 0
      : (kinds[Math.floor(y / scale) * width + Math.floor(x / scale)] as Kind);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const kind = kindAt(y, x);
      if (kind === 0) continue;
      const edge =
        kindAt(y - 1, x) !== kind ||
        kindAt(y + 1, x) !== kind ||
        kindAt(y, x - 1) !== kind ||
        kindAt(y, x + 1) !== kind;
      const [red, green, blue] = edge && kind === 3 ? [0, 0, 0] : hueOf[kind];
      out.set([red, green, blue, edge ? 255 : fill], (y * columns + x) * 4);
    }
  }
  return out;
}
