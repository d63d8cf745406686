import { flat, gradient, woven } from '../raster/paint.ts';
import { lighter, mix, rgb } from '../raster/rgb.ts';
import { canvasSize } from '../raster/canvas.ts';
import { halo, penFor } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** The sky from the upper edge down to `horizon`, with sun or moon, clouds and sometimes birds. */
export function drawSky(stage: Stage, horizon: number): void {
  const { dice, light } = stage;
  const sky = penFor(stage, 'sky', { x: 0, y: 0, flip: false });
  sky.rect(0, 0, canvasSize, horizon + 2, woven(gradient(light.zenith, light.horizon), 4, 40, 12));
  if (light.disc !== 'none' && dice.chance(0.6)) drawDisc(stage, horizon);
  const clouds = dice.whole(0, 3);
  for (let i = 0; i < clouds; i++) drawCloud(stage, dice.between(6, 106), dice.between(8, horizon * 0.55));
  if (dice.chance(0.3)) drawBirds(stage, horizon);
}

function drawDisc(stage: Stage, horizon: number): void {
  const { dice, light } = stage;
  const x = dice.between(12, 100);
  const y = dice.between(9, horizon * 0.6);
  const radius = dice.between(5, 8);
  const color = light.disc === 'moon' ? rgb(0xf4efd9) : rgb(0xffe27a);
  halo(stage, x, y, radius * 3.4, lighter(color, 0.35), 0.6);
  const disc = penFor(stage, light.disc === 'moon' ? 'moon' : 'sun', { x, y });
  disc.ellipse(0, 0, radius, radius, gradient(lighter(color, 0.45), color));
}

function drawCloud(stage: Stage, x: number, y: number): void {
  const { dice, light } = stage;
  const scale = dice.between(0.6, 1.15);
  const cloud = penFor(stage, 'cloud', { x, y, scale });
  const body = mix(light.cloud, light.horizon, 0.3);
  const puffs = dice.whole(3, 5);
  for (let i = 0; i < puffs; i++) {
    const along = (i - (puffs - 1) / 2) * 7;
    const high = 5.5 - (along * along) / 70 + dice.between(-1, 1.5);
    cloud.ellipse(along, -high * 0.4, 6.5, Math.max(2.5, high), gradient(light.cloud, body));
  }
  cloud.rect(
    -puffs * 3.6 - 3,
    -1.5,
    puffs * 7.2 + 6,
    4.4,
    gradient(body, mix(body, light.zenith, 0.12)),
    undefined,
    2.2,
  );
}

function drawBirds(stage: Stage, horizon: number): void {
  const { dice } = stage;
  const x = dice.between(20, 92);
  const y = dice.between(8, horizon * 0.5);
  const ink = flat(rgb(0x3a3d4d));
  const birds = dice.whole(2, 4);
  for (let i = 0; i < birds; i++) {
    const spot = { x: x + dice.between(-14, 14), y: y + dice.between(-6, 6), scale: dice.between(0.8, 1.2) };
    const bird = penFor(stage, 'bird', spot);
    bird.blob(
      [
        [0.4, 0.4],
        [-2.2, -2.6],
        [-5.4, -1.6],
        [-2.6, -1],
        [-0.6, 1.6],
      ],
      ink,
      'wing',
    );
    bird.blob(
      [
        [-0.4, 0.4],
        [2.2, -2.6],
        [5.4, -1.6],
        [2.6, -1],
        [0.6, 1.6],
      ],
      ink,
      'wing',
    );
    bird.ellipse(0, 0.4, 1.3, 0.9, ink, 'head');
  }
}
