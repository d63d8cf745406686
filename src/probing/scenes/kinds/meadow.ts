import { daylight } from '../light.ts';
import type { Light } from '../light.ts';
import { rgb } from '../raster/rgb.ts';
import { drawCow, drawSheep } from '../objects/animals.ts';
import { drawFence, drawHouse } from '../objects/buildings.ts';
import { drawGround, drawHills, drawPath, drawPond, grassPaint, greenWater } from '../objects/ground.ts';
import { drawBench } from '../objects/outdoors.ts';
import { drawPerson } from '../objects/people.ts';
import { drawBush, drawFlower } from '../objects/plants.ts';
import { drawSky } from '../objects/sky.ts';
import { drawTree } from '../objects/trees.ts';
import { drawTractor } from '../objects/vehicles.ts';
import type { Spot, Stage } from '../stage.ts';
import type { Canvas } from '../raster/canvas.ts';
import type { Dice } from '../random.ts';

/** Grass with trees, houses, a path or a pond, sheep and people. With `farming` there are also cows, or a tractor. */
export function drawMeadow(canvas: Canvas, dice: Dice, farming: boolean): Light {
  const stage: Stage = { canvas, dice, light: daylight(dice) };
  const horizon = dice.between(42, 52);
  drawSky(stage, horizon);
  drawHills(stage, horizon - dice.between(8, 14), 9, dice.pick([rgb(0x7fa870), rgb(0x8fae6a), rgb(0x6f9a80)]), 0.35);
  drawGround(stage, 'grass', horizon - 3, grassPaint(stage), 5);
  for (let x = dice.between(0, 20); x < 112; x += dice.between(26, 50)) {
    const spot = { x, y: horizon + dice.between(3, 8), scale: dice.between(0.55, 0.8) };
    dice.pick([drawTree, drawTree, drawHouse])(stage, spot);
  }
  if (dice.chance(0.45)) drawGround(stage, 'grass', horizon + dice.between(12, 18), grassPaint(stage), 6);
  if (dice.chance(0.45)) drawPath(stage, horizon + 6, dice.pick([rgb(0xcbb089), rgb(0xb9a184)]));
  else if (dice.chance(0.5))
    drawPond(stage, dice.between(26, 86), dice.between(76, 96), dice.between(34, 50), greenWater(stage));
  if (dice.chance(0.4))
    drawFence(stage, dice.pick([-4, 40]), dice.pick([72, 116]), horizon + dice.between(12, 22), dice.between(0.8, 1));

  const herd = farming ? farmAnimals(stage) : [];
  const company = Array.from({ length: dice.whole(2, 4) }, () =>
    dice.pick([drawTree, drawSheep, drawSheep, drawPerson, drawBench, drawBush]),
  );
  const trees = company.filter((draw) => draw === drawTree);
  // Trees stand behind the rest, so that they never hide what makes a farm a farm.
  const cast = [...trees, ...dice.shuffled([...herd, ...company.filter((draw) => draw !== drawTree)])];
  const heights = cast.map(() => dice.between(horizon + 16, 108)).sort((a, b) => a - b);
  cast.forEach((draw, i) => {
    const scale = 0.7 + ((heights[i] - horizon) / (112 - horizon)) * 0.5;
    const large = herd.includes(draw);
    draw(stage, {
      x: large ? dice.between(22, 90) : dice.between(10, 102),
      y: heights[i],
      scale: large ? scale * 1.08 : scale,
    });
  });
  if (dice.chance(0.35))
    for (let i = 0; i < 5; i++)
      drawFlower(stage, { x: dice.between(4, 108), y: dice.between(98, 111), scale: dice.between(0.7, 1) });
  return stage.light;
}

function farmAnimals(stage: Stage): ((stage: Stage, spot: Spot) => void)[] {
  const { dice } = stage;
  if (dice.chance(0.5)) return [drawTractor];
  return dice.chance(0.6) ? [drawCow, drawCow] : [drawCow];
}
