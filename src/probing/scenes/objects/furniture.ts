import { flat, gradient, shaded, woven } from '../raster/paint.ts';
import { darker, lighter, rgb } from '../raster/rgb.ts';
import { groundShadow, halo, penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

const woods = [rgb(0x8a5a38), rgb(0xb07f52), rgb(0x6a4a38), rgb(0xd0b08a)];

/** A bed seen from the side, about 62 units long and 30 high. */
export function drawBed(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const wood = dice.pick(woods);
  const cover = dice.pick([
    rgb(0xb8504a),
    rgb(0x5678a0),
    rgb(0x7aa088),
    rgb(0x9a78ac),
    rgb(0xd98f9c),
    rgb(0xcf8a48),
    rgb(0xe6dfd0),
  ]);
  const bed = penFor(stage, 'bed', spot);
  groundShadow(stage, spot, 64, 0.5);
  for (const x of [-30, 27]) bed.rect(x, -6, 3.4, 6.4, shaded(wood, 0.12), 'leg');
  bed.rect(-33, -30, 5, 28, shaded(wood, 0.16), 'headboard', 2);
  bed.rect(29, -17, 3.6, 15, shaded(wood, 0.16), 'headboard', 1.6);
  bed.rect(-30, -8, 60, 4.4, shaded(darker(wood, 0.1), 0.1), 'headboard');
  bed.rect(-29, -14, 59, 7.4, shaded(rgb(0xf0ebe0), 0.1), 'mattress', 2);
  bed.blob(
    [
      [-29, -14],
      [-28, -21.5],
      [-20, -22],
      [-14, -20],
      [-14, -14],
      [-21, -12.6],
    ],
    shaded(rgb(0xfbf8f1), 0.08),
    'pillow',
  );
  bed.blob(
    [
      [-15, -14],
      [-14, -19.6],
      [0, -19],
      [18, -18.6],
      [31, -17],
      [32, -6],
      [20, -4.4],
      [-10, -5],
      [-15, -6],
    ],
    woven(shaded(cover, 0.16), 8, 9, 4),
    'blanket',
  );
  bed.polygon(
    [
      [-14.6, -17.6],
      [-9, -18],
      [-9.4, -6],
      [-14, -6],
    ],
    shaded(lighter(cover, 0.5), 0.08),
    'blanket',
  );
}

/** A nightstand about 14 units wide and 16 high. */
export function drawNightstand(stage: Stage, spot: Spot): void {
  const wood = stage.dice.pick(woods);
  const stand = penFor(stage, 'nightstand', spot);
  groundShadow(stage, spot, 15, 0.45);
  for (const x of [-6.4, 4.4]) stand.rect(x, -3, 2, 3.4, flat(darker(wood, 0.2)), 'leg');
  stand.rect(-7, -15, 14, 12.6, shaded(wood, 0.14), 'drawer');
  stand.rect(-6, -9, 12, 0.8, flat(darker(wood, 0.35)), 'drawer');
  for (const y of [-12, -6]) stand.ellipse(0, y, 1, 1, flat(rgb(0xe4cf95)), 'handle');
  stand.rect(-8, -16.4, 16, 2, shaded(lighter(wood, 0.15), 0.1), 'tabletop', 0.5);
}

/** A table lamp about 18 units high, lit. */
export function drawLamp(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const shade = dice.pick([rgb(0xf3dfae), rgb(0xe9b98a), rgb(0xdfe3d0)]);
  const lamp = penFor(stage, 'lamp', spot);
  const scale = spot.scale ?? 1;
  halo(stage, spot.x, spot.y - 13 * scale, 24 * scale, rgb(0xfff0c4), 0.5);
  lamp.rect(-0.8, -9, 1.6, 9, shaded(rgb(0x6a5240), 0.15, 1), 'pole');
  lamp.ellipse(0, -0.6, 4, 1.4, shaded(rgb(0x6a5240), 0.15), 'pole');
  lamp.polygon(
    [
      [-3.6, -18],
      [3.6, -18],
      [6.4, -8.4],
      [-6.4, -8.4],
    ],
    gradient(lighter(shade, 0.5), shade),
    'shade',
  );
}

/** A lamp hanging from the upper edge of the picture down to the spot. */
export function drawPendant(stage: Stage, spot: Spot): void {
  const color = stage.dice.pick([rgb(0xb5483f), rgb(0x4f7a70), rgb(0x3f434d), rgb(0xd9cdb4)]);
  const lamp = penFor(stage, 'lamp', spot);
  halo(stage, spot.x, spot.y + 5, 26, rgb(0xfff0c4), 0.4);
  lamp.rect(-0.5, -spot.y, 1, spot.y - 5, flat(rgb(0x3a3a40)), 'pole');
  lamp.ellipse(0, 0, 3, 2.2, flat(rgb(0xfff3c8)), 'shade');
  lamp.blob(
    [
      [-10, 1.4],
      [-6, -5],
      [-1.4, -9],
      [1.4, -9],
      [6, -5],
      [10, 1.4],
      [0, 0.4],
    ],
    shaded(color, 0.18),
    'shade',
  );
}

/** A table about 40 units wide and 21 high. */
export function drawTable(stage: Stage, spot: Spot): void {
  const wood = stage.dice.pick(woods);
  const table = penFor(stage, 'table', spot);
  groundShadow(stage, spot, 42, 0.45);
  for (const x of [-16, 13.6]) table.rect(x, -18, 2.6, 18.4, shaded(darker(wood, 0.15), 0.14, 1), 'leg');
  table.rect(-18, -18, 36, 2.6, flat(darker(wood, 0.25)), 'leg');
  table.rect(-21, -20.6, 42, 3.2, woven(shaded(lighter(wood, 0.1), 0.12), 6, 9, 1.5), 'tabletop', 1);
}

/** A chair seen from the side, about 14 units wide and 28 high. */
export function drawChair(stage: Stage, spot: Spot): void {
  const wood = stage.dice.pick([...woods, rgb(0xc0563f), rgb(0x5f86a0)]);
  const chair = penFor(stage, 'chair', spot);
  groundShadow(stage, spot, 15, 0.45);
  for (const x of [-6, 4.4]) chair.rect(x, -12, 1.8, 12.4, shaded(darker(wood, 0.1), 0.14, 1), 'leg');
  chair.rect(-6.6, -27, 2.2, 16, shaded(wood, 0.14, 1), 'backrest', 1);
  chair.rect(-6, -26, 2.8, 9, shaded(lighter(wood, 0.15), 0.14), 'backrest', 1);
  chair.rect(-7, -13.4, 14, 2.8, shaded(lighter(wood, 0.1), 0.14), 'seat', 1);
}
