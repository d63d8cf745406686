import type { LabelMatch } from '../analysis/class-match.ts';
import type { AblationGround } from './outcome.ts';

/** What is known of the right answers. */
export interface Truth {
  /** Gold labels of all samples, by number; null of those without one. */
  readonly gold: readonly (string | null)[];
  /** Whether the class at a place of the model's output is right of a sample; null, whatever the place, where that cannot be told. */
  isRight(sample: number, place: number): boolean | null;
}

/**
 * The truth by labels: the classes that a sample's gold label stands for are right. It cannot be told of samples whose label stands for none.
 *
 * @param matches which classes each label stands for (matchLabels)
 * @returns null where no label stands for a class
 */
export function labelTruth(gold: readonly (string | null)[], matches: readonly LabelMatch[]): Truth | null {
  const placesOf = new Map(
    matches.flatMap(({ label, places }) => (places.length > 0 ? [[label, new Set(places)] as const] : [])),
  );
  if (placesOf.size === 0) return null;
  return {
    gold,
    isRight: (sample, place) => {
      const label = gold[sample] ?? null;
      return label === null ? null : (placesOf.get(label)?.has(place) ?? null);
    },
  };
}

/** A gold label that some of the held samples have. */
export interface GoldLabel {
  readonly label: string;
  /** The first class of the model that is right where the label is given; null where none is. */
  readonly place: number | null;
}

/** The truth of the held samples, ready for many outcomes. */
export interface HeldTruth {
  /** By place in the model's output; those of no class last. */
  readonly labels: readonly GoldLabel[];
  /** `[held samples]` the sample's label, as an index into `labels`; -1 where it cannot be told whether the model is right. */
  readonly labelAt: Int32Array;
  /** `[held samples]` 1 where the whole model is right, else 0. */
  readonly wholeRight: Uint8Array;
  /** Of a held sample whose label is known. */
  isRight(held: number, place: number): boolean;
}

/** The truth of the held samples. @param truth null: nothing is known of right answers, so no sample is compared */
export function heldTruth({ samples, whole, classNames }: AblationGround, truth: Truth | null): HeldTruth {
  const isRight = (held: number, place: number): boolean => truth?.isRight(samples[held], place) === true;
  const labelAt = new Int32Array(samples.length).fill(-1);
  const wholeRight = new Uint8Array(samples.length);
  if (!truth) return { labels: [], labelAt, wholeRight, isRight };
  const found = new Map<string, GoldLabel>();
  const labelOfHeld = (held: number): string | null => {
    const label = truth.gold[samples[held]] ?? null;
    return label === null || truth.isRight(samples[held], whole.predicted[held]) === null ? null : label;
  };
  for (let held = 0; held < samples.length; held += 1) {
    const label = labelOfHeld(held);
    if (label === null || found.has(label)) continue;
    const place = classNames.findIndex((_, at) => isRight(held, at));
    found.set(label, { label, place: place < 0 ? null : place });
  }
  const labels = [...found.values()].sort(byPlace);
  const indexOf = new Map(labels.map(({ label }, index) => [label, index]));
  for (let held = 0; held < samples.length; held += 1) {
    const label = labelOfHeld(held);
    if (label === null) continue;
    labelAt[held] = indexOf.get(label) ?? -1;
    wholeRight[held] = isRight(held, whole.predicted[held]) ? 1 : 0;
  }
  return { labels, labelAt, wholeRight, isRight };
}

function byPlace(one: GoldLabel, other: GoldLabel): number {
  const last = Number.MAX_SAFE_INTEGER;
  return (one.place ?? last) - (other.place ?? last) || (one.label < other.label ? -1 : 1);
}
