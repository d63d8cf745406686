// Draws the icons of the installed page from public/icon.svg: `node scripts/icons.mjs`, after the drawing has changed.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './start-install.mjs';

const drawing = readFileSync(join(root, 'public/icon.svg'));
const ground = /<rect[^>]* fill="(#[0-9a-f]{6})"/.exec(drawing.toString())?.[1];
if (!ground) throw new Error('public/icon.svg has no rectangle as its ground, filled with a colour such as #0b5c8f.');
const folder = join(root, 'public/icons');
mkdirSync(folder, { recursive: true });

for (const size of [192, 512]) await save(drawn(size), String(size));
await save(drawn(180).flatten({ background: ground }), 'apple-180');

// Systems cut maskable icons to shapes of their own, which leave at least the middle 80 % (W3C, maskable icons).
const inner = 408;
const rim = (512 - inner) / 2;
const middle = await drawn(inner).flatten({ background: ground }).png().toBuffer();
await save(sharp(middle).extend({ top: rim, bottom: rim, left: rim, right: rim, background: ground }), 'maskable-512');

/** @param {number} size in pixels */
function drawn(size) {
  return sharp(drawing, { density: (72 * size) / 64 }).resize(size, size);
}

/**
 * @param {import('sharp').Sharp} picture
 * @param {string} name
 */
async function save(picture, name) {
  await picture.png({ compressionLevel: 9, palette: true }).toFile(join(folder, `${name}.png`));
}
