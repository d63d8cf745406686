import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { BrowserCommand } from 'vitest/node';
import { decodePicture } from '../../../src/runtime/decode-node.ts';

const real = process.env['FORMULENS_REAL'];

async function readReal(path: string): Promise<Buffer<ArrayBuffer>> {
  const file = join(real ?? '', path);
  if (!real || relative(real, file).startsWith('..')) throw new Error(`${path} is not among the real files.`);
  return Buffer.from(await readFile(file));
}

/** A file of the folder FORMULENS_REAL as base64; null where that is not set. */
export const realFile: BrowserCommand<[path: string]> = async (_context, path) =>
  real ? (await readReal(path)).toString('base64') : null;

/** SHA-256 of a real picture's pixels as Node decodes it. */
export const pixelsInNode: BrowserCommand<[path: string]> = async (_context, path) => {
  const bytes = new Uint8Array(await readReal(path));
  const { rgba } = await decodePicture({ kind: 'encoded', bytes, mime: 'image/jpeg', name: path });
  return createHash('sha256').update(rgba).digest('hex');
};
