import { mix } from './noise.ts';

/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Width and height of the pictures in pixels. */
export const pictureSize = 300;

/** A picture being composed: its colors, and what each pixel shows. */
export class Canvas {
  /** Three values a pixel, 0 to 255, not rounded. */
  readonly rgb = new Float32Array(pictureSize * pictureSize * 3);
  /** For each pixel the number given to the last thing that covered at least half of it; 0 where nothing did. */
  readonly shown = new Uint16Array(pictureSize * pictureSize);

  /** Lays a color over one pixel. `what` 0 changes the color only (a shadow). */
  blend(x: number, y: number, [red, green, blue]: Rgb, coverage: number, what: number): void {
    if (coverage <= 0) return;
    const pixel = y * pictureSize + x;
    this.rgb[3 * pixel] = mix(this.rgb[3 * pixel], red, coverage);
    this.rgb[3 * pixel + 1] = mix(this.rgb[3 * pixel + 1], green, coverage);
    this.rgb[3 * pixel + 2] = mix(this.rgb[3 * pixel + 2], blue, coverage);
    if (what > 0 && coverage >= 0.5) this.shown[pixel] = what;
  }

  /** Lays a layer over the picture: how much of each pixel it covers (0 to 1), and its color there. */
  paint(what: number, coverage: (x: number, y: number) => number, color: (x: number, y: number) => Rgb): void {
    for (let y = 0; y < pictureSize; y++) {
      for (let x = 0; x < pictureSize; x++) {
        const share = coverage(x, y);
        if (share > 0) this.blend(x, y, color(x, y), share, what);
      }
    }
  }

  /** The colors rounded to bytes, three a pixel. */
  bytes(): Uint8Array {
    return Uint8Array.from(Uint8ClampedArray.from(this.rgb));
  }
}

/** A color between two. */
export function blendRgb(from: Rgb, to: Rgb, share: number): Rgb {
  return [mix(from[0], to[0], share), mix(from[1], to[1], share), mix(from[2], to[2], share)];
}

/** A color made lighter (factor above 1) or darker. */
export function lit([red, green, blue]: Rgb, factor: number): Rgb {
  return [red * factor, green * factor, blue * factor];
}

/** Coverage of everything below a line `y = edge(x)`, smooth over one pixel. */
export function below(edge: (x: number) => number): (x: number, y: number) => number {
  return (x, y) => Math.min(1, Math.max(0, y - edge(x) + 1));
}
