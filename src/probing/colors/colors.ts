import type { Grid } from '../../engine/concepts.ts';
import { nearest } from '../annotated/grid.ts';
import type { PixelImage } from '../probing-set.ts';
import { toLab, type Lab } from './cielab.ts';
import { COLOR_TERMS, SURVEY_COLORS, type ColorTerm } from './survey-colors.ts';

/** Bits of a channel that the table of names tells apart. */
const BITS = 5;
const STEP = 256 >> BITS;
const LEAST_OPACITY = 128;
/** Chroma (CIELAB) up to which a color has no hue. */
const LEAST_CHROMA = 5;
const WITHOUT_HUE: readonly ColorTerm[] = ['black', 'grey', 'white'];

let table: Uint8Array | undefined;

/**
 * Names of the color concepts: the eleven basic color terms. They end in `-c`, as Broden's do, so that the color orange and the fruit are told
 * apart and formulas read the same everywhere.
 */
export const colorConcepts: readonly string[] = COLOR_TERMS.map((term) => `${term}-c`);

/**
 * Names the color at every position of the grid: exactly one term where the picture is opaque by half or more, none elsewhere. The term is
 * that of the nearest color of the survey ({@link SURVEY_COLORS}) in CIELAB, looked up in a table of 32 x 32 x 32 blocks of colors. A color
 * without hue (chroma up to 5) is compared with the survey's blacks, greys and whites only: it has few of these, and pale pinks close to them.
 *
 * A position has the color of the one pixel nearest to its centre, the pixel that also gives it its other concepts (`toGrid`). A mean of the
 * pixels around would name colors that nothing in the picture has: between red and green it is brown.
 *
 * @returns `grid.height * grid.width` values, row by row: place in {@link colorConcepts} + 1, or 0
 */
export function colorPlane({ width, height, rgba }: PixelImage, grid: Grid): Uint16Array {
  const names = (table ??= nameTable());
  const rows = nearest(height, grid.height);
  const columns = nearest(width, grid.width);
  const plane = new Uint16Array(grid.height * grid.width);
  for (let y = 0, at = 0; y < grid.height; y++) {
    const row = rows[y] * width;
    for (let x = 0; x < grid.width; x++, at++) {
      const pixel = 4 * (row + columns[x]);
      if (rgba[pixel + 3] < LEAST_OPACITY) continue;
      plane[at] = names[entry(rgba[pixel], rgba[pixel + 1], rgba[pixel + 2])];
    }
  }
  return plane;
}

/** Term of each block of colors, by the color in its middle; place in the list of terms + 1. */
function nameTable(): Uint8Array {
  const all = surveyPoints(COLOR_TERMS);
  const withoutHue = surveyPoints(WITHOUT_HUE);
  const names = new Uint8Array(1 << (3 * BITS));
  for (let red = STEP / 2; red < 256; red += STEP) {
    for (let green = STEP / 2; green < 256; green += STEP) {
      for (let blue = STEP / 2; blue < 256; blue += STEP) {
        const color = toLab(red, green, blue);
        const points = Math.hypot(color[1], color[2]) <= LEAST_CHROMA ? withoutHue : all;
        names[entry(red, green, blue)] = nearestTerm(color, points) + 1;
      }
    }
  }
  return names;
}

interface Points {
  /** Three values each, CIELAB. */
  readonly colors: Float64Array;
  /** Places in {@link COLOR_TERMS}. */
  readonly terms: Uint8Array;
}

function nearestTerm([lightness, a, b]: Lab, { colors, terms }: Points): number {
  let best = Infinity;
  let term = 0;
  for (let point = 0, at = 0; point < terms.length; point++, at += 3) {
    const distance = (colors[at] - lightness) ** 2 + (colors[at + 1] - a) ** 2 + (colors[at + 2] - b) ** 2;
    if (distance >= best) continue;
    best = distance;
    term = terms[point];
  }
  return term;
}

function surveyPoints(terms: readonly ColorTerm[]): Points {
  const points = terms.flatMap((term) =>
    (SURVEY_COLORS[term].match(/[0-9a-f]{6}/g) ?? []).map((digits) => ({ term: COLOR_TERMS.indexOf(term), digits })),
  );
  const colors = points.flatMap(({ digits }) => {
    const [red, green, blue] = [0, 2, 4].map((from) => parseInt(digits.slice(from, from + 2), 16));
    return toLab(red, green, blue);
  });
  return { colors: Float64Array.from(colors), terms: Uint8Array.from(points, ({ term }) => term) };
}

function entry(red: number, green: number, blue: number): number {
  return ((red >> (8 - BITS)) << (2 * BITS)) | ((green >> (8 - BITS)) << BITS) | (blue >> (8 - BITS));
}
