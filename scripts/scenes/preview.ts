/** Draws public/samples/scenes/preview.webp: six pictures of the probing set, for the sample's card. */
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { scenesProbingSet } from '../../src/probing/scenes/scenes-probing-set.ts';

/** Samples shown, left to right, top to bottom: six scenes. */
const shown = [1, 2, 4, 6, 8, 10];
const columns = 3;
const side = 200;

const probing = await scenesProbingSet();
const tiles = await Promise.all(
  shown.map(async (sample, at) => {
    const picture = await probing.picture(sample);
    if (picture?.kind !== 'pixels') throw new Error(`Sample ${sample} has no pixels.`);
    const { width, height, rgba } = picture.pixels;
    const raw = { width, height, channels: 4 as const };
    const input = await sharp(rgba, { raw }).resize(side, side, { kernel: 'cubic' }).png().toBuffer();
    return { input, left: (at % columns) * side, top: Math.floor(at / columns) * side };
  }),
);
const file = fileURLToPath(new URL('../../public/samples/scenes/preview.webp', import.meta.url));
await sharp({ create: { width: columns * side, height: 2 * side, channels: 3, background: '#fff' } })
  .composite(tiles)
  .webp({ quality: 75, effort: 6 })
  .toFile(file);
