import { gradient, woven } from '../raster/paint.ts';
import { darker, lighter, mix, rgb } from '../raster/rgb.ts';
import type { Point } from '../raster/shapes.ts';
import { penFor } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** A peak `height` pixels high over its foot at (x, y), with snow on top where `snow` is true. */
export function drawMountain(stage: Stage, x: number, y: number, height: number, haze: number, snow: boolean): void {
  const { dice, light } = stage;
  const rock = mix(dice.pick([rgb(0x6f7690), rgb(0x7b7480), rgb(0x66787f)]), light.horizon, haze);
  const half = height * dice.between(0.85, 1.1);
  const left = flank(-1);
  const right = flank(1);
  const top: Point = [0, -height];
  const mountain = penFor(stage, 'mountain', { x, y, flip: false });
  const foot = mix(rock, light.horizon, 0.25);
  mountain.polygon(
    [top, ...right, [half, 0], [-half, 0], ...left.toReversed()],
    woven(gradient(lighter(rock, 0.1), foot), 8, 6, 5),
    'slope',
  );
  const ridgeFoot: Point = [dice.between(-4, 4), -height * 0.3];
  mountain.polygon(
    [top, ...right, [half, 0], [half * 0.2, 0], ridgeFoot, [2.5, -height * 0.62]],
    woven(gradient(darker(rock, 0.16), mix(darker(rock, 0.16), foot, 0.7)), 8, 6, 5),
    'slope',
  );
  if (!snow) return;
  const white = mix(rgb(0xf6f8fb), light.horizon, haze * 0.5);
  const line = dice.between(0.55, 0.68);
  const rightEnd = along(right, line);
  const leftEnd = along(left, line);
  const zigzag: Point[] = [rightEnd];
  for (let i = 1; i < 6; i++) {
    const share = i / 6;
    const drop = i % 2 === 1 ? 0.1 : -0.06;
    zigzag.push([rightEnd[0] + (leftEnd[0] - rightEnd[0]) * share, -height * (line - drop)]);
  }
  zigzag.push(leftEnd);
  mountain.polygon(
    [
      top,
      ...right.filter((point) => point[1] < rightEnd[1]),
      ...zigzag,
      ...left.toReversed().filter((point) => point[1] < leftEnd[1]),
    ],
    gradient(white, mix(white, rgb(0xb9c6de), 0.5), 0.7),
    'snowcap',
  );

  function flank(side: number): Point[] {
    return [0.18, 0.36, 0.55, 0.78].map((share) => [
      side * half * share + dice.between(-2, 2),
      -height * (1 - share) + dice.between(-2, 2),
    ]);
  }

  function along(points: readonly Point[], high: number): Point {
    let before = top;
    for (const point of points) {
      if (point[1] >= -height * high) {
        const share = (-height * high - before[1]) / (point[1] - before[1]);
        return [before[0] + (point[0] - before[0]) * share, -height * high];
      }
      before = point;
    }
    return before;
  }
}
