import type { Dice } from '../../src/probing/scenes/random.ts';
import { pictureSize, type Canvas, type Rgb } from './canvas.ts';
import {
  looks,
  paintCarpet,
  paintFoliage,
  paintGround,
  paintMountains,
  paintNight,
  paintPavement,
  paintRoad,
  paintSky,
  paintSkyline,
  paintTiles,
  paintWall,
  paintWater,
  paintWood,
} from './layers.ts';
import type { Place } from './things.ts';

/** Heights between which things of a place stand (their lower edge) or, in the air and under water, float (their middle). */
export type Zones = Partial<Readonly<Record<Place, readonly [from: number, to: number]>>>;

/** What a painted background says about the things that may come on it. */
export interface Background {
  readonly zones: Zones;
  /** The light that things are seen in: factors for red, green, blue. */
  readonly light: Rgb;
}

/** A kind of scene: paints itself with random choices and tells its zones. */
type Painter = (canvas: Canvas, dice: Dice) => Background;

const day: Rgb = [1, 1, 1];

const skies: readonly (readonly [Rgb, Rgb])[] = [
  [
    [62, 132, 214],
    [190, 222, 244],
  ],
  [
    [96, 158, 226],
    [216, 232, 244],
  ],
  [
    [142, 166, 192],
    [214, 218, 222],
  ],
  [
    [116, 130, 190],
    [250, 202, 160],
  ],
];

const greens: readonly Rgb[] = [
  [104, 156, 62],
  [126, 168, 74],
  [82, 138, 66],
  [150, 164, 82],
];
const sands: readonly Rgb[] = [
  [226, 202, 150],
  [236, 214, 170],
  [214, 182, 130],
];
const waters: readonly Rgb[] = [
  [38, 112, 168],
  [48, 142, 166],
  [64, 120, 150],
  [36, 84, 140],
];
const woods: readonly Rgb[] = [
  [176, 126, 80],
  [204, 160, 108],
  [132, 88, 58],
  [190, 150, 118],
];
const paints: readonly Rgb[] = [
  [226, 218, 202],
  [190, 206, 196],
  [232, 204, 150],
  [172, 192, 214],
  [214, 168, 160],
  [204, 190, 216],
  [238, 236, 232],
];

const painters = {
  meadow: (canvas, dice) => {
    const edge = dice.whole(118, 165);
    paintSky(canvas, dice, dice.pick(skies), edge, dice.between(0, 1));
    if (dice.chance(0.5)) paintMountains(canvas, dice, [112, 134, 150], edge + 8, dice.between(40, 80), false);
    paintGround(canvas, dice, 'grass', dice.pick(greens), edge, looks.grass);
    return { zones: { land: [edge + 42, 290], air: [35, edge - 25] }, light: day };
  },
  beach: (canvas, dice) => {
    const horizon = dice.whole(80, 115);
    const shore = dice.whole(160, 190);
    paintSky(canvas, dice, dice.pick(skies), horizon, dice.between(0, 0.9));
    paintWater(canvas, dice, dice.pick(waters), horizon);
    paintGround(canvas, dice, 'sand', dice.pick(sands), shore, looks.sand);
    return {
      zones: { land: [shore + 35, 292], air: [30, horizon - 10], water: [horizon + 25, shore + 5] },
      light: day,
    };
  },
  sea: (canvas, dice) => {
    const horizon = dice.whole(85, 135);
    paintSky(canvas, dice, dice.pick(skies), horizon, dice.between(0, 1));
    if (dice.chance(0.3)) paintMountains(canvas, dice, [116, 132, 146], horizon + 4, dice.between(25, 50), false);
    paintWater(canvas, dice, dice.pick(waters), horizon);
    return { zones: { air: [35, horizon - 10], water: [horizon + 45, 285] }, light: day };
  },
  street: (canvas, dice) => {
    const curb = dice.whole(176, 200);
    paintSky(canvas, dice, dice.pick(skies), curb, dice.between(0, 0.8));
    paintSkyline(canvas, dice, curb);
    paintPavement(canvas, dice, curb);
    paintRoad(canvas, dice, curb + 28);
    return { zones: { land: [curb + 22, 290], air: [28, 70] }, light: day };
  },
  snowfield: (canvas, dice) => {
    const edge = dice.whole(140, 180);
    paintSky(canvas, dice, dice.pick(skies.slice(0, 3)), edge, dice.between(0, 0.7));
    paintMountains(canvas, dice, [104, 118, 140], edge + 14, dice.between(70, 120), true);
    paintGround(canvas, dice, 'snow', [232, 238, 246], edge, looks.snow);
    return { zones: { land: [edge + 35, 290], air: [30, 90] }, light: day };
  },
  desert: (canvas, dice) => {
    const edge = dice.whole(140, 175);
    paintSky(canvas, dice, dice.pick([skies[0], skies[3]]), edge, 0);
    if (dice.chance(0.6)) paintMountains(canvas, dice, [176, 106, 74], edge + 12, dice.between(35, 70), false);
    paintGround(
      canvas,
      dice,
      'sand',
      dice.pick<Rgb>([
        [222, 168, 104],
        [232, 188, 126],
      ]),
      edge,
      looks.dune,
    );
    return { zones: { land: [edge + 48, 290], air: [30, edge - 40] }, light: [1.02, 0.98, 0.92] };
  },
  night: (canvas, dice) => {
    const edge = dice.whole(165, 200);
    paintNight(canvas, dice);
    if (dice.chance(0.5)) paintMountains(canvas, dice, [38, 44, 78], edge + 6, dice.between(40, 80), false);
    paintGround(canvas, dice, 'grass', [40, 70, 62], edge, looks.grass);
    return { zones: { land: [edge + 25, 290], air: [35, edge - 45] }, light: [0.78, 0.8, 0.94] };
  },
  forest: (canvas, dice) => {
    const edge = dice.whole(180, 215);
    paintFoliage(
      canvas,
      dice,
      dice.pick<Rgb>([
        [74, 122, 62],
        [94, 130, 56],
        [126, 124, 52],
        [60, 108, 76],
      ]),
    );
    const ground = dice.chance(0.5);
    if (ground) paintGround(canvas, dice, 'soil', [124, 92, 66], edge, looks.soil);
    else paintGround(canvas, dice, 'grass', dice.pick(greens), edge, looks.grass);
    return { zones: { land: [edge + 22, 290], air: [40, 110] }, light: [0.94, 0.97, 0.92] };
  },
  'living room': (canvas, dice) => {
    const edge = dice.whole(190, 212);
    paintWall(canvas, dice, dice.pick(paints));
    paintWood(canvas, dice, 'wooden floor', dice.pick(woods), edge);
    if (dice.chance(0.55))
      paintCarpet(
        canvas,
        dice,
        dice.pick<Rgb>([
          [158, 64, 62],
          [66, 96, 140],
          [96, 128, 98],
          [206, 188, 160],
        ]),
      );
    return { zones: { room: [edge + 18, 288] }, light: day };
  },
  bathroom: (canvas, dice) => {
    const edge = dice.whole(200, 218);
    paintTiles(
      canvas,
      dice,
      dice.pick<Rgb>([
        [150, 196, 208],
        [226, 232, 232],
        [166, 204, 176],
        [226, 190, 190],
      ]),
      0,
    );
    paintTiles(
      canvas,
      dice,
      dice.pick<Rgb>([
        [120, 126, 136],
        [176, 166, 150],
      ]),
      edge,
    );
    return { zones: { room: [edge + 18, 288] }, light: day };
  },
  kitchen: (canvas, dice) => {
    const edge = dice.whole(150, 185);
    paintTiles(
      canvas,
      dice,
      dice.pick<Rgb>([
        [222, 226, 220],
        [150, 184, 200],
        [206, 214, 178],
        [232, 206, 170],
      ]),
      0,
    );
    paintWood(canvas, dice, 'table', dice.pick(woods), edge);
    return { zones: { table: [edge + 30, 290] }, light: day };
  },
  study: (canvas, dice) => {
    const edge = dice.whole(155, 190);
    paintWall(canvas, dice, dice.pick(paints));
    paintWood(
      canvas,
      dice,
      'table',
      dice.pick<Rgb>([
        [222, 214, 204],
        [112, 76, 54],
        [150, 152, 158],
        [206, 172, 128],
      ]),
      edge,
    );
    return { zones: { table: [edge + 30, 290] }, light: day };
  },
  picnic: (canvas, dice) => {
    const edge = dice.whole(70, 100);
    const table = dice.whole(175, 200);
    paintSky(canvas, dice, dice.pick(skies), edge, dice.between(0, 0.8));
    paintGround(canvas, dice, 'grass', dice.pick(greens), edge, looks.grass);
    paintWood(canvas, dice, 'table', dice.pick(woods), table);
    return { zones: { table: [table + 25, 290], air: [25, 70] }, light: day };
  },
  'open sky': (canvas, dice) => {
    paintSky(canvas, dice, dice.pick(skies), pictureSize, dice.between(0.2, 1));
    return { zones: { air: [60, 240] }, light: day };
  },
} satisfies Record<string, Painter>;

/** Name of a kind of scene. */
export type SceneKind = keyof typeof painters;

/** All kinds of scenes, in a fixed order. */
export const sceneKinds = Object.keys(painters) as readonly SceneKind[];

/** Paints a background of a kind. */
export function paintBackground(kind: SceneKind, canvas: Canvas, dice: Dice): Background {
  return painters[kind](canvas, dice);
}

/** Places that a kind of scene has, whatever its random choices. */
export const placesOf: Readonly<Record<SceneKind, readonly Place[]>> = {
  meadow: ['land', 'air'],
  beach: ['land', 'air', 'water'],
  sea: ['air', 'water'],
  street: ['land', 'air'],
  snowfield: ['land', 'air'],
  desert: ['land', 'air'],
  night: ['land', 'air'],
  forest: ['land', 'air'],
  'living room': ['room'],
  bathroom: ['room'],
  kitchen: ['table'],
  study: ['table'],
  picnic: ['table', 'air'],
  'open sky': ['air'],
};
