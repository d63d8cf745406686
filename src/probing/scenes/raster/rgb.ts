/** Red, green and blue, 0 to 255 each, not necessarily whole. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Reads a colour written as 0xRRGGBB. */
export function rgb(hex: number): Rgb {
  return [(hex >> 16) & 255, (hex >> 8) & 255, hex & 255];
}

/** The colour `share` (0 to 1) of the way from `a` to `b`. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

const white = rgb(0xffffff);
const shadow = rgb(0x1c1a2b);

/** Mixes towards white; `share` 0 to 1. */
export function lighter(color: Rgb, share: number): Rgb {
  return mix(color, white, share);
}

/** Mixes towards a cool near-black, which looks more natural than plain black; `share` 0 to 1. */
export function darker(color: Rgb, share: number): Rgb {
  return mix(color, shadow, share);
}
