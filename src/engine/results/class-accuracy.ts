import { ENTAILMENT_LABELS } from '../text/sentence-pair.ts';
import type { LayerClasses } from './layer-results.ts';

/** The class that the model predicts for a sample; null where it was not read, or predictions are not known. */
export function predictedName(classes: LayerClasses | undefined, sample: number): string | null {
  const place = classes?.predicted[sample] ?? -1;
  return place < 0 ? null : (classes?.names[place] ?? null);
}

/** How names of the three labels begin: models write them in several ways (`ENTAILMENT`, `entail`, `contradictory`). */
const STEMS = ['entail', 'neutral', 'contra'] as const;

/**
 * The label that a name stands for: one of {@link ENTAILMENT_LABELS} by its beginning, else the name in lower case with spaces for `_`, `-` and
 * `/`, without the letter that Places365 has in front of its classes (`/t/taxi_rank` is `taxi rank`).
 */
export function labelOf(name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^\/[a-z]\//, '');
  const small = plain.replaceAll(/[\s_/-]+/g, ' ').trim();
  const place = STEMS.findIndex((stem) => small.startsWith(stem));
  return ENTAILMENT_LABELS[place] ?? small;
}

/** Whether a class's name and a gold label stand for the same label. */
export function sameLabel(one: string, other: string): boolean {
  return labelOf(one) === labelOf(other);
}

/** How often a model is right on some samples. */
export interface Accuracy {
  readonly right: number;
  /** Samples with a prediction and a gold label that a class is named as. */
  readonly of: number;
  /** Samples with a prediction but no such gold label: left out. */
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
  const named = new Set(classes.names.map(labelOf));
  const labels = [...new Set(gold.flatMap((label) => label ?? []))];
  const comparable = new Set(labels.filter((label) => named.has(labelOf(label))));
  if (labels.length > 0 && comparable.size === 0) return null;
  let [right, of, withoutGold] = [0, 0, 0];
  for (const sample of samples) {
    const predicted = predictedName(classes, sample);
    if (predicted === null) continue;
    const label = gold[sample] ?? null;
    if (label === null || !comparable.has(label)) withoutGold += 1;
    else {
      of += 1;
      if (sameLabel(predicted, label)) right += 1;
    }
  }
  return { right, of, withoutGold };
}

/** Another order of a model's classes. */
export interface OtherOrder {
  readonly names: readonly string[];
  readonly accuracy: Accuracy;
}

/** Classes up to which all orders are tried. */
const MOST_TRIED = 5;

/** How much of the pairs another order must get right beyond the one at hand to be worth a word. */
const WORTH_SAYING = 0.15;

/**
 * The order of class names in which the model would be right most often, where that is far more often than in the order at hand: a file
 * mostly does not say how its outputs are called.
 *
 * @param accuracy in the order at hand
 * @returns null where there is no such order, or there are more than 5 classes
 */
export function betterOrder(
  gold: readonly (string | null)[],
  classes: LayerClasses,
  { right, of }: Accuracy,
): OtherOrder | null {
  if (classes.names.length > MOST_TRIED || of === 0) return null;
  let best: OtherOrder | null = null;
  for (const names of ordersOf(classes.names)) {
    const accuracy = accuracyOn(classes.predicted.keys(), gold, { ...classes, names });
    if (accuracy && accuracy.right > (best?.accuracy.right ?? right)) best = { names, accuracy };
  }
  return best && best.accuracy.right - right > WORTH_SAYING * of ? best : null;
}

function ordersOf(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length <= 1) return [names];
  return names.flatMap((name, at) => ordersOf(names.toSpliced(at, 1)).map((rest) => [name, ...rest]));
}
