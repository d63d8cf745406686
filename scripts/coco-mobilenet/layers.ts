import type { Dice } from '../../src/probing/scenes/random.ts';
import { below, blendRgb, lit, pictureSize, type Canvas, type Rgb } from './canvas.ts';
import { fractalNoise, ramp, valueNoise } from './noise.ts';

/** What backgrounds are made of, as concepts. */
export const stuff = [
  'sky',
  'cloud',
  'night sky',
  'mountain',
  'skyline',
  'foliage',
  'grass',
  'sand',
  'soil',
  'snow',
  'water',
  'road',
  'pavement',
  'wall',
  'tiles',
  'wooden floor',
  'carpet',
  'table',
] as const;

/** One of {@link stuff}. */
export type Stuff = (typeof stuff)[number];

/** The number a canvas carries for it; things come after. */
export function stuffNumber(name: Stuff): number {
  return stuff.indexOf(name) + 1;
}

/** Number for {@link fractalNoise} and its kin. */
export function seedFrom(dice: Dice): number {
  return dice.whole(0, 0x7fffffff);
}

const everywhere = (): number => 1;

/** A sky from `top` down to `horizon`, with clouds where a field is above a limit (`clouds` 0 none to 1 overcast). */
export function paintSky(
  canvas: Canvas,
  dice: Dice,
  colors: readonly [Rgb, Rgb],
  horizon: number,
  clouds: number,
): void {
  canvas.paint(stuffNumber('sky'), everywhere, (_, y) => blendRgb(colors[0], colors[1], Math.min(1, y / horizon)));
  if (clouds === 0) return;
  const field = fractalNoise(seedFrom(dice), 5);
  const limit = 0.72 - 0.24 * clouds;
  const white = blendRgb([255, 255, 255], colors[1], 0.12);
  canvas.paint(
    stuffNumber('cloud'),
    (x, y) => 0.95 * ramp(field(x / 110, y / 48), limit, limit + 0.14),
    (x, y) => lit(white, 0.9 + 0.14 * field(x / 110, (y - 9) / 48)),
  );
}

/** A dark sky with stars. */
export function paintNight(canvas: Canvas, dice: Dice): void {
  canvas.paint(stuffNumber('night sky'), everywhere, (_, y) => blendRgb([14, 18, 48], [52, 56, 110], y / pictureSize));
  for (let star = 0; star < 70; star++) {
    const light = dice.between(0.3, 1);
    canvas.blend(dice.whole(0, 299), dice.whole(0, 200), [250, 248, 225], light, stuffNumber('night sky'));
  }
}

/** Rough ground of one color from a wavy edge down: grass, sand, soil, snow. Nearer is larger and a little darker. */
export function paintGround(canvas: Canvas, dice: Dice, name: Stuff, color: Rgb, edge: number, look: GroundLook): void {
  const wave = valueNoise(seedFrom(dice));
  const fine = fractalNoise(seedFrom(dice), 3);
  const coarse = fractalNoise(seedFrom(dice), 2);
  canvas.paint(
    stuffNumber(name),
    below((x) => edge + look.waves * (wave(x / 90, 0) - 0.5)),
    (x, y) => {
      const near = (y - edge) / (pictureSize - edge);
      const scale = 0.45 + 0.9 * near;
      const texture = fine(x / (look.grain[0] * scale), y / (look.grain[1] * scale)) - 0.5;
      const patches = coarse(x / 85, y / 40) - 0.5;
      return lit(color, 1.06 - 0.16 * near + look.contrast * texture + 0.16 * patches);
    },
  );
}

/** How a ground is drawn: height of its edge's waves, size of a grain (across, down), and contrast. */
export interface GroundLook {
  readonly waves: number;
  readonly grain: readonly [number, number];
  readonly contrast: number;
}

/** Looks of the grounds. */
export const looks = {
  grass: { waves: 16, grain: [3, 9], contrast: 0.4 },
  sand: { waves: 10, grain: [22, 5], contrast: 0.16 },
  dune: { waves: 60, grain: [26, 6], contrast: 0.16 },
  soil: { waves: 12, grain: [7, 5], contrast: 0.34 },
  snow: { waves: 22, grain: [30, 12], contrast: 0.08 },
} as const satisfies Record<string, GroundLook>;

/** Water from an edge down, with flat waves that grow nearer. */
export function paintWater(canvas: Canvas, dice: Dice, color: Rgb, edge: number): void {
  const field = fractalNoise(seedFrom(dice), 3);
  canvas.paint(
    stuffNumber('water'),
    below(() => edge),
    (x, y) => {
      const near = (y - edge) / (pictureSize - edge);
      const wave = field(x / (14 + 40 * near), y / (2 + 7 * near));
      return blendRgb(lit(color, 1.05 - 0.25 * near), [235, 246, 250], 0.75 * ramp(wave, 0.56, 0.86));
    },
  );
}

/** A range of mountains from jagged peaks down; `snowy` paints the upper parts white. */
export function paintMountains(
  canvas: Canvas,
  dice: Dice,
  color: Rgb,
  edge: number,
  height: number,
  snowy: boolean,
): void {
  const ridge = fractalNoise(seedFrom(dice), 5);
  const rock = fractalNoise(seedFrom(dice), 4);
  const top = (x: number): number => edge - height * (0.15 + 1.1 * ridge(x / 80, 0));
  canvas.paint(stuffNumber('mountain'), below(top), (x, y) => {
    const shade = 0.78 + 0.5 * rock(x / 26 + y / 60, y / 34);
    const cap = snowy ? 1 - ramp(y - top(x) + 26 * rock(x / 9, y / 9), 0.2 * height, 0.6 * height) : 0;
    return lit(blendRgb(color, [244, 248, 252], cap), shade);
  });
}

/** A row of buildings with windows, from their roofs down. */
export function paintSkyline(canvas: Canvas, dice: Dice, edge: number): void {
  const walls: readonly Rgb[] = [
    [196, 178, 160],
    [164, 116, 98],
    [150, 158, 170],
    [206, 196, 178],
    [120, 130, 148],
    [176, 148, 122],
  ];
  const glass: Rgb = dice.chance(0.5) ? [92, 112, 136] : [226, 206, 140];
  for (let left = -dice.whole(0, 30); left < pictureSize;) {
    const width = dice.whole(42, 84);
    const roof = edge - dice.whole(55, 125);
    const wall = dice.pick(walls);
    const [start, end] = [left, left + width];
    canvas.paint(
      stuffNumber('skyline'),
      (x, y) => (x >= start && x < end && y >= roof ? 1 : 0),
      (x, y) => {
        const [u, v] = [(x - start) % 14, (y - roof) % 17];
        const side = end - x < 5 ? 0.8 : 1;
        return u >= 5 && u < 11 && v >= 6 && v < 13
          ? lit(glass, side)
          : lit(wall, side * (1 - 0.12 * ((y - roof) / 130)));
      },
    );
    left = end;
  }
}

/** A road with a dashed line, from an edge down. */
export function paintRoad(canvas: Canvas, dice: Dice, edge: number): void {
  const grain = fractalNoise(seedFrom(dice), 2);
  const line = edge + 0.52 * (pictureSize - edge);
  const shift = dice.whole(0, 79);
  canvas.paint(
    stuffNumber('road'),
    below(() => edge),
    (x, y) => {
      const dashed = Math.abs(y - line) < 3 && (x + shift) % 80 < 44;
      return dashed ? [232, 230, 220] : lit([92, 94, 100], 0.9 + 0.24 * grain(x / 2.5, y / 2.5));
    },
  );
}

/** Slabs of stone between two heights. */
export function paintPavement(canvas: Canvas, dice: Dice, edge: number): void {
  const grain = fractalNoise(seedFrom(dice), 2);
  canvas.paint(
    stuffNumber('pavement'),
    below(() => edge),
    (x, y) => {
      const row = Math.floor((y - edge) / 14);
      const joint = (y - edge) % 14 < 1 || (x + 17 * row) % 34 < 1;
      return lit([172, 168, 160], (joint ? 0.8 : 0.95) + 0.12 * grain(x / 4, y / 4));
    },
  );
}

/** A painted wall over the whole picture, plain or with stripes, lit from one side. */
export function paintWall(canvas: Canvas, dice: Dice, color: Rgb): void {
  const stripes = dice.chance(0.4) ? dice.whole(16, 34) : 0;
  const grain = fractalNoise(seedFrom(dice), 3);
  const lamp = dice.whole(0, 299);
  canvas.paint(stuffNumber('wall'), everywhere, (x, y) => {
    const stripe = stripes > 0 && x % (2 * stripes) < stripes ? 0.93 : 1;
    const light = 1.04 - 0.2 * Math.min(1, Math.hypot(x - lamp, y + 40) / 380);
    return lit(color, stripe * light * (0.97 + 0.06 * grain(x / 12, y / 12)));
  });
}

/** Square tiles, over the whole picture or from an edge down. */
export function paintTiles(canvas: Canvas, dice: Dice, color: Rgb, edge: number): void {
  const side = dice.whole(22, 40);
  const seed = seedFrom(dice);
  const shade = valueNoise(seed);
  canvas.paint(
    stuffNumber('tiles'),
    below(() => edge),
    (x, y) => {
      const joint = x % side < 1.5 || (y - edge) % side < 1.5;
      const tile = shade(37 * Math.floor(x / side), 41 * Math.floor((y - edge) / side));
      return joint ? [214, 212, 206] : lit(color, 0.94 + 0.12 * tile - 0.06 * ((x % side) / side));
    },
  );
}

/** Planks of wood from an edge down: a floor (planks run away from us) or a table (they run across). */
export function paintWood(canvas: Canvas, dice: Dice, name: 'wooden floor' | 'table', color: Rgb, edge: number): void {
  const grain = fractalNoise(seedFrom(dice), 4);
  const tone = valueNoise(seedFrom(dice));
  const away = name === 'wooden floor';
  canvas.paint(
    stuffNumber(name),
    below(() => edge),
    (x, y) => {
      const near = (y - edge) / (pictureSize - edge);
      const across = away ? (x - 150) / (0.55 + 0.6 * near) / 34 + 100 : (y - edge) / (40 + 30 * near);
      const along = away ? near * 4 : x / 70;
      const plank = Math.floor(across);
      const joint = across - plank < (away ? 0.05 : 0.03) ? 0.78 : 1;
      const rim = !away && y - edge < 3 ? 1.15 : 1;
      const rings = grain(across * 4 + 13 * plank, along * 1.2 + 7 * plank);
      return lit(color, joint * rim * (0.84 + 0.14 * tone(plank * 3.7, 0.5) + 0.26 * rings));
    },
  );
}

/** A carpet lying on a floor: an ellipse with a border. */
export function paintCarpet(canvas: Canvas, dice: Dice, color: Rgb): void {
  const [centreX, centreY] = [dice.whole(110, 190), dice.whole(245, 262)];
  const [radiusX, radiusY] = [dice.whole(90, 135), dice.whole(22, 32)];
  const grain = fractalNoise(seedFrom(dice), 2);
  const distance = (x: number, y: number): number => Math.hypot((x - centreX) / radiusX, (y - centreY) / radiusY);
  canvas.paint(
    stuffNumber('carpet'),
    (x, y) => Math.min(1, Math.max(0, (1 - distance(x, y)) * radiusY)),
    (x, y) => {
      const ring = distance(x, y) > 0.82 && distance(x, y) < 0.9 ? 1.3 : 1;
      return lit(color, ring * (0.88 + 0.24 * grain(x / 3, y / 2)));
    },
  );
}

/** A wall of leaves with trunks before it, over the whole picture. */
export function paintFoliage(canvas: Canvas, dice: Dice, color: Rgb): void {
  const leaves = fractalNoise(seedFrom(dice), 4);
  const depth = fractalNoise(seedFrom(dice), 2);
  canvas.paint(stuffNumber('foliage'), everywhere, (x, y) =>
    lit(color, 0.35 + 0.75 * ramp(leaves(x / 20, y / 20), 0.25, 0.8) + 0.35 * depth(x / 90, y / 90)),
  );
  for (let trunk = dice.whole(3, 6); trunk > 0; trunk--) {
    const [middle, width] = [dice.whole(0, 299), dice.whole(5, 13)];
    const bark = dice.pick<Rgb>([
      [92, 68, 50],
      [112, 84, 60],
      [74, 58, 46],
    ]);
    canvas.paint(
      stuffNumber('foliage'),
      (x, y) =>
        Math.min(1, Math.max(0, width - Math.abs(x - middle - 4 * depth(middle, y / 40)))) * (y < 70 ? y / 70 : 1),
      (x, y) => lit(bark, 0.75 + 0.5 * leaves(x / 3, y / 22) - 0.02 * (x - middle)),
    );
  }
}
