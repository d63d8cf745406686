import { anyLight } from '../light.ts';
import type { Light } from '../light.ts';
import { gradient, woven } from '../raster/paint.ts';
import { darker, mix, rgb } from '../raster/rgb.ts';
import { drawDeer } from '../objects/animals.ts';
import { drawHouse } from '../objects/buildings.ts';
import { drawGround, drawHills, drawPath, drawPond, drawRock, grassPaint, greenWater } from '../objects/ground.ts';
import { drawMountain } from '../objects/mountains.ts';
import { drawPerson } from '../objects/people.ts';
import { drawBush, drawFlower, drawMushroom } from '../objects/plants.ts';
import { drawSky } from '../objects/sky.ts';
import { drawPine, drawTree } from '../objects/trees.ts';
import type { Stage } from '../stage.ts';
import type { Canvas } from '../raster/canvas.ts';
import type { Dice } from '../random.ts';

/** Rows of trees behind one another, with deer, toadstools, bushes. */
export function drawForest(canvas: Canvas, dice: Dice): Light {
  const stage: Stage = { canvas, dice, light: anyLight(dice) };
  const horizon = dice.between(50, 58);
  drawSky(stage, horizon);
  const moss = dice.pick([rgb(0x55804a), rgb(0x6a8a48), rgb(0x7a7f4c)]);
  drawHills(stage, horizon - 24, 10, rgb(0x4f7a5c), 0.45);
  drawGround(
    stage,
    'grass',
    horizon - 2,
    woven(gradient(mix(moss, stage.light.horizon, 0.25), darker(moss, 0.2)), 11, 4, 2),
    4,
  );
  const kinds = dice.pick([[drawPine], [drawPine, drawPine, drawTree], [drawTree], [drawTree, drawPine]]);
  const rows = 3;
  for (let row = 0; row < rows; row++) {
    const y = horizon + 3 + row * dice.between(8, 11);
    const scale = 0.72 + row * 0.26;
    for (let x = dice.between(-8, 6); x < 118; x += dice.between(13, 19) * (0.8 + row * 0.5)) {
      dice.pick(kinds)(stage, { x, y: y + dice.between(-2, 2), scale: scale * dice.between(0.88, 1.12) });
    }
  }
  if (dice.chance(0.4)) drawPath(stage, horizon + 22, rgb(0x9a7f5f));
  const things = dice.whole(2, 4);
  for (let i = 0; i < things; i++) {
    const y = 86 + (i + dice.between(0.2, 1)) * (22 / things);
    dice.pick([drawDeer, drawDeer, drawMushroom, drawMushroom, drawBush, drawRock])(stage, {
      x: dice.between(12, 100),
      y,
      scale: dice.between(0.9, 1.25),
    });
  }
  return stage.light;
}

/** Peaks over a valley with pines, rocks, sometimes a hut or a tarn. */
export function drawMountains(canvas: Canvas, dice: Dice): Light {
  const stage: Stage = { canvas, dice, light: anyLight(dice) };
  const foot = dice.between(62, 72);
  drawSky(stage, foot + 14);
  const peaks = dice.whole(2, 3);
  for (let i = 0; i < peaks; i++)
    drawMountain(
      stage,
      (i + dice.between(0.2, 0.8)) * (112 / peaks),
      foot + 4,
      dice.between(26, 38),
      0.5,
      dice.chance(0.7),
    );
  drawMountain(stage, dice.between(30, 82), foot + 6, dice.between(44, 58), 0.12, dice.chance(0.8));
  drawHills(stage, foot - 4, 7, rgb(0x6a8a62), 0.25);
  drawGround(stage, 'grass', foot + 3, grassPaint(stage), 6);
  const tarn = stage.light.disc !== 'moon' && dice.chance(0.35);
  if (tarn) drawPond(stage, dice.between(30, 82), dice.between(88, 98), dice.between(40, 60), greenWater(stage));
  for (let i = dice.whole(3, 6); i > 0; i--)
    drawPine(stage, { x: dice.between(2, 110), y: foot + 12 - i + dice.between(0, 4), scale: dice.between(0.4, 0.6) });
  if (dice.chance(0.35)) drawHouse(stage, { x: dice.between(20, 92), y: foot + 16, scale: dice.between(0.6, 0.8) });
  const things = dice.whole(1, 4);
  for (let i = 0; i < things; i++) {
    const y = foot + 18 + (i + dice.between(0.2, 1)) * ((108 - foot - 18) / things);
    dice.pick([drawPine, drawPine, drawRock, drawRock, drawPerson, drawFlower])(stage, {
      x: tarn ? dice.pick([10, 100]) + dice.between(-6, 6) : dice.between(8, 104),
      y,
      scale: dice.between(0.85, 1.15),
    });
  }
  return stage.light;
}
