import { diceFor } from '../../../src/probing/scenes/random.ts';
import type { PaperLabels } from './draw-labels.ts';
import { MAP, SIDE, type PaperPlan } from './plan.ts';

/** Units that like a concept, by label number, and how much. */
type Likes = readonly (readonly { readonly unit: number; readonly weight: number }[])[];

/** What the units of a plan like: each some concepts, a few of them much. */
export function likes({ units, concepts }: PaperPlan): Likes {
  const liked: { unit: number; weight: number }[][] = Array.from({ length: concepts + 1 }, () => []);
  for (let unit = 0; unit < units; unit++) {
    const dice = diceFor(512, unit);
    for (let i = 0; i < 7; i++) {
      const concept = 1 + Math.floor(concepts * dice.unit() ** 1.5);
      liked[concept].push({ unit, weight: dice.between(0.3, 1) / (1 + i / 2) });
    }
  }
  return liked;
}

/**
 * Activations of one picture: at each place of a unit's map the share of the concepts it likes in that patch, some spread to the
 * neighbours and noise, less a bias, nothing below 0; the strongest half per cent lies in few pictures, as in a real network.
 *
 * @param out `[units, 7, 7]`
 */
export function drawActivations(picture: number, labels: PaperLabels, liked: Likes, out: Float32Array): void {
  const size = MAP * MAP;
  const patch = SIDE / MAP;
  const units = out.length / size;
  out.fill(0);
  const planes = [labels.color, labels.object, ...labels.parts];
  for (let y = 0; y < MAP; y++) {
    for (let x = 0; x < MAP; x++) {
      for (let sample = 0; sample < 9; sample++) {
        const row = y * patch + 2 + 5 * Math.floor(sample / 3);
        const at = row * SIDE + x * patch + 2 + 5 * (sample % 3);
        for (const plane of planes) {
          for (const { unit, weight } of liked[plane[at]]) out[unit * size + y * MAP + x] += weight / 9;
        }
      }
    }
  }
  for (const { unit, weight } of liked[labels.scene]) {
    for (let i = 0; i < size; i++) out[unit * size + i] += 0.4 * weight;
  }
  let state = (picture * 2_654_435_761 + 12_345) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let unit = 0; unit < units; unit++) {
    const gain = 0.7 + 0.6 * next();
    for (let i = unit * size; i < (unit + 1) * size; i++) out[i] = Math.max(0, gain * out[i] + 0.25 * next() - 0.2);
  }
}
