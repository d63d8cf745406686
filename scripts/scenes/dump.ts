/**
 * Writes a series of generated pictures and their labels as raw bytes, for the training script.
 *
 * Usage: npx tsx scripts/scenes/dump.ts SEED COUNT FOLDER
 *
 * FOLDER gets pixels.u8 (COUNT x 112 x 112 x 3, red green blue), scenes.u8 (COUNT), objects.u8, parts.u8 and colors.u8 (COUNT x
 * 112 x 112 each; numbers from 1, 0 for none) and names.json (what the numbers mean).
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { drawScene, generatorVersion } from '../../src/probing/scenes/draw-scene.ts';
import { colorNames, objectNames, partNames, sceneKinds } from '../../src/probing/scenes/vocabulary.ts';

const [seedText, countText, folder] = process.argv.slice(2);
const seed = Number(seedText);
const count = Number(countText);
if (!Number.isInteger(seed) || !Number.isInteger(count) || count < 1 || !folder) {
  console.error('Usage: npx tsx scripts/scenes/dump.ts SEED COUNT FOLDER');
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const [pixels, scenes, objects, parts, colors] = ['pixels', 'scenes', 'objects', 'parts', 'colors'].map((name) =>
  openSync(join(folder, `${name}.u8`), 'w'),
);
for (let sample = 0; sample < count; sample++) {
  const scene = drawScene(seed, sample);
  const rgba = scene.image.rgba;
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let pixel = 0; pixel < rgba.length / 4; pixel++) {
    for (let channel = 0; channel < 3; channel++) rgb[3 * pixel + channel] = rgba[4 * pixel + channel];
  }
  writeSync(pixels, rgb);
  writeSync(scenes, Uint8Array.of(sceneKinds.indexOf(scene.kind)));
  writeSync(objects, scene.objects);
  writeSync(parts, scene.parts);
  writeSync(colors, scene.colors);
}
for (const file of [pixels, scenes, objects, parts, colors]) closeSync(file);
const names = {
  generatorVersion,
  seed,
  count,
  scenes: sceneKinds,
  objects: objectNames,
  parts: partNames,
  colors: colorNames,
};
writeFileSync(join(folder, 'names.json'), JSON.stringify(names, null, 2));
