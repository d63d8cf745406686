import { flat, shaded, woven } from '../raster/paint.ts';
import { darker, lighter, rgb } from '../raster/rgb.ts';
import { groundShadow, penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

const bark = [rgb(0x7a5a3c), rgb(0x6b4f3a), rgb(0x86664a)];

/** A broad-leaved tree about 40 units high. */
export function drawTree(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const leaf = dice.pick([rgb(0x4f8f46), rgb(0x5c9a3e), rgb(0x3f8152), rgb(0x74a23f), rgb(0x4f8f46), rgb(0xd08a35)]);
  const tree = penFor(stage, 'tree', spot);
  groundShadow(stage, spot, 24);
  tree.polygon(
    [
      [-2.4, 0.6],
      [-1.5, -18],
      [1.5, -18],
      [2.6, 0.6],
    ],
    shaded(dice.pick(bark), 0.15, 1),
    'trunk',
  );
  tree.stroke([0, -14], [6, -22], 1.6, shaded(bark[0]), 'trunk', 0.8);
  const round = dice.chance(0.55);
  const puffs = round
    ? [
        [-7, -21, 7.5, 6.5],
        [7, -20, 7.5, 6.5],
        [0, -20, 9, 7],
        [-4.5, -28, 8, 7.5],
        [5, -28.5, 7.5, 7],
        [0, -34, 6.5, 5.5],
      ]
    : [
        [0, -16, 7, 5],
        [-3, -22, 7.5, 7],
        [3.5, -24, 7.5, 8],
        [0, -31, 7, 7.5],
        [0, -37, 4.6, 5.5],
      ];
  for (const [x, y, radiusX, radiusY] of puffs) {
    const shift = dice.between(-0.8, 0.8);
    tree.ellipse(x + shift, y, radiusX, radiusY, woven(shaded(leaf, 0.2), 9, 3, 3), 'leaves');
  }
  for (const [x, y, radiusX] of puffs.slice(-3)) {
    tree.ellipse(x - radiusX * 0.3, y - 2, radiusX * 0.45, 2.2, flat(lighter(leaf, 0.25), 0.6), 'leaves');
  }
}

/** A conifer about 42 units high. */
export function drawPine(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const green = dice.pick([rgb(0x2f6b4c), rgb(0x3a7650), rgb(0x2c5f55), rgb(0x447a45)]);
  const pine = penFor(stage, 'pine', spot);
  groundShadow(stage, spot, 18);
  pine.rect(-1.6, -8, 3.2, 8.6, shaded(dice.pick(bark), 0.15, 1), 'trunk');
  const tiers = 4;
  for (let i = 0; i < tiers; i++) {
    const low = -5 - i * 8.4;
    const half = 11 - i * 2.2;
    const sag = dice.between(0.4, 1.6);
    pine.polygon(
      [
        [0, low - 13],
        [half, low + sag],
        [half * 0.4, low - 1],
        [0, low + 0.8],
        [-half * 0.4, low - 1],
        [-half, low + sag],
      ],
      woven(shaded(green, 0.17, 0.7), 8, 3, 2),
      'needles',
    );
  }
}

/** A palm about 42 units high, leaning a little. */
export function drawPalm(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const green = dice.pick([rgb(0x4d9447), rgb(0x5f9c3d), rgb(0x3c8a55)]);
  const lean = dice.between(3, 9);
  const palm = penFor(stage, 'palm', spot);
  groundShadow(stage, spot, 18);
  const wood = shaded(rgb(0x9a7650), 0.18, 1);
  palm.polygon(
    [
      [-2.2, 0.6],
      [lean * 0.3 - 1.5, -16],
      [lean - 1.1, -33],
      [lean + 1.1, -33],
      [lean * 0.3 + 1.6, -16],
      [2.3, 0.6],
    ],
    wood,
    'trunk',
  );
  for (let i = 0; i < 5; i++) {
    const high = -4 - i * 5.6;
    const middle = lean * (high / -33) * (high / -33) * 0.8 + lean * 0.1;
    palm.stroke([middle - 1.7, high], [middle + 1.7, high + 0.5], 0.8, flat(rgb(0x7a5a3a), 0.7), 'trunk');
  }
  const fronds = [
    [-15, 5],
    [15, 5],
    [-16, -4],
    [16, -3.5],
    [-9, -11],
    [9, -11],
  ];
  for (const [x, y] of fronds) {
    const tipX = lean + x + dice.between(-2, 2);
    const tipY = -33 + y + dice.between(-1.5, 1.5);
    palm.blob(
      [
        [lean, -34.5],
        [lean + x * 0.35, -36 + y * 0.25 - 3.5],
        [tipX, tipY - 2.4],
        [tipX + x * 0.08, tipY + 3],
        [lean + x * 0.5, -33 + y * 0.3 + 0.5],
        [lean, -31.5],
      ],
      shaded(y < -5 ? lighter(green, 0.12) : darker(green, 0.08), 0.16),
      'frond',
    );
  }
  palm.ellipse(lean - 0.9, -31.6, 1.3, 1.3, flat(rgb(0x6a4526)), 'trunk');
  palm.ellipse(lean + 1.4, -31.2, 1.3, 1.3, flat(rgb(0x7a5230)), 'trunk');
}
