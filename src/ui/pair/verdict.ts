import type { LayerClasses } from '../../engine/results/layer-results.ts';

/** The class that the model predicts for a sample; null where it was not read, or predictions are not known. */
export function predictedName(classes: LayerClasses | undefined, sample: number): string | null {
  const place = classes?.predicted[sample] ?? -1;
  return place < 0 ? null : (classes?.names[place] ?? null);
}

/** Whether a class's name and a gold label are the same, capitals aside. */
export function sameLabel(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** How often a model is right on some samples. */
export interface Accuracy {
  readonly right: number;
  /** Samples with a gold label and a prediction. */
  readonly of: number;
  /** Samples with a prediction but no gold label: left out. */
  readonly withoutGold: number;
}

/**
 * Counts how often a model is right on some samples.
 *
 * @param gold labels of all samples, by number
 * @returns null where none of the classes is named as a gold label is: then nothing can be compared
 */
export function accuracyOn(
  samples: Iterable<number>,
  gold: readonly (string | null)[],
  classes: LayerClasses,
): Accuracy | null {
  const labels = new Set(gold.flatMap((label) => label ?? []));
  const comparable = [...labels].some((label) => classes.names.some((name) => sameLabel(name, label)));
  if (labels.size > 0 && !comparable) return null;
  let [right, of, withoutGold] = [0, 0, 0];
  for (const sample of samples) {
    const predicted = predictedName(classes, sample);
    if (predicted === null) continue;
    const label = gold[sample] ?? null;
    if (label === null) withoutGold += 1;
    else {
      of += 1;
      if (sameLabel(predicted, label)) right += 1;
    }
  }
  return { right, of, withoutGold };
}
