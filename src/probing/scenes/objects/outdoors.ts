import { flat, gradient, shaded, woven } from '../raster/paint.ts';
import { darker, lighter, rgb } from '../raster/rgb.ts';
import { groundShadow, halo, penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';
import type { Point } from '../raster/shapes.ts';

/** An open parasol about 34 units wide and 30 high, with striped canopy. */
export function drawUmbrella(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const color = dice.pick([rgb(0xd8473f), rgb(0x3f7fc0), rgb(0xe58a2e), rgb(0xd9628f), rgb(0x3f9a78), rgb(0x8059a8)]);
  const other = dice.pick([rgb(0xf7f2e6), rgb(0xf6dfa0), rgb(0xf7f2e6)]);
  const umbrella = penFor(stage, 'umbrella', spot);
  groundShadow(stage, { ...spot, x: spot.x + 6 }, 32, 0.4);
  umbrella.stroke([0, 0.4], [1.4, -28], 1.4, shaded(rgb(0x8a6a4c), 0.15, 1), 'pole', 1.2);
  const ribs = [-17, -10.6, -3.6, 4.4, 12, 19];
  const dome: Point[] = [
    [-17, -18],
    [-16, -24],
    [-9, -31],
    [1.6, -33],
    [12, -31],
    [18.4, -24],
    [19, -18],
  ];
  umbrella.blob([[-17.6, -16], ...dome, [19.6, -16]], shaded(color, 0.14), 'canopy');
  for (let i = 0; i + 1 < ribs.length; i++) {
    const paint = shaded(i % 2 === 0 ? color : other, 0.14);
    umbrella.polygon(
      [
        [1.4, -31],
        [1.4 + (ribs[i] - 1.4) * 0.78, -25.5],
        [ribs[i], -17.4],
        [ribs[i + 1], -17.4],
        [1.4 + (ribs[i + 1] - 1.4) * 0.78, -25.5],
      ],
      paint,
      'canopy',
    );
  }
  umbrella.ellipse(1.4, -31.8, 1.1, 1.4, flat(rgb(0xf3eee2)), 'canopy');
}

/** A towel lying on the ground, about 20 units long. */
export function drawTowel(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const color = dice.pick([rgb(0xd9705a), rgb(0x6a9a86), rgb(0xb07ab0), rgb(0xf1ece0), rgb(0xcf5d74)]);
  const towel = penFor(stage, 'towel', spot);
  towel.polygon(
    [
      [-11, 3],
      [-7, -3],
      [12, -3],
      [9, 3],
    ],
    shaded(color, 0.12),
  );
  towel.polygon(
    [
      [-6.4, 3],
      [-2.8, -3],
      [0.4, -3],
      [-2.8, 3],
    ],
    flat(lighter(color, 0.6)),
  );
}

/** A park bench about 24 units wide. */
export function drawBench(stage: Stage, spot: Spot): void {
  const wood = stage.dice.pick([rgb(0x9a6a42), rgb(0x7f5a3e), rgb(0x5f7a5a)]);
  const bench = penFor(stage, 'bench', spot);
  groundShadow(stage, spot, 24);
  for (const x of [-10, 8]) bench.rect(x, -6, 2, 6.4, flat(rgb(0x44454d)), 'leg');
  for (const y of [-14, -11]) bench.rect(-12, y, 24, 2.3, shaded(wood, 0.14), 'backrest', 0.6);
  for (const x of [-9.5, 8]) bench.rect(x, -14.5, 1.5, 9, flat(rgb(0x44454d)), 'backrest');
  bench.rect(-13, -7.4, 26, 2.6, shaded(lighter(wood, 0.12), 0.14), 'seat', 0.8);
}

/** A street lamp about 40 units high. */
export function drawStreetLamp(stage: Stage, spot: Spot): void {
  const lamp = penFor(stage, 'street lamp', spot);
  const iron = shaded(rgb(0x3f434d), 0.18, 1);
  groundShadow(stage, spot, 8);
  lamp.rect(-0.9, -34, 1.8, 34.4, iron, 'pole');
  lamp.rect(-2, -3, 4, 3.4, iron, 'pole', 0.6);
  lamp.polygon(
    [
      [-3.4, -40],
      [3.4, -40],
      [2, -33.6],
      [-2, -33.6],
    ],
    gradient(rgb(0xfff4cc), rgb(0xf4d98c)),
    'lantern',
  );
  lamp.polygon(
    [
      [-4.2, -39.6],
      [0, -43.4],
      [4.2, -39.6],
    ],
    iron,
    'pole',
  );
  halo(stage, spot.x, spot.y - 36.5 * (spot.scale ?? 1), 9 * (spot.scale ?? 1), rgb(0xfff0c0), 0.28);
}

/** A traffic light about 36 units high, one of its three lamps lit. */
export function drawTrafficLight(stage: Stage, spot: Spot): void {
  const lit = stage.dice.whole(0, 2);
  const light = penFor(stage, 'traffic light', spot);
  groundShadow(stage, spot, 8);
  light.rect(-1, -24, 2, 24.4, shaded(rgb(0x50545e), 0.18, 1), 'pole');
  light.rect(-4, -38, 8, 16, shaded(rgb(0x2e3038), 0.12, 1), 'signal', 1.4);
  const lamps = [rgb(0xe8453c), rgb(0xe98f2c), rgb(0x4cc070)];
  lamps.forEach((color, i) =>
    light.ellipse(0, -35 + i * 5, 1.9, 1.9, flat(i === lit ? color : darker(color, 0.62)), 'signal'),
  );
}

/** A landing stage of planks across the lower edge, from `top` down. */
export function drawPier(stage: Stage, top: number): void {
  const { dice } = stage;
  const wood = dice.pick([rgb(0xa07f5d), rgb(0x8d7460), rgb(0xb0936f)]);
  const pier = penFor(stage, 'pier', { x: 0, y: top, flip: false });
  pier.rect(0, 0, 112, 112 - top + 2, woven(gradient(lighter(wood, 0.14), darker(wood, 0.12)), 6, 14, 2));
  for (let i = 1, y = 3; top + y < 112; i++, y += 2.6 + i) pier.rect(0, y, 112, 0.8, flat(darker(wood, 0.4), 0.8));
  pier.rect(0, -1.2, 112, 2.2, shaded(lighter(wood, 0.2), 0.1));
}
