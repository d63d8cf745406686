import { daylight } from '../light.ts';
import type { Light } from '../light.ts';
import { woven, gradient } from '../raster/paint.ts';
import { darker, lighter, rgb } from '../raster/rgb.ts';
import { drawFishingBoat, drawSailboat } from '../objects/boats.ts';
import { drawHouse, drawLighthouse } from '../objects/buildings.ts';
import { blueWater, drawGround, drawHills, drawRock, drawWater, grassPaint, greenWater } from '../objects/ground.ts';
import { drawBench, drawPier, drawStreetLamp } from '../objects/outdoors.ts';
import { drawPerson } from '../objects/people.ts';
import { drawBush } from '../objects/plants.ts';
import { drawSky } from '../objects/sky.ts';
import { drawPine, drawTree } from '../objects/trees.ts';
import type { Stage } from '../stage.ts';
import type { Canvas } from '../raster/canvas.ts';
import type { Dice } from '../random.ts';

/** Boats on water between a far shore and a near quay. With `blue` the water is blue, otherwise green. */
export function drawWaterside(canvas: Canvas, dice: Dice, blue: boolean): Light {
  const stage: Stage = { canvas, dice, light: daylight(dice) };
  const shore = dice.between(44, 52);
  const quay = shore + dice.between(28, 36);
  drawSky(stage, shore);
  const hills = dice.pick([rgb(0x6f9a72), rgb(0x7f9a68), rgb(0x8a8f80)]);
  drawHills(stage, shore - dice.between(14, 20), 9, hills, 0.45);
  drawGround(stage, 'grass', shore - 4, woven(gradient(rgb(0x86a860), rgb(0x6f9350)), 8, 4, 2), 3);
  for (let x = dice.between(0, 14); x < 112; x += dice.between(17, 32)) {
    const spot = { x, y: shore + dice.between(-1, 0.6), scale: dice.between(0.5, 0.7) };
    dice.pick([drawHouse, drawHouse, drawTree, drawPine])(stage, spot);
  }
  drawWater(stage, shore, quay + 4, blue ? blueWater(stage) : greenWater(stage));
  const boats = dice.whole(1, 3);
  const places = dice.shuffled([18, 54, 90]);
  for (let i = 0; i < boats; i++) {
    const depth = (i + 1) / boats;
    const spot = {
      x: places[i] + dice.between(-8, 8),
      y: shore + 7 + (quay - shore - 12) * depth * dice.between(0.75, 1),
      scale: 0.6 + 0.4 * depth,
    };
    dice.pick([drawSailboat, drawFishingBoat])(stage, spot);
  }
  const near = dice.pick(['planks', 'stone', 'grass'] as const);
  if (near === 'planks') drawPier(stage, quay);
  else if (near === 'grass') drawGround(stage, 'grass', quay - 2, grassPaint(stage), 5);
  else drawGround(stage, 'sidewalk', quay, stonePaint(stage));
  const standing = dice.whole(1, 3);
  for (let i = 0; i < standing; i++) {
    const spot = { x: dice.between(10, 102), y: dice.between(quay + 6, 108), scale: dice.between(0.9, 1.2) };
    dice.pick([drawPerson, drawPerson, drawStreetLamp, drawBench, drawBush, drawRock, drawLighthouse])(stage, spot);
  }
  return stage.light;
}

function stonePaint(stage: Stage) {
  const stone = stage.dice.pick([rgb(0xb7afa4), rgb(0xa3a5a8), rgb(0xc2b198)]);
  return woven(gradient(lighter(stone, 0.12), darker(stone, 0.12)), 8, 6, 3);
}
