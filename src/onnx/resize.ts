import type { PixelImage } from '../probing/probing-set.ts';

/** For every output coordinate the two source coordinates it lies between, and the weight of the second. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float64Array;
}

function tapsAlong(from: number, to: number): Taps {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const weight = new Float64Array(to);
  const ratio = from / to;
  for (let i = 0; i < to; i += 1) {
    const centre = Math.min(Math.max((i + 0.5) * ratio - 0.5, 0), from - 1);
    low[i] = Math.floor(centre);
    high[i] = Math.min(low[i] + 1, from - 1);
    weight[i] = centre - low[i];
  }
  return { low, high, weight };
}

/**
 * Resizes a picture by bilinear interpolation: half-pixel centres, clamped edges, no smoothing before shrinking, no rounding.
 * A picture that has the size already keeps its values exactly. Plain arithmetic in double precision, stored as float32:
 * the same on every machine.
 *
 * @returns three planes one after another (red, green, blue), each height x width, row by row, values from 0 to 255
 */
export function resizeBilinear(pixels: PixelImage, height: number, width: number): Float32Array<ArrayBuffer> {
  const { rgba } = pixels;
  const area = height * width;
  const planes = new Float32Array(3 * area);
  const columns = tapsAlong(pixels.width, width);
  const rows = tapsAlong(pixels.height, height);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const top = rows.low[y] * pixels.width;
    const bottom = rows.high[y] * pixels.width;
    const down = rows.weight[y];
    for (let x = 0; x < width; x += 1, at += 1) {
      const left = columns.low[x];
      const right = columns.high[x];
      const across = columns.weight[x];
      const topLeft = (top + left) * 4;
      const topRight = (top + right) * 4;
      const bottomLeft = (bottom + left) * 4;
      const bottomRight = (bottom + right) * 4;
      for (let c = 0; c < 3; c += 1) {
        const above = rgba[topLeft + c] + (rgba[topRight + c] - rgba[topLeft + c]) * across;
        const below = rgba[bottomLeft + c] + (rgba[bottomRight + c] - rgba[bottomLeft + c]) * across;
        planes[c * area + at] = above + (below - above) * down;
      }
    }
  }
  return planes;
}
