import { colorOf } from '../../src/probing/scenes/colors.ts';
import { pictureSize } from './canvas.ts';
import { thingNumber, type Composition } from './compose.ts';
import { conceptNumber, type Category } from './concepts.ts';
import { stuff, stuffNumber } from './layers.ts';
import { things } from './things.ts';

/** Width and height of the label maps: half the pictures'. */
export const maskSize = pictureSize / 2;

/** Label maps of one picture, `maskSize` squared, concept numbers with 0 for none; and the number of its scene. */
export interface Annotation {
  readonly planes: Readonly<Record<Exclude<Category, 'scene'>, Uint16Array>>;
  readonly scene: number;
}

/** From what a canvas carries to the object's and the group's concept number. */
const objectNumbers = new Uint16Array(stuff.length + things.length + 1);
const groupNumbers = new Uint16Array(objectNumbers.length);
for (const name of stuff) objectNumbers[stuffNumber(name)] = conceptNumber('object', name);
for (const thing of things) {
  objectNumbers[thingNumber(thing)] = conceptNumber('object', thing.name);
  if (thing.group !== undefined) groupNumbers[thingNumber(thing)] = conceptNumber('group', thing.group);
}

/**
 * Labels a composed picture. A position is a block of 2 x 2 pixels: its object is what most of them show (the first in reading
 * order on a tie), its color the term for their mean.
 */
export function annotate({ canvas, scene }: Composition): Annotation {
  const [color, object, group] = [0, 1, 2].map(() => new Uint16Array(maskSize * maskSize));
  const bytes = canvas.bytes();
  for (let y = 0; y < maskSize; y++) {
    for (let x = 0; x < maskSize; x++) {
      const first = 2 * y * pictureSize + 2 * x;
      const block = [first, first + 1, first + pictureSize, first + pictureSize + 1];
      const position = y * maskSize + x;
      const shown = mostFrequent(block.map((pixel) => canvas.shown[pixel]));
      object[position] = objectNumbers[shown];
      group[position] = groupNumbers[shown];
      const [red, green, blue] = [0, 1, 2].map((channel) =>
        Math.round(block.reduce((sum, pixel) => sum + bytes[3 * pixel + channel], 0) / 4),
      );
      color[position] = conceptNumber('color', `${colorOf(red, green, blue)}-c`);
    }
  }
  return { planes: { color, object, group }, scene: conceptNumber('scene', `${scene}-s`) };
}

function mostFrequent(values: readonly number[]): number {
  const count = (value: number): number => values.filter((other) => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best));
}
