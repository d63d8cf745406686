import { flat, shaded, woven } from '../raster/paint.ts';
import { lighter, rgb } from '../raster/rgb.ts';
import { groundShadow, penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

/** A round bush about 12 units high, sometimes with berries. */
export function drawBush(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const leaf = dice.pick([rgb(0x4c8a4a), rgb(0x669b48), rgb(0x3d7a50)]);
  const bush = penFor(stage, 'bush', spot);
  groundShadow(stage, spot, 20);
  for (const [x, y, radius] of [
    [-6, -4, 5.5],
    [6, -4, 5.5],
    [0, -6.5, 7],
  ]) {
    bush.ellipse(x, y, radius, radius * 0.85, woven(shaded(leaf, 0.2), 9, 2.5, 2.5), 'leaves');
  }
  bush.rect(-9, -4, 18, 4.4, shaded(leaf, 0.1), 'leaves', 2);
  if (!dice.chance(0.35)) return;
  const berry = dice.pick([rgb(0xd6405a), rgb(0xf2f0ea), rgb(0xc85aa0)]);
  for (let i = 0; i < 7; i++) bush.ellipse(dice.between(-8, 8), dice.between(-10, -2), 0.9, 0.9, flat(berry), 'leaves');
}

/** A flower about 10 units high. */
export function drawFlower(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const color = dice.pick([rgb(0xe4577a), rgb(0xf0f0f2), rgb(0x9a5fc4), rgb(0xe2473c), rgb(0xef8fb8)]);
  const flower = penFor(stage, 'flower', spot);
  const green = flat(rgb(0x4a8440));
  flower.stroke([0, 0.5], [0.4, -7], 1, green, 'stem');
  flower.ellipse(1.8, -3, 1.9, 0.9, green, 'stem');
  for (const [x, y] of [
    [-2, 0],
    [2, 0],
    [0, -2],
    [0, 2],
    [-1.4, -1.4],
    [1.4, 1.4],
    [1.4, -1.4],
    [-1.4, 1.4],
  ]) {
    flower.ellipse(0.4 + x * 0.9, -8.5 + y * 0.9, 1.6, 1.6, shaded(color, 0.15), 'petal');
  }
  flower.ellipse(0.4, -8.5, 1.4, 1.4, flat(rgb(0x8a4a2c)), 'petal');
}

/** A column cactus about 26 units high with one or two branches. */
export function drawCactus(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const paint = woven(shaded(dice.pick([rgb(0x4f8f5a), rgb(0x5d9a55)]), 0.2, 1), 5, 1.2, 20);
  const cactus = penFor(stage, 'cactus', spot);
  groundShadow(stage, spot, 14);
  cactus.rect(4.5, -14, 6, 3.6, paint, 'branch', 1.6);
  cactus.rect(7.4, -20, 3.6, 9.5, paint, 'branch', 1.8);
  if (dice.chance(0.7)) {
    cactus.rect(-10, -10.5, 7, 3.4, paint, 'branch', 1.6);
    cactus.rect(-10.4, -17, 3.4, 9, paint, 'branch', 1.7);
  }
  cactus.rect(-3, -26, 6, 26.6, paint, 'stem', 3);
  if (dice.chance(0.4)) cactus.ellipse(0, -26, 1.8, 1.4, flat(rgb(0xd86a9a)), 'stem');
}

/** A toadstool about 9 units high. */
export function drawMushroom(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const red = dice.chance(0.7) ? rgb(0xcf3f35) : rgb(0xb98552);
  const mushroom = penFor(stage, 'mushroom', spot);
  groundShadow(stage, spot, 8);
  mushroom.rect(-1.6, -6, 3.2, 6.4, shaded(rgb(0xf0e6d2), 0.12, 1), 'stem', 1.2);
  mushroom.blob(
    [
      [-6.5, -5],
      [-5.5, -9],
      [0, -12],
      [5.5, -9],
      [6.5, -5],
      [0, -5.4],
    ],
    shaded(red, 0.18),
    'cap',
  );
  for (const [x, y] of [
    [-2.6, -7.4],
    [0.6, -8.8],
    [2.8, -6.8],
  ])
    mushroom.ellipse(x, y, 0.8, 0.7, flat(lighter(red, 0.85)), 'cap');
}

/** A house plant in a vase, about 16 units high. */
export function drawPlant(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const green = dice.pick([rgb(0x4b8c50), rgb(0x5f9f4a), rgb(0x3f7d62)]);
  const plant = penFor(stage, 'plant', spot);
  for (const [x, y] of [
    [-6, -12],
    [6, -12],
    [-3.6, -16],
    [3.6, -16],
    [0, -18],
  ]) {
    const tip = x + dice.between(-1, 1);
    plant.blob(
      [
        [0, -5],
        [tip - 2.2, y * 0.75],
        [tip, y - 1.5],
        [tip + 2.2, y * 0.75],
      ],
      shaded(green, 0.2),
      'leaves',
    );
  }
  plant.polygon(
    [
      [-4, -6.5],
      [4, -6.5],
      [3, 0.3],
      [-3, 0.3],
    ],
    shaded(dice.pick([rgb(0xc8714a), rgb(0xe9e4da), rgb(0x5b7fa6)]), 0.18, 0.9),
    'vase',
  );
  plant.rect(-4.5, -7.2, 9, 1.8, shaded(rgb(0xb9653f), 0.1), 'vase', 0.6);
}
