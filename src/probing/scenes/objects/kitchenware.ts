import { flat, gradient, shaded, woven } from '../raster/paint.ts';
import { darker, lighter, rgb } from '../raster/rgb.ts';
import type { Rgb } from '../raster/rgb.ts';
import { penFor } from '../stage.ts';
import type { Spot, Stage } from '../stage.ts';

const steel = rgb(0xb9bec5);

/** A base cabinet, 27 units high and `width` wide, with worktop, drawers and doors. */
export function drawCabinet(stage: Stage, spot: Spot, width: number, color: Rgb): void {
  const cabinet = penFor(stage, 'cabinet', { ...spot, flip: false });
  cabinet.rect(-width / 2, -26, width, 26, flat(darker(color, 0.35)), 'door');
  const columns = Math.max(1, Math.floor(width / 13));
  const step = width / columns;
  for (let i = 0; i < columns; i++) {
    const left = -width / 2 + i * step + 0.5;
    cabinet.rect(left, -23.4, step - 1, 5.6, shaded(color, 0.1), 'drawer', 0.5);
    cabinet.rect(left, -16.8, step - 1, 15.6, shaded(color, 0.12), 'door', 0.5);
    cabinet.rect(left + step / 2 - 2.8, -21, 4.6, 1.1, flat(rgb(0x5a5550)), 'handle', 0.5);
    cabinet.rect(left + step - 4, -14, 1.2, 4.4, flat(rgb(0x5a5550)), 'handle', 0.5);
  }
  cabinet.rect(-width / 2 - 0.6, -27.4, width + 1.2, 2.8, woven(shaded(rgb(0xd9c8b0), 0.1), 5, 5, 1.5), 'tabletop');
}

/** A wall cupboard of 18 units height; its foot is the lower edge. */
export function drawCupboard(stage: Stage, spot: Spot, width: number, color: Rgb): void {
  const cabinet = penFor(stage, 'cabinet', { ...spot, flip: false });
  stage.canvas.glow(spot.x, spot.y + 1, width * 0.6, 4, rgb(0x2a2230), 0.3);
  cabinet.rect(-width / 2, -18, width, 18, flat(darker(color, 0.35)), 'door');
  const columns = Math.max(1, Math.floor(width / 11));
  const step = width / columns;
  for (let i = 0; i < columns; i++) {
    cabinet.rect(-width / 2 + i * step + 0.5, -17.4, step - 1, 16.8, shaded(color, 0.12), 'door', 0.5);
    cabinet.rect(-width / 2 + i * step + step - 3, -6, 1.1, 4, flat(rgb(0x5a5550)), 'handle', 0.5);
  }
}

/** A stove of 28 units height and 25 width, with burners and oven. */
export function drawStove(stage: Stage, spot: Spot): void {
  const color = stage.dice.pick([rgb(0xeceae6), rgb(0x4a4c55), steel]);
  const stove = penFor(stage, 'stove', { ...spot, flip: false });
  stove.rect(-12.5, -27, 25, 27, shaded(color, 0.1), undefined, 0.6);
  stove.rect(-10, -17, 20, 14, shaded(darker(color, 0.3), 0.1), 'oven', 1);
  stove.rect(-8, -14, 16, 9, gradient(rgb(0x1f2026), rgb(0x4c4f58), 0.6), 'oven', 0.8);
  stove.rect(-9, -19.4, 18, 1.3, flat(rgb(0x85888f)), 'handle', 0.6);
  for (const x of [-8, -3, 3, 8]) stove.ellipse(x, -22.6, 1.3, 1.3, flat(rgb(0x6a6d75)), 'handle');
  stove.rect(-12.8, -27.8, 25.6, 1.8, flat(rgb(0x2d2e34)), 'burner');
  for (const x of [-6.4, 6.4]) stove.rect(x - 4, -28.8, 8, 1.4, flat(rgb(0x3d3f47)), 'burner', 0.6);
}

/** A refrigerator of 52 units height and 24 width. */
export function drawFridge(stage: Stage, spot: Spot): void {
  const color = stage.dice.pick([rgb(0xeef0ef), rgb(0xcad0d4), rgb(0xa9c8bd), rgb(0xd8685c)]);
  const fridge = penFor(stage, 'fridge', { ...spot, flip: stage.dice.chance(0.5) });
  fridge.rect(-12, -52, 24, 52, flat(darker(color, 0.3)), undefined, 2);
  fridge.rect(-11.6, -51.6, 23.2, 17, shaded(color, 0.14, 0.7), 'door', 2);
  fridge.rect(-11.6, -33.8, 23.2, 32, shaded(color, 0.14, 0.7), 'door', 1.6);
  fridge.rect(7.4, -45, 1.5, 8, flat(rgb(0x6f737b)), 'handle', 0.7);
  fridge.rect(7.4, -31, 1.5, 11, flat(rgb(0x6f737b)), 'handle', 0.7);
}

/** A cooking pot about 13 units wide. */
export function drawPot(stage: Stage, spot: Spot): void {
  const color = stage.dice.pick([rgb(0xc8453c), steel, rgb(0x4f6f8f), rgb(0xd98a3a)]);
  const pot = penFor(stage, 'pot', spot);
  pot.rect(-8.4, -5.6, 16.8, 1.5, flat(darker(color, 0.3)), 'handle', 0.7);
  pot.rect(-6.4, -7.4, 12.8, 7.6, shaded(color, 0.2, 0.9), undefined, 1.4);
  pot.blob(
    [
      [-7.4, -7],
      [-4, -9.6],
      [4, -9.6],
      [7.4, -7],
      [0, -6.8],
    ],
    shaded(lighter(color, 0.15), 0.15),
    'lid',
  );
  pot.ellipse(0, -9.8, 1.2, 1, flat(rgb(0x3a3a40)), 'lid');
}

/** Fruit in a heap, about 14 units wide. */
export function drawFruit(stage: Stage, spot: Spot): void {
  const { dice } = stage;
  const fruit = penFor(stage, 'fruit', spot);
  const colors = dice.shuffled([rgb(0xd8433a), rgb(0xea8f2f), rgb(0x86b043), rgb(0xd9b93a)]);
  [
    [-4.6, -2.4],
    [0.2, -2.4],
    [4.8, -2.4],
    [-2, -5.8],
    [2.6, -5.8],
  ].forEach(([x, y], i) => {
    fruit.ellipse(x, y, 2.7, 2.6, shaded(colors[i % colors.length], 0.2));
  });
}
