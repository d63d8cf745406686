import { flat, gradient, shaded } from '../raster/paint.ts';
import { lighter, rgb } from '../raster/rgb.ts';
import { penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

const hulls = [rgb(0xb8433a), rgb(0xf0ece4), rgb(0x8a5a3a), rgb(0x3d5a55), rgb(0xd9793c)];

/** A sailing boat about 26 units long and 36 high; the waterline is its foot. */
export function drawSailboat(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const hull = dice.pick(hulls);
  const sail = dice.pick([rgb(0xfaf6ec), rgb(0xf3e3c4), rgb(0xfaf6ec), rgb(0xd9705a)]);
  const boat = penFor(stage, 'boat', spot);
  stage.canvas.glow(spot.x, spot.y + 3, 16 * (spot.scale ?? 1), 4 * (spot.scale ?? 1), rgb(0x1f2f3a), 0.4);
  boat.rect(-0.7, -36, 1.5, 33, shaded(rgb(0x6a5240), 0.15, 1), 'mast');
  boat.polygon(
    [
      [1.6, -34],
      [12.5, -8.5],
      [1.6, -7.5],
    ],
    gradient(lighter(sail, 0.2), sail, 0.9),
    'sail',
  );
  boat.polygon(
    [
      [-1.4, -31],
      [-10, -8.5],
      [-1.4, -7.5],
    ],
    shaded(sail, 0.08, 0.8),
    'sail',
  );
  boat.polygon(
    [
      [-14, -5],
      [15, -5.6],
      [10.5, 1.6],
      [-10, 1.6],
    ],
    shaded(hull, 0.18),
    'hull',
  );
  boat.polygon(
    [
      [-14.3, -6.2],
      [15.4, -6.8],
      [15, -5],
      [-14, -4.4],
    ],
    flat(lighter(hull, 0.5)),
    'hull',
  );
}

/** A fishing boat about 32 units long and 24 high. */
export function drawFishingBoat(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const hull = dice.pick(hulls);
  const boat = penFor(stage, 'boat', spot);
  stage.canvas.glow(spot.x, spot.y + 3, 20 * (spot.scale ?? 1), 4 * (spot.scale ?? 1), rgb(0x1f2f3a), 0.4);
  boat.rect(-11, -25, 1.3, 20, shaded(rgb(0x6a5240), 0.15, 1), 'mast');
  boat.rect(-5, -15.5, 11.5, 9.5, shaded(rgb(0xf1ede2), 0.1), 'cabin', 1);
  boat.rect(-6, -17, 13.5, 2.2, shaded(dice.pick([rgb(0xc04a3f), rgb(0x54775f), rgb(0x6b5a52)]), 0.1), 'cabin', 0.8);
  boat.rect(-3.4, -13.4, 3.4, 3.6, flat(rgb(0x50677a)), 'pane', 0.5);
  boat.rect(1.6, -13.4, 3.4, 3.6, flat(rgb(0x50677a)), 'pane', 0.5);
  boat.polygon(
    [
      [-16, -7],
      [-3, -5.6],
      [10, -6.6],
      [18.5, -10],
      [12.5, 1.6],
      [-13, 1.6],
    ],
    shaded(hull, 0.18),
    'hull',
  );
  boat.polygon(
    [
      [-16.2, -8.2],
      [-3, -6.8],
      [10, -7.8],
      [18.8, -11.2],
      [18, -8.8],
      [10, -5.8],
      [-3, -4.8],
      [-16, -6.2],
    ],
    flat(lighter(hull, 0.5)),
    'hull',
  );
}
