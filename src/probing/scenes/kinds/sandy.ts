import { daylight } from '../light.ts';
import type { Light } from '../light.ts';
import { rgb } from '../raster/rgb.ts';
import { drawCamel } from '../objects/animals.ts';
import { drawGround, drawHills, drawRock, drawWater, greenWater, sandPaint } from '../objects/ground.ts';
import { drawTowel, drawUmbrella } from '../objects/outdoors.ts';
import { drawPerson } from '../objects/people.ts';
import { drawCactus } from '../objects/plants.ts';
import { drawSky } from '../objects/sky.ts';
import { drawPalm } from '../objects/trees.ts';
import type { Stage } from '../stage.ts';
import type { Canvas } from '../raster/canvas.ts';
import type { Dice } from '../random.ts';

/** Sand before dunes, rocks or the sea, with palms, cacti, camels and people. With `umbrellas` one or two parasols stand there. */
export function drawSandy(canvas: Canvas, dice: Dice, umbrellas: boolean): Light {
  const stage: Stage = { canvas, dice, light: daylight(dice) };
  const horizon = dice.between(46, 58);
  drawSky(stage, horizon);
  if (dice.chance(0.5)) {
    if (dice.chance(0.4)) drawHills(stage, horizon - 9, 8, rgb(0xa08a78), 0.5);
    drawWater(stage, horizon - 2, horizon + 18, greenWater(stage));
    drawGround(stage, 'sand', horizon + dice.between(7, 10), sandPaint(stage), 4);
  } else {
    drawHills(
      stage,
      horizon - dice.between(10, 18),
      12,
      dice.pick([rgb(0xc08a5c), rgb(0xb5795c), rgb(0xd0a06a)]),
      0.25,
    );
    drawGround(stage, 'sand', horizon - 4, sandPaint(stage), 7);
    if (dice.chance(0.6)) drawGround(stage, 'sand', horizon + dice.between(12, 20), sandPaint(stage), 8);
  }
  const things = dice.whole(2, 4);
  const heights: number[] = [];
  for (let i = 0; i < things + (umbrellas ? 1 : 0); i++) heights.push(dice.between(horizon + 14, 108));
  heights.sort((a, b) => a - b);
  const shaded = umbrellas ? dice.whole(0, heights.length - 1) : -1;
  const second = umbrellas && dice.chance(0.5) ? dice.whole(0, heights.length - 1) : -1;
  heights.forEach((y, i) => {
    const scale = 0.62 + ((y - horizon) / (112 - horizon)) * 0.5;
    const spot = { x: dice.between(12, 100), y, scale };
    if (i === shaded || i === second) {
      drawUmbrella(stage, { ...spot, x: dice.between(20, 92), scale: scale * 1.1 });
      return;
    }
    dice.pick([drawPalm, drawPalm, drawCactus, drawCamel, drawPerson, drawPerson, drawTowel, drawRock])(stage, spot);
  });
  return stage.light;
}
