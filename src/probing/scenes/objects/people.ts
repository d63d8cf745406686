import { flat, shaded } from '../raster/paint.ts';
import { darker, rgb } from '../raster/rgb.ts';
import type { Rgb } from '../raster/rgb.ts';
import { groundShadow, penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

const skins = [rgb(0xf0c7a3), rgb(0xd9a27a), rgb(0xa8714f), rgb(0x7a4e38)];
const hairs = [rgb(0x3b2a22), rgb(0x6a4526), rgb(0x1f1c22), rgb(0xb5763a), rgb(0x8a8a8e)];
const shirts: Rgb[] = [
  rgb(0xc8503f),
  rgb(0x5479a8),
  rgb(0xf0ece2),
  rgb(0x5f9468),
  rgb(0x8a5fa0),
  rgb(0xd98ba4),
  rgb(0xcf7f3c),
];
const trousers = [rgb(0x3f4a66), rgb(0x4a4540), rgb(0x7a6a55), rgb(0x2f3038)];

/** A standing or walking person, about 26 units high. */
export function drawPerson(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const skin = dice.pick(skins);
  const hair = shaded(dice.pick(hairs), 0.12);
  const shirt = dice.pick(shirts);
  const cloth = dice.pick(trousers);
  const step = dice.between(0.6, 2.6);
  const swing = dice.between(1, 3.4);
  const person = penFor(stage, 'person', spot);
  groundShadow(stage, spot, 11, 0.5);
  const long = dice.chance(0.35);
  person.stroke([2.8, -16.6], [2.8 + swing, -10], 2, shaded(darker(shirt, 0.15)), 'arm', 1.7);
  person.stroke([-1.2, -9.5], [-1.2 - step, 0.3], 3, shaded(darker(cloth, 0.15)), 'leg', 2.3);
  person.stroke([1.2, -9.5], [1.2 + step, 0.3], 3, shaded(cloth), 'leg', 2.3);
  if (long) person.ellipse(-0.6, -20.4, 3, 4.2, hair, 'hair');
  person.blob(
    [
      [-4.4, -18.6],
      [0, -19.4],
      [4.4, -18.6],
      [3.6, -13],
      [3.8, -8],
      [-3.8, -8],
      [-3.6, -13],
    ],
    shaded(shirt, 0.16),
    'torso',
  );
  person.stroke([-2.8, -16.6], [-2.8 - swing, -10], 2.1, shaded(darker(shirt, 0.08)), 'arm', 1.8);
  person.ellipse(-3 - swing, -9.4, 1.2, 1.2, flat(skin), 'arm');
  person.rect(-1, -19.6, 2, 2.4, flat(darker(skin, 0.1)), 'head');
  person.ellipse(0, -22, 2.8, 3.2, shaded(skin, 0.1), 'head');
  person.blob(
    [
      [-3.3, -21.4],
      [-3.2, -25],
      [0, -26.6],
      [3.2, -25],
      [2.8, -23.2],
      [0, -23.6],
    ],
    hair,
    'hair',
  );
}
