import { flat, gradient, shaded, woven } from '../raster/paint.ts';
import { darker, lighter, mix, rgb } from '../raster/rgb.ts';
import type { Rgb } from '../raster/rgb.ts';
import { halo, penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

/** Wall down to `floorTop` and floor below it; the floor of boards or tiles. */
export function drawRoom(stage: Stage, wallColor: Rgb, floorTop: number, floorKind: 'boards' | 'tiles'): void {
  const { dice, canvas } = stage;
  const wall = penFor(stage, 'wall', { x: 0, y: 0, flip: false });
  wall.rect(0, 0, 112, floorTop + 1, woven(gradient(lighter(wallColor, 0.1), darker(wallColor, 0.08), 0.4), 3, 14, 9));
  const color =
    floorKind === 'boards'
      ? dice.pick([rgb(0xb98a5c), rgb(0xa0714a), rgb(0xc9a27a)])
      : dice.pick([rgb(0xd9d2c6), rgb(0xb5bbbd), rgb(0xc7a38a)]);
  const floor = penFor(stage, 'floor', { x: 0, y: 0, flip: false });
  const depth = 112 - floorTop;
  floor.rect(0, floorTop, 112, depth, woven(gradient(darker(color, 0.08), lighter(color, 0.08)), 5, 16, 3));
  const seam = flat(darker(color, 0.3), 0.55);
  for (let share = 0.12; share < 1; share += 0.1 + share * 0.28)
    floor.rect(0, floorTop + depth * share, 112, 0.8, seam);
  const columns = floorKind === 'tiles' ? 9 : 4;
  for (let i = -3; i <= columns + 3; i++) {
    const top = (i * 112) / columns;
    const bottom = 56 + (top - 56) * 1.7;
    floor.polygon(
      [
        [top, floorTop],
        [top + 0.7, floorTop],
        [bottom + 1, 112],
        [bottom, 112],
      ],
      seam,
    );
  }
  wall.rect(0, floorTop - 2.4, 112, 2.6, shaded(lighter(wallColor, 0.5), 0.06));
  canvas.glow(56, floorTop, 90, 6, rgb(0x2a2230), 0.18);
}

/** A window about 30 units wide and 32 high, its foot the lower edge; the sky of the picture's light behind it. */
export function drawWindow(stage: Stage, spot: Spot, curtains: boolean): void {
  const { dice, light } = stage;
  const window = penFor(stage, 'window', spot);
  const frame = shaded(dice.pick([rgb(0xf5f1e8), rgb(0xf5f1e8), rgb(0x9a7350)]), 0.08);
  halo(stage, spot.x, spot.y - 14, 32, lighter(light.horizon, 0.4), 0.35);
  window.rect(-15, -32, 30, 32, frame, 'frame', 0.8);
  for (const x of [-13, 0.8]) {
    for (const y of [-30, -14.6])
      window.rect(
        x,
        y,
        12.2,
        13,
        gradient(mix(light.zenith, light.horizon, y < -20 ? 0.1 : 0.6), light.horizon, 0.3),
        'pane',
      );
  }
  window.rect(-17, -1.4, 34, 2.8, frame, 'frame', 0.6);
  if (!curtains) return;
  const cloth = dice.pick([rgb(0xc96f6a), rgb(0x8aa58f), rgb(0xe0c9a0), rgb(0x8d7ba8), rgb(0x6f93b5)]);
  const curtain = penFor(stage, 'curtain', { ...spot, flip: false });
  curtain.rect(-20, -35, 40, 1.5, shaded(rgb(0x6a4a34), 0.12));
  for (const side of [-1, 1]) {
    curtain.polygon(
      [
        [side * 19, -34],
        [side * 7, -34],
        [side * 11.5, -14],
        [side * 12.4, 3],
        [side * 19.6, 3],
      ],
      woven(shaded(cloth, 0.16, 0.2), 12, 2, 60),
    );
  }
}

/** A picture on the wall, about 16 units wide; a landscape of three bands. */
export function drawPicture(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const picture = penFor(stage, 'picture', spot);
  picture.rect(-9, -14, 18, 14, shaded(dice.pick([rgb(0x6d4c33), rgb(0xc9a44f), rgb(0x38343a)]), 0.16), 'frame', 0.5);
  const [sky, middle, near] = dice.pick([
    [rgb(0xf2c79a), rgb(0xb57a86), rgb(0x5f4a70)],
    [rgb(0xc6e0ea), rgb(0x8ab59a), rgb(0x4f7f62)],
    [rgb(0xf3e9d2), rgb(0xd98f5f), rgb(0x9c4a3f)],
  ]);
  picture.rect(-7.4, -12.4, 14.8, 10.8, flat(sky), 'print');
  picture.polygon(
    [
      [-7.4, -6],
      [-2, -9.4],
      [2, -6.4],
      [7.4, -8.6],
      [7.4, -1.6],
      [-7.4, -1.6],
    ],
    flat(middle),
    'print',
  );
  picture.polygon(
    [
      [-7.4, -3.6],
      [0, -5],
      [7.4, -3],
      [7.4, -1.6],
      [-7.4, -1.6],
    ],
    flat(near),
    'print',
  );
  picture.ellipse(3, -10, 1.3, 1.3, flat(lighter(sky, 0.7)), 'print');
}

/** A round wall clock of 7 units radius, centred on the spot. */
export function drawClock(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const clock = penFor(stage, 'clock', spot);
  clock.ellipse(0, 0, 7, 7, shaded(dice.pick([rgb(0x6d4c33), rgb(0x3c3f48), rgb(0xb5483f)]), 0.16), 'dial');
  clock.ellipse(0, 0, 5.8, 5.8, shaded(rgb(0xf7f3e9), 0.06), 'dial');
  clock.stroke([0, 0], [dice.between(-3, 3), -3], 1.1, flat(rgb(0x2a2a30)), 'hand');
  clock.stroke([0, 0], [3, dice.between(-3, 3)], 0.9, flat(rgb(0x2a2a30)), 'hand');
}

/** An oval rug lying on the floor, about 50 units wide. */
export function drawRug(stage: Stage, spot: Spot): void {
  const color = stage.dice.pick([rgb(0xb5524a), rgb(0x5f7f96), rgb(0xc98f5a), rgb(0x7d9a72), rgb(0x8a6a94)]);
  const rug = penFor(stage, 'rug', spot);
  rug.ellipse(0, 0, 27, 7, woven(shaded(color, 0.08), 7, 2, 1));
  rug.ellipse(0, 0, 22, 5.4, woven(shaded(lighter(color, 0.4), 0.06), 7, 2, 1));
  rug.ellipse(0, 0, 18, 4.2, woven(shaded(color, 0.08), 7, 2, 1));
}
