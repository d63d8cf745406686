/** A color in CIELAB with the white point D65: lightness 0 to 100, then the axes green-red and blue-yellow. */
export type Lab = readonly [lightness: number, a: number, b: number];

/** Converts an sRGB color (IEC 61966-2-1; channels 0 to 255) to CIELAB (ISO/CIE 11664-4). */
export function toLab(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function root(value: number): number {
  return value > 216 / 24_389 ? Math.cbrt(value) : (841 / 108) * value + 4 / 29;
}
