import type { LayerClasses } from '../results/layer-results.ts';
import { matchLabels, type Corrections } from './class-match.ts';
import type { RightCount } from './unit-tallies.ts';

/**
 * How often a model is right on the samples of each class: those whose gold label stands for it ({@link matchLabels}), and that have a prediction.
 *
 * @param gold gold labels of all samples, by number; null for those without one
 * @param corrections see {@link matchLabels}
 * @returns by class, in the order of the model's output; null where no class is the label of any of these samples
 */
export function accuracyOfClasses(
  { names, predicted }: LayerClasses,
  gold: readonly (string | null)[],
  corrections?: Corrections,
): readonly RightCount[] | null {
  const standsFor = new Map(matchLabels(gold, names, corrections).map(({ label, places }) => [label, places]));
  const compared = new Uint32Array(names.length);
  const right = new Uint32Array(names.length);
  for (const [sample, said] of predicted.entries()) {
    const label = gold[sample] ?? null;
    const places = said < 0 || label === null ? [] : (standsFor.get(label) ?? []);
    const isRight = Number(places.includes(said));
    for (const place of places) {
      compared[place] += 1;
      right[place] += isRight;
    }
  }
  if (compared.every((count) => count === 0)) return null;
  return names.map((_, place) => ({ compared: compared[place], right: right[place] }));
}
