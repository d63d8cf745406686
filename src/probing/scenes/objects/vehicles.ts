import { flat, gradient, shaded } from '../raster/paint.ts';
import type { Pen } from '../pen.ts';
import { darker, lighter, rgb } from '../raster/rgb.ts';
import type { Rgb } from '../raster/rgb.ts';
import { groundShadow, penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

/** Colours of cars other than yellow. */
export const carColors = [
  rgb(0xc23b3b),
  rgb(0x3f6fb5),
  rgb(0xe9e9ec),
  rgb(0x4d8a5c),
  rgb(0x5a5e6b),
  rgb(0x7f4c8f),
  rgb(0xd9dbe0),
];

/** The yellow of taxis. */
export const taxiYellow = rgb(0xf4c322);

const glass = gradient(rgb(0x3f5468), rgb(0xa3bac8), 0.6);

/** A car about 36 units long and 16 high, seen from the side. */
export function drawCar(stage: Stage, spot: Spot, color: Rgb): void {
  const car = penFor(stage, 'car', spot);
  groundShadow(stage, spot, 40, 0.6);
  const paint = shaded(color, 0.16, 0.15);
  const round = stage.dice.chance(0.5);
  if (round)
    car.blob(
      [
        [-14, -8],
        [-12, -17.5],
        [2, -18.5],
        [9, -15],
        [14, -8],
        [0, -6],
      ],
      paint,
      'body',
    );
  else
    car.polygon(
      [
        [-14, -8],
        [-11, -16],
        [5, -16],
        [11.5, -9.5],
        [11.5, -8],
      ],
      paint,
      'body',
    );
  car.blob(
    [
      [-19, -3],
      [-19.5, -9.5],
      [-14, -10.8],
      [8, -10.8],
      [17, -9.6],
      [19.5, -6.5],
      [19, -2],
      [0, -2],
    ],
    paint,
    'body',
  );
  car.polygon(
    [
      [-11, -9.8],
      [-9, -14.4],
      [-2.6, -14.4],
      [-2.6, -9.8],
    ],
    glass,
    'windshield',
  );
  car.polygon(
    [
      [-1, -9.8],
      [-1, -14.4],
      [4.2, -14.4],
      [8.4, -9.8],
    ],
    glass,
    'windshield',
  );
  car.rect(-17.5, -5.2, 35, 0.9, flat(darker(color, 0.3)), 'body');
  car.rect(16.2, -8.2, 2.4, 2.2, flat(rgb(0xfff6d8)), 'headlight', 0.8);
  car.rect(-18.8, -8.2, 1.8, 2.2, flat(rgb(0xb8323a)), 'headlight', 0.6);
  drawWheel(car, -10.5, -3, 4.2);
  drawWheel(car, 10.5, -3, 4.2);
}

/** A bus about 58 units long and 26 high, seen from the side. */
export function drawBus(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const color = dice.pick([rgb(0xb93a3a), rgb(0x3f8068), rgb(0x5577a8), rgb(0xd8d4cc)]);
  const bus = penFor(stage, 'bus', spot);
  groundShadow(stage, spot, 60, 0.6);
  bus.rect(-29, -26, 58, 24, shaded(color, 0.14, 0.15), 'body', 3);
  bus.rect(-26, -27.4, 52, 2.4, shaded(lighter(color, 0.3), 0.1), 'roof', 1);
  for (let i = 0; i < 5; i++) bus.rect(-26.4 + i * 8.8, -22.5, 7.4, 8, glass, 'pane', 1);
  bus.rect(18.6, -22.5, 7, 19, gradient(rgb(0x51667a), rgb(0xa3bac8), 0.4), 'door', 0.8);
  bus.rect(-28.6, -11, 46, 2.2, flat(lighter(color, 0.65)), 'body');
  bus.rect(26.4, -7.6, 2.2, 2.4, flat(rgb(0xfff6d8)), 'headlight', 0.8);
  drawWheel(bus, -17, -3, 4.6);
  drawWheel(bus, 12.5, -3, 4.6);
}

/** A tractor about 32 units long and 28 high. */
export function drawTractor(stage: Stage, spot: Spot): void {
  const color = stage.dice.pick([rgb(0xc8372f), rgb(0x4c9140), rgb(0x3e6db0)]);
  const tractor = penFor(stage, 'tractor', spot);
  groundShadow(stage, spot, 38, 0.5);
  const paint = shaded(color, 0.18, 0.2);
  tractor.rect(7.4, -23, 1.8, 9, shaded(rgb(0x4a4a52), 0.15, 1), 'exhaust');
  tractor.rect(-1, -15.5, 18, 8.4, paint, 'body', 2);
  tractor.rect(-12.6, -26, 13.2, 14, paint, 'cab', 1.4);
  tractor.polygon(
    [
      [-10.8, -14],
      [-10.8, -23.6],
      [-1.6, -23.6],
      [-0.8, -14],
    ],
    gradient(rgb(0x5a7388), rgb(0xb4c8d2), 0.6),
    'windshield',
  );
  tractor.rect(-14, -28, 16, 2.6, shaded(darker(color, 0.2), 0.1), 'cab', 1);
  tractor.rect(10.6, -13.5, 5, 0.9, flat(darker(color, 0.4)), 'body');
  tractor.rect(10.6, -11.5, 5, 0.9, flat(darker(color, 0.4)), 'body');
  drawWheel(tractor, -8, -8, 8.6, rgb(0xe0b040));
  drawWheel(tractor, 12, -4.6, 5, rgb(0xe0b040));
}

function drawWheel(pen: Pen, x: number, y: number, radius: number, rim: Rgb = rgb(0xc6cad0)): void {
  pen.ellipse(x, y, radius, radius, shaded(rgb(0x2c2d33), 0.1), 'wheel');
  pen.ellipse(x, y, radius * 0.5, radius * 0.5, shaded(rim, 0.15), 'wheel');
  pen.ellipse(x, y, radius * 0.18, radius * 0.18, flat(rgb(0x4a4c55)), 'wheel');
}
