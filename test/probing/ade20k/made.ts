import { rgbPng } from '../support/masks.ts';
import { utf8 } from '../support/trees.ts';

export type Rgb = readonly [number, number, number];
export type Files = Map<string, Uint8Array<ArrayBuffer>>;

export const STREET = 'images/ADE/training/urban/street/ADE_train_1';
export const ROOM = 'images/ADE/validation/home/room/ADE_val_1';
export const OLD = 'images/training/a/apartment_building/outdoor/ADE_train_7';

export const PICTURE = rgbPng(2, [
  [0, 0, 0],
  [0, 0, 0],
]);

/** A pixel as the release codes it: class in red and green, instance in blue. */
export function pixel(number: number, instance = 0): Rgb {
  return [Math.floor(number / 256) * 10, number % 256, instance];
}

export function json(
  objects: readonly (readonly [string, number, number])[],
  scene: unknown = [],
): Uint8Array<ArrayBuffer> {
  const object = objects.map(([name, name_ndx, part_level], id) => ({ id, name, name_ndx, parts: { part_level } }));
  return utf8(JSON.stringify({ annotation: { filename: 'x', scene, object } }));
}

export function release(): Files {
  return new Map([
    [`${STREET}.jpg`, PICTURE],
    [
      `${STREET}.json`,
      json(
        [
          ['car, auto', 401, 0],
          ['car, auto', 401, 0],
          ['wheel', 3000, 1],
          ['rim', 9, 2],
        ],
        ['outdoor', 'urban', 'street'],
      ),
    ],
    [`${STREET}_seg.png`, rgbPng(2, [pixel(401, 5), pixel(0)])],
    [`${STREET}_parts_1.png`, rgbPng(2, [pixel(3000, 5), pixel(0)])],
    [`${STREET}_parts_2.png`, rgbPng(2, [pixel(9, 5), pixel(0)])],
    [`${STREET}/instance_000_ADE_train_1.png`, PICTURE],
    [`${ROOM}.jpg`, PICTURE],
    [
      `${ROOM}.json`,
      json([
        ['car, auto', 401, 0],
        ['car, railway car', 402, 0],
        ['wheel', 3000, 0],
      ]),
    ],
    [`${ROOM}_seg.png`, rgbPng(2, [pixel(402), pixel(3000)])],
    ['index_ade20k.mat', utf8('MATLAB 5.0')],
    ['objects.json', utf8('[]')],
  ]);
}
