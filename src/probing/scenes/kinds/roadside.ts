import { daylight } from '../light.ts';
import type { Light } from '../light.ts';
import { flat, gradient, woven } from '../raster/paint.ts';
import { darker, lighter, mix, rgb } from '../raster/rgb.ts';
import { drawBuilding, drawHouse } from '../objects/buildings.ts';
import { drawGround } from '../objects/ground.ts';
import { drawBench, drawStreetLamp, drawTrafficLight } from '../objects/outdoors.ts';
import { drawPerson } from '../objects/people.ts';
import { drawBush } from '../objects/plants.ts';
import { drawSky } from '../objects/sky.ts';
import { drawTree } from '../objects/trees.ts';
import { carColors, drawBus, drawCar, taxiYellow } from '../objects/vehicles.ts';
import { penFor } from '../stage.ts';
import type { Stage } from '../stage.ts';
import type { Canvas } from '../raster/canvas.ts';
import type { Dice } from '../random.ts';

/** A road with cars before houses. With `taxis`, most cars are yellow, and at least one; otherwise none is. */
export function drawRoadside(canvas: Canvas, dice: Dice, taxis: boolean): Light {
  const stage: Stage = { canvas, dice, light: daylight(dice) };
  const curb = dice.between(58, 66);
  drawSky(stage, curb);
  drawFronts(stage, curb);
  drawRoad(stage, curb);
  const standing = dice.whole(1, 3);
  for (let i = 0; i < standing; i++) {
    const x = dice.between(8, 104);
    const y = curb + dice.between(1, 6);
    dice.pick([drawTree, drawPerson, drawStreetLamp, drawTrafficLight, drawBench, drawBush, drawPerson])(stage, {
      x,
      y,
      scale: dice.between(0.85, 1.1),
    });
  }
  const farCars = dice.whole(0, 1);
  const nearCars = dice.whole(1, 2);
  const cars = farCars + nearCars;
  const yellow = dice.whole(0, cars - 1);
  const color = (i: number) => (taxis && (i === yellow || dice.chance(0.6)) ? taxiYellow : dice.pick(carColors));
  if (dice.chance(0.18))
    drawBus(stage, { x: dice.between(24, 88), y: curb + dice.between(14, 17), scale: dice.between(0.8, 1) });
  for (let i = 0; i < farCars; i++)
    drawCar(
      stage,
      { x: dice.between(16, 96), y: curb + dice.between(14, 19), scale: dice.between(0.9, 1.05) },
      color(i),
    );
  const middle = nearCars === 1 ? dice.between(30, 82) : dice.between(22, 32);
  for (let i = 0; i < nearCars; i++) {
    drawCar(
      stage,
      { x: middle + i * dice.between(54, 62), y: dice.between(96, 107), scale: dice.between(1.15, 1.4) },
      color(farCars + i),
    );
  }
  return stage.light;
}

function drawFronts(stage: Stage, curb: number): void {
  const { dice, light } = stage;
  const town = dice.chance(0.65);
  const base = curb + 1;
  if (!town)
    drawGround(
      stage,
      'grass',
      curb - 8,
      woven(gradient(mix(rgb(0x86b060), light.horizon, 0.3), rgb(0x7aa552)), 8, 4, 2),
      4,
    );
  for (let x = dice.between(-8, 6); x < 118;) {
    if (town) {
      const width = dice.between(18, 30);
      drawBuilding(stage, { x: x + width / 2, y: base, flip: false }, width, dice.between(28, 52));
      x += width + (dice.chance(0.3) ? 8 : 0.5);
    } else {
      if (dice.chance(0.7)) drawHouse(stage, { x: x + 14, y: base - 1, scale: dice.between(0.9, 1.1) });
      else drawTree(stage, { x: x + 14, y: base, scale: dice.between(0.8, 1.1) });
      x += dice.between(30, 38);
    }
  }
}

function drawRoad(stage: Stage, curb: number): void {
  const { dice } = stage;
  const stone = dice.pick([rgb(0xb9b4ad), rgb(0xc4baa9), rgb(0xa9adb2)]);
  drawGround(stage, 'sidewalk', curb, woven(gradient(stone, darker(stone, 0.08)), 5, 5, 2));
  const asphalt = dice.pick([rgb(0x6b6d74), rgb(0x7b7a7d), rgb(0x5d6069)]);
  const top = curb + 8;
  drawGround(stage, 'road', top, woven(gradient(lighter(asphalt, 0.1), darker(asphalt, 0.1)), 6, 8, 2));
  const road = penFor(stage, 'road', { x: 0, y: top, flip: false });
  road.rect(0, 0, 112, 1.4, flat(darker(stone, 0.45)));
  const line = top + dice.between(14, 18);
  for (let x = dice.between(-16, 0); x < 112; x += 20)
    road.polygon(
      [
        [x, line - top],
        [x + 11, line - top],
        [x + 10, line - top + 1.9],
        [x - 1.2, line - top + 1.9],
      ],
      flat(rgb(0xe6e6e2), 0.85),
    );
}
