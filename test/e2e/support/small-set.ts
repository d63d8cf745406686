import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encode } from 'fast-png';
import type { Page } from 'playwright-core';
import { floats, npyBytes } from '../../probing/support/npy.ts';

/** A small plain folder of pictures and masks on disk, and activations for it. */
export interface SmallSet {
  /** Where the folder lies; its name is `small-set`. */
  readonly folder: string;
  /** Where a file of activations of all its samples lies. */
  readonly activations: string;
  /** Where one of the split `val` alone lies. */
  readonly someActivations: string;
  /** Removes all of it. */
  remove(): void;
}

const side = 48;
const trained = 8;
const validated = 4;

/**
 * Makes it: 8 samples of the split `train` and 4 of `val`, each with grass (object) below, the sky (object) above, and in every other one a
 * door (part) in the middle. Unit 0 fires in the upper half, unit 1 in the middle, unit 2 everywhere and nowhere.
 */
export function makeSmallSet(): SmallSet {
  const root = mkdtempSync(join(tmpdir(), 'formulens-'));
  const folder = join(root, 'small-set');
  const put = (path: string, bytes: Uint8Array | string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  for (let sample = 0; sample < trained + validated; sample++) {
    const name = `${sample < trained ? 'train' : 'val'}/${String(sample).padStart(2, '0')}`;
    const mask = new Uint8Array(side * side);
    const pixels = new Uint8Array(3 * side * side);
    for (let at = 0; at < mask.length; at++) {
      mask[at] = labelAt(sample, at);
      pixels.set({ 1: [40, 160, 60], 2: [90, 160, 240], 3: [150, 30, 30] }[mask[at]] ?? [0, 0, 0], 3 * at);
    }
    put(`pictures/${name}.png`, encode({ width: side, height: side, data: pixels, channels: 3 }));
    put(`masks/${name}.png`, encode({ width: side, height: side, data: mask, channels: 1 }));
  }
  put('names.csv', 'number,name,category\n1,grass,object\n2,sky,object\n3,door,part\n');
  const activations = join(root, 'activations.npy');
  writeFileSync(activations, npy(trained + validated));
  const someActivations = join(root, 'some.npy');
  writeFileSync(someActivations, npy(validated));
  return { folder, activations, someActivations, remove: () => rmSync(root, { recursive: true }) };
}

/** Drops files and folders of this machine on a page, as a hand does: with entries and handles. */
export async function dropPaths(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
  }
  await session.detach();
}

function labelAt(sample: number, at: number): number {
  const [y, x] = [Math.floor(at / side), at % side];
  const door = sample % 2 === 0 && Math.abs(y - side / 2) < 8 && Math.abs(x - side / 2) < 8;
  return door ? 3 : y < side / 2 ? 2 : 1;
}

function npy(samples: number): Uint8Array {
  const grid = 6;
  const values = Array.from({ length: samples * 3 * grid * grid }, (_, at) => {
    const [y, x] = [Math.floor(at / grid) % grid, at % grid];
    const unit = Math.floor(at / grid ** 2) % 3;
    const middle = Math.abs(y - 2.5) < 1 && Math.abs(x - 2.5) < 1;
    const strong = unit === 0 ? y < 3 : unit === 1 ? middle : (at * 7919) % 5 === 0;
    return strong ? 1 + ((at * 31) % 17) / 100 : ((at * 13) % 11) / 100;
  });
  return npyBytes({ shape: [samples, 3, grid, grid], data: floats(values) });
}
