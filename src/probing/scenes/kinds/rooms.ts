import { roomLight } from '../light.ts';
import type { Light } from '../light.ts';
import { rgb } from '../raster/rgb.ts';
import { drawBed, drawChair, drawLamp, drawNightstand, drawPendant, drawTable } from '../objects/furniture.ts';
import { drawCabinet, drawCupboard, drawFridge, drawFruit, drawPot, drawStove } from '../objects/kitchenware.ts';
import { drawPlant } from '../objects/plants.ts';
import { drawClock, drawPicture, drawRoom, drawRug, drawWindow } from '../objects/room.ts';
import type { Stage } from '../stage.ts';
import type { Canvas } from '../raster/canvas.ts';
import type { Dice } from '../random.ts';

/** A kitchen: a row of cabinets, stove and refrigerator along the wall, often a table before it. */
export function drawKitchen(canvas: Canvas, dice: Dice): Light {
  const stage: Stage = { canvas, dice, light: roomLight(dice) };
  const floor = dice.between(80, 86);
  drawRoom(
    stage,
    dice.pick([rgb(0xe9dcc0), rgb(0xcfdcd2), rgb(0xdcd3d0), rgb(0xe6c9a8), rgb(0xc5d3da)]),
    floor,
    dice.pick(['tiles', 'tiles', 'boards']),
  );
  const front = dice.pick([rgb(0xf0ece2), rgb(0x7a9a8a), rgb(0xb98a5c), rgb(0x8296a8), rgb(0xc9806a)]);
  const window = { x: dice.between(40, 72), y: floor - 37, scale: 0.9 };
  drawWindow(stage, window, dice.chance(0.4));
  const base = floor + 3;
  const widths = { fridge: 25, stove: 26, cabinet: 30, long: 41 };
  let x = dice.between(-8, 0);
  for (const item of dice.shuffled(['fridge', 'stove', 'cabinet', 'long'] as const)) {
    const middle = x + widths[item] / 2;
    x += widths[item];
    if (item === 'fridge') drawFridge(stage, { x: middle, y: base });
    else if (item === 'stove') {
      drawStove(stage, { x: middle, y: base });
      if (dice.chance(0.75)) drawPot(stage, { x: middle + dice.pick([-5, 5]), y: base - 28.4, scale: 0.9 });
    } else {
      drawCabinet(stage, { x: middle, y: base }, widths[item] - 0.5, front);
      dice.pick([drawPlant, drawFruit, drawPot])(stage, {
        x: middle + dice.between(-6, 6),
        y: base - 27,
        scale: dice.between(0.8, 1),
      });
    }
  }
  if (dice.chance(0.6)) drawCupboard(stage, { x: dice.pick([10, 102]), y: floor - 46 }, 24, front);
  if (dice.chance(0.5)) drawClock(stage, { x: dice.pick([22, 90]), y: dice.between(12, 16) });
  if (dice.chance(0.55)) {
    const spot = { x: dice.between(28, 84), y: dice.between(104, 109), scale: dice.between(1, 1.15) };
    drawChair(stage, { x: spot.x - 27, y: spot.y - 2, flip: false });
    drawChair(stage, { x: spot.x + 27, y: spot.y - 2, flip: true });
    drawTable(stage, spot);
    dice.pick([drawFruit, drawPlant, drawPot])(stage, { x: spot.x, y: spot.y - 20.4 * spot.scale, scale: 0.95 });
  }
  if (dice.chance(0.4)) drawPendant(stage, { x: dice.between(20, 92), y: dice.between(15, 20) });
  return stage.light;
}

/** A bedroom: a bed, a nightstand with a lamp, a window, pictures, a rug. */
export function drawBedroom(canvas: Canvas, dice: Dice): Light {
  const stage: Stage = { canvas, dice, light: roomLight(dice) };
  const floor = dice.between(74, 82);
  drawRoom(
    stage,
    dice.pick([rgb(0xc9d6d8), rgb(0xe3cfc0), rgb(0xd3c9dc), rgb(0xdfe0c6), rgb(0xb9c7d9), rgb(0xe6d3a8)]),
    floor,
    'boards',
  );
  const left = dice.chance(0.5);
  const bedX = left ? dice.between(38, 46) : dice.between(66, 74);
  drawWindow(stage, { x: dice.between(30, 82), y: floor - dice.between(28, 33) }, dice.chance(0.7));
  if (dice.chance(0.6))
    drawPicture(stage, { x: dice.pick([14, 98]), y: dice.between(26, 36), scale: dice.between(0.9, 1.2) });
  else if (dice.chance(0.5)) drawClock(stage, { x: dice.pick([14, 98]), y: dice.between(16, 26) });
  if (dice.chance(0.6)) drawRug(stage, { x: dice.between(36, 76), y: dice.between(99, 105) });
  const bedY = floor + dice.between(8, 13);
  const standX = left ? bedX + 49 : bedX - 49;
  drawNightstand(stage, { x: standX, y: bedY - 1 });
  dice.pick([drawLamp, drawLamp, drawLamp, drawPlant])(stage, { x: standX, y: bedY - 17 });
  drawBed(stage, { x: bedX, y: bedY, scale: 1.15, flip: !left });
  if (dice.chance(0.4)) drawChair(stage, { x: dice.pick([16, 96]), y: dice.between(104, 110), scale: 1.15 });
  else if (dice.chance(0.5)) drawPlant(stage, { x: dice.pick([12, 100]), y: dice.between(102, 109), scale: 1.4 });
  if (dice.chance(0.3)) drawPendant(stage, { x: dice.between(30, 82), y: dice.between(12, 16) });
  return stage.light;
}
