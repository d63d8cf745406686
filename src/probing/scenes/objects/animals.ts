import { flat, shaded, woven } from '../raster/paint.ts';
import { darker, lighter, rgb } from '../raster/rgb.ts';
import { groundShadow, penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

/** A cow about 32 units long and 21 high. */
export function drawCow(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const [coat, patch] = dice.pick([
    [rgb(0xf2eee6), rgb(0x33302f)],
    [rgb(0xf2eee6), rgb(0x33302f)],
    [rgb(0xf3eadc), rgb(0x8d5634)],
  ]);
  const paint = shaded(coat, 0.14);
  const cow = penFor(stage, 'cow', spot);
  groundShadow(stage, spot, 32, 0.45);
  for (const x of [-9.5, 6]) cow.rect(x, -9, 2.6, 8.6, shaded(darker(coat, 0.25)), 'leg');
  cow.stroke([-13, -16], [-15.5, -6.5], 1.2, flat(darker(coat, 0.3)), 'tail');
  cow.ellipse(-15.6, -6, 1.3, 2, flat(patch), 'tail');
  cow.blob(
    [
      [-14, -9],
      [-14, -18.5],
      [-4, -18],
      [9, -19],
      [13, -14],
      [10, -7.6],
      [-4, -6.6],
    ],
    paint,
    'torso',
  );
  cow.blob(
    [
      [-11, -17.6],
      [-4, -17.8],
      [-3, -12],
      [-8, -9.4],
      [-12, -12],
    ],
    flat(patch),
    'torso',
  );
  cow.blob(
    [
      [3, -18],
      [9, -18.2],
      [9.5, -12],
      [4, -11.5],
    ],
    flat(patch),
    'torso',
  );
  cow.ellipse(-5.5, -6.9, 2.8, 1.6, flat(rgb(0xe4a39a)), 'torso');
  for (const x of [-12.6, 9]) cow.rect(x, -9, 2.8, 9.4, paint, 'leg');
  for (const x of [-12.6, 9]) cow.rect(x, -1.2, 2.8, 1.7, flat(rgb(0x3a3330)), 'leg');
  cow.blob(
    [
      [10, -20],
      [15.5, -21.5],
      [18.5, -17],
      [17.5, -12.6],
      [14, -13],
      [10, -16],
    ],
    paint,
    'head',
  );
  cow.blob(
    [
      [9.6, -19.4],
      [13, -21.4],
      [14.4, -18],
      [12, -15.6],
    ],
    flat(patch),
    'head',
  );
  cow.ellipse(17.2, -13.8, 2.4, 1.9, flat(rgb(0xe4a39a)), 'head');
  cow.stroke([13.4, -20.8], [12.8, -24], 1.3, flat(rgb(0xd9cdb0)), 'horn', 0.5);
  cow.stroke([15.6, -20.8], [17, -23.8], 1.3, flat(rgb(0xd9cdb0)), 'horn', 0.5);
  cow.ellipse(15.4, -18, 0.7, 0.8, flat(rgb(0x1f1c1c)), 'head');
}

/** A sheep about 18 units long and 14 high. */
export function drawSheep(stage: Stage, spot: Spot): void {
  const wool = stage.dice.pick([rgb(0xf4efe4), rgb(0xe9e2d4), rgb(0x6b5d54)]);
  const face = flat(rgb(0x3f3937));
  const sheep = penFor(stage, 'sheep', spot);
  groundShadow(stage, spot, 18, 0.45);
  for (const x of [-5.4, -2.6, 2.6, 5]) sheep.rect(x - 0.7, -5, 1.5, 5.3, face, 'leg');
  for (const [x, y, radius] of [
    [-5, -8, 3.8],
    [5, -8, 3.8],
    [0, -6.6, 4.4],
    [-2.6, -10.4, 3.6],
    [2.6, -10.4, 3.6],
  ]) {
    sheep.ellipse(x, y, radius, radius * 0.9, woven(shaded(wool, 0.1), 7, 2, 2), 'torso');
  }
  sheep.ellipse(8.6, -10.6, 2.3, 2.9, face, 'head');
  sheep.ellipse(6.9, -11.8, 1.6, 0.8, face, 'head');
  sheep.ellipse(8, -13, 2.3, 1.4, flat(lighter(wool, 0.1)), 'head');
}

/** A one-humped camel about 32 units long and 30 high. */
export function drawCamel(stage: Stage, spot: Spot): void {
  const coat = stage.dice.pick([rgb(0xb98550), rgb(0xa87445), rgb(0xc79862)]);
  const paint = shaded(coat, 0.16);
  const far = shaded(darker(coat, 0.25), 0.1);
  const camel = penFor(stage, 'camel', spot);
  groundShadow(stage, spot, 28, 0.45);
  for (const x of [-7, 6]) camel.stroke([x, -13], [x + 0.6, 0.3], 2.6, far, 'leg', 1.8);
  camel.stroke([-12, -18], [-14, -10], 1.2, far, 'tail', 0.8);
  camel.blob(
    [
      [-6, -18],
      [-2.6, -27],
      [1, -27.6],
      [5.6, -18],
    ],
    paint,
    'hump',
  );
  camel.stroke([9, -16.5], [15.4, -19], 5, paint, 'neck', 4);
  camel.stroke([14.6, -18], [15.6, -26.5], 3.8, paint, 'neck', 3);
  camel.blob(
    [
      [-13, -11],
      [-12.5, -20],
      [-2, -19.6],
      [9, -20],
      [12, -15],
      [8, -10.5],
      [-3, -11],
    ],
    paint,
    'torso',
  );
  for (const x of [-10.5, 8.6]) camel.stroke([x, -13], [x - 0.4, 0.4], 3, paint, 'leg', 2);
  camel.blob(
    [
      [14, -25.6],
      [14.5, -29.4],
      [18, -29],
      [21.4, -26.4],
      [20.6, -24.4],
      [16, -24.6],
    ],
    paint,
    'head',
  );
  camel.ellipse(17.4, -27.6, 0.6, 0.6, flat(rgb(0x2a211c)), 'head');
}

/** A deer about 24 units long and 28 high. */
export function drawDeer(stage: Stage, spot: Spot): void {
  const coat = stage.dice.pick([rgb(0x9a643a), rgb(0x87562f), rgb(0xa8744a)]);
  const paint = shaded(coat, 0.16);
  const far = shaded(darker(coat, 0.25), 0.1);
  const deer = penFor(stage, 'deer', spot);
  groundShadow(stage, spot, 22, 0.45);
  for (const x of [-5.4, 5]) deer.stroke([x, -10], [x + 0.8, 0.3], 2, far, 'leg', 1.3);
  deer.stroke([6.4, -14], [10, -21.5], 4.2, paint, 'neck', 2.8);
  deer.blob(
    [
      [-10, -9],
      [-9.6, -16],
      [0, -15.4],
      [8, -16.4],
      [9.4, -12],
      [6, -8.6],
      [-3, -9],
    ],
    paint,
    'torso',
  );
  for (const [x, y] of [
    [-6, -13.4],
    [-2.6, -13.8],
    [-4.4, -11.6],
    [0.6, -12.8],
  ])
    deer.ellipse(x, y, 0.8, 0.7, flat(lighter(coat, 0.65)), 'torso');
  for (const x of [-8.4, 6.6]) deer.stroke([x, -10.5], [x - 0.3, 0.4], 2.3, paint, 'leg', 1.4);
  deer.blob(
    [
      [8, -21],
      [9, -24.6],
      [12, -24.4],
      [15.6, -21.6],
      [14.6, -20],
      [10, -19.8],
    ],
    paint,
    'head',
  );
  deer.ellipse(11.6, -22.6, 0.6, 0.6, flat(rgb(0x231a15)), 'head');
  for (const side of [-1.6, 1.4]) {
    deer.stroke([9.8, -24], [9 + side * 1.6, -30.5], 0.9, flat(rgb(0x6e5138)), 'horn', 0.6);
    deer.stroke([9.4 + side * 0.8, -27.4], [9.4 + side * 2.6, -28.8], 0.8, flat(rgb(0x6e5138)), 'horn', 0.5);
  }
}
