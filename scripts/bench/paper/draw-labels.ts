import { diceFor, type Dice } from '../../../src/probing/scenes/random.ts';
import { SIDE, skewed, typicalObjects, type PaperRow, type Vocabulary } from './plan.ts';

/** Label maps of one picture: label numbers, 0 where there is none. */
export interface PaperLabels {
  readonly color: Uint16Array;
  readonly object: Uint16Array;
  readonly parts: readonly Uint16Array[];
  /** Label number of the scene. */
  readonly scene: number;
}

/** Label numbers of each category: colors from 1, then objects, parts and scenes. */
export function firstNumbers({ colors, objects, parts }: Vocabulary): Readonly<Record<keyof Vocabulary, number>> {
  return { colors: 1, objects: 1 + colors, parts: 1 + colors + objects, scenes: 1 + colors + objects + parts };
}

/**
 * Draws the label maps of one picture: a mosaic of 6 to 17 objects typical of its scene with wavy borders, parts on some of them, and colors
 * in patches that follow the objects, up to three an object, with some noise. The same on every machine.
 */
export function drawLabels(picture: number, { scene, partFiles }: PaperRow, vocabulary: Vocabulary): PaperLabels {
  const dice = diceFor(112, picture);
  const first = firstNumbers(vocabulary);
  const shown = objectsOf(dice, scene, vocabulary);
  const region = mosaic(dice, shown.length);
  const object = Uint16Array.from(region, (at) => (shown[at] === null ? 0 : first.objects + shown[at]));
  const hues = shown.map(() => Array.from({ length: 3 }, () => skewed(dice, vocabulary.colors)));
  const patches = mosaic(dice, 40);
  const color = region.map((at, i) => first.colors + hues[at][dice.chance(0.04) ? 2 : patches[i] & 1]);
  const inner = mosaic(dice, 30);
  const parts = Array.from({ length: partFiles }, (_, file) => {
    const plane = new Uint16Array(SIDE * SIDE);
    const owners = [dice.whole(0, shown.length - 1), dice.whole(0, shown.length - 1)];
    for (let i = 0; i < plane.length; i++) {
      const thing = shown[region[i]];
      if (thing === null || !owners.includes(region[i]) || (inner[i] + file) % 3 !== 0) continue;
      plane[i] = first.parts + ((thing * 7 + (inner[i] & 3)) % vocabulary.parts);
    }
    return plane;
  });
  return { color, object, parts, scene: first.scenes + scene };
}

/** Objects of a picture, each once; the first place is nothing. */
function objectsOf(dice: Dice, scene: number, vocabulary: Vocabulary): readonly (number | null)[] {
  const typical = typicalObjects(scene, vocabulary);
  const shown = new Set<number>();
  for (let count = dice.whole(6, 17); count > 0; count--) {
    shown.add(dice.chance(0.75) ? dice.pick(typical) : skewed(dice, vocabulary.objects));
  }
  return [null, ...shown];
}

/** Gives every position the nearest of some points, whose reach differs, on a wavy plane: pieces of very different sizes. */
function mosaic(dice: Dice, count: number): Uint16Array {
  const points = Array.from({ length: count }, () => ({
    x: dice.between(0, SIDE),
    y: dice.between(0, SIDE),
    weight: 0.4 + 2 * dice.unit() ** 2,
  }));
  const [wave, phase] = [dice.between(0.08, 0.3), dice.between(0, 6)];
  const out = new Uint16Array(SIDE * SIDE);
  for (let y = 0, at = 0; y < SIDE; y++) {
    const bend = 3 * Math.sin(wave * y + phase);
    for (let x = 0; x < SIDE; x++, at++) {
      const lift = 3 * Math.sin(wave * x);
      let best = Infinity;
      for (let i = 0; i < count; i++) {
        const { x: px, y: py, weight } = points[i];
        const distance = ((x + bend - px) ** 2 + (y + lift - py) ** 2) * weight;
        if (distance < best) {
          best = distance;
          out[at] = i;
        }
      }
    }
  }
  return out;
}
