import { flat, gradient, shaded, woven } from '../raster/paint.ts';
import { darker, lighter, rgb } from '../raster/rgb.ts';
import { groundShadow, penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

const plaster = [
  rgb(0xf0e3cc),
  rgb(0xe9c9a4),
  rgb(0xd98f77),
  rgb(0xc9d6c4),
  rgb(0xdcd6dd),
  rgb(0xb9cfd6),
  rgb(0xc06a54),
];
const tiles = [rgb(0xb4523f), rgb(0x8f4a3c), rgb(0x6d6f7b), rgb(0xa8643f)];

/** A house with a pitched roof, about 30 units wide and 32 high. */
export function drawHouse(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const wall = dice.pick(plaster);
  const tile = dice.pick(tiles);
  const half = dice.between(13, 16);
  const eaves = -dice.between(16, 19);
  const house = penFor(stage, 'house', spot);
  groundShadow(stage, spot, 2 * half, 0.3);
  if (dice.chance(0.6)) house.rect(half * 0.4, eaves - 12, 3.6, 9, shaded(darker(tile, 0.2), 0.1, 1), 'chimney');
  house.rect(-half, eaves, 2 * half, -eaves, woven(shaded(wall, 0.1), 4, 5, 3), 'facade');
  house.polygon(
    [
      [-half - 2.5, eaves + 0.6],
      [-half * 0.55, eaves - 9.5],
      [half * 0.55, eaves - 9.5],
      [half + 2.5, eaves + 0.6],
    ],
    woven(shaded(tile, 0.14), 8, 2.5, 1.6),
    'roof',
  );
  house.rect(-half - 1, eaves + 0.5, 2 * half + 2, 1.2, flat(darker(wall, 0.35), 0.45), 'facade');
  house.rect(-2.6, -9.5, 5.2, 9.5, shaded(dice.pick([rgb(0x7a4a34), rgb(0x4e7468), rgb(0x8a3f3f)]), 0.1), 'door', 0.6);
  for (const x of [-half * 0.64, half * 0.64]) {
    house.rect(x - 2.9, -12.6, 5.8, 6.4, flat(lighter(wall, 0.7)), 'facade');
    house.rect(x - 2.2, -12, 4.4, 5.2, gradient(rgb(0x51687e), rgb(0x8fa9ba), 0.5), 'pane');
  }
}

/** A town building as high as `height` units and `width` wide, with rows of windows. */
export function drawBuilding(stage: Stage, spot: Spot, width: number, height: number): void {
  const { dice } = stage;
  const wall = dice.pick([...plaster, rgb(0x9aa5b1), rgb(0xb9a48f), rgb(0x8b6f63)]);
  const pane = dice.chance(0.2) ? gradient(rgb(0xf6dfa0), rgb(0xe9c47c)) : gradient(rgb(0x475b72), rgb(0x8ea5b6), 0.5);
  const building = penFor(stage, 'building', spot);
  building.rect(-width / 2, -height, width, height, woven(shaded(wall, 0.12, 0.6), 4, 6, 4), 'facade');
  building.rect(-width / 2 - 1, -height - 2, width + 2, 3.2, shaded(darker(wall, 0.3), 0.1), 'roof');
  const columns = Math.max(2, Math.floor(width / 7));
  const step = width / columns;
  for (let y = -height + 4.5; y < -13; y += 7.5) {
    for (let i = 0; i < columns; i++) {
      building.rect(-width / 2 + (i + 0.5) * step - 1.9, y, 3.8, 4.8, pane, 'pane', 0.4);
    }
  }
  building.rect(-width / 2 + 1.5, -9.5, width - 3, 7, gradient(rgb(0x5c7286), rgb(0xa4b8c4), 0.5), 'pane');
  building.rect(-2.2, -9.5, 4.4, 9.5, shaded(rgb(0x5e4438), 0.1), 'door');
  if (dice.chance(0.5)) awning(-width / 2 + 0.5, width - 1);

  function awning(left: number, wide: number): void {
    const color = dice.pick([rgb(0xc2483f), rgb(0x4f8a68), rgb(0x7d5a94)]);
    const stripes = Math.floor(wide / 3);
    for (let i = 0; i < stripes; i++) {
      const paint = shaded(i % 2 === 0 ? color : rgb(0xf3eee4), 0.08);
      building.rect(left + (i * wide) / stripes, -12, wide / stripes + 0.2, 3.6, paint, 'facade');
    }
  }
}

/** A lighthouse about 46 units high, with bands. */
export function drawLighthouse(stage: Stage, spot: Spot): void {
  const band = stage.dice.pick([rgb(0xc9463d), rgb(0xb65a3c), rgb(0x4b4f5c)]);
  const lighthouse = penFor(stage, 'lighthouse', spot);
  groundShadow(stage, spot, 16);
  for (let i = 0; i < 5; i++) {
    const low = 6 - i * 0.55;
    const high = 6 - (i + 1) * 0.55;
    const y = -i * 7;
    lighthouse.polygon(
      [
        [-low, y],
        [-high, y - 7.1],
        [high, y - 7.1],
        [low, y],
      ],
      shaded(i % 2 === 0 ? rgb(0xf3f0ea) : band, 0.16, 1),
      'tower',
    );
  }
  lighthouse.rect(-5, -36.6, 10, 1.9, shaded(rgb(0x4a4d58), 0.1), 'tower');
  lighthouse.rect(-2.9, -42, 5.8, 5.6, gradient(rgb(0xfff3bd), rgb(0xf2cf6a)), 'lantern');
  lighthouse.polygon(
    [
      [-4, -41.6],
      [0, -46.5],
      [4, -41.6],
    ],
    shaded(band, 0.12),
    'roof',
  );
  lighthouse.rect(-1.8, -6.5, 3.6, 6.5, shaded(rgb(0x5a4038), 0.1), 'door', 1.6);
  lighthouse.rect(-1.1, -19, 2.2, 3.4, flat(rgb(0x4a5d70)), 'pane', 0.8);
  lighthouse.rect(-1, -31, 2, 3, flat(rgb(0x4a5d70)), 'pane', 0.8);
}

/** A wooden fence from `left` to `right` pixels. */
export function drawFence(stage: Stage, left: number, right: number, y: number, scale: number): void {
  const color = stage.dice.pick([rgb(0x9a7752), rgb(0xece7dc), rgb(0x836a55)]);
  const fence = penFor(stage, 'fence', { x: left, y, scale, flip: false });
  const length = (right - left) / scale;
  fence.rect(0, -8, length, 1.7, shaded(color, 0.12));
  fence.rect(0, -4.4, length, 1.7, shaded(color, 0.12));
  for (let x = 2; x < length; x += 9) fence.rect(x, -10.4, 2.1, 11, shaded(color, 0.18, 1), undefined, 0.7);
}
