import type { UnitId } from '../ids.ts';
import type { UnitExplanation } from '../results/explanation.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { matchLabels, type Corrections } from './class-match.ts';

/** How often a model is right: `right` of `compared` samples, which have a prediction and a gold label that stands for a class. */
export interface RightCount {
  readonly compared: number;
  readonly right: number;
}

/** How often a model is right on the samples on which one unit fires. */
export interface UnitTally extends RightCount {
  readonly unit: UnitId;
  /** Samples on which the unit fires, with and without a label. */
  readonly firing: number;
}

/** How often a model is right, on all samples and where each unit fires. */
export interface UnitTallies {
  /** On all samples read. */
  readonly overall: RightCount;
  /** Samples with a prediction but no gold label: compared nowhere. */
  readonly withoutGold: number;
  /** Samples with a prediction and a gold label that stands for none of the classes: compared nowhere. */
  readonly withoutClass: number;
  /** One entry for each of the results' units, in their order. */
  readonly units: readonly UnitTally[];
}

/**
 * Counts how often a model is right where each unit fires (paper, section 5: a model's accuracy on inputs where the unit is active). A
 * prediction is right where it is a class that the gold label stands for ({@link matchLabels}).
 *
 * @param gold gold labels of all samples, by number; null for those without one
 * @param firing samples on which a unit fires, each once
 * @param corrections see {@link matchLabels}
 * @returns null where nothing can be compared: no predictions are known, or no sample has a gold label that stands for a class
 */
export function tallyUnits(
  { units, classes }: Pick<LayerResults, 'classes'> & { readonly units: readonly Pick<UnitExplanation, 'unit'>[] },
  gold: readonly (string | null)[],
  firing: (unit: UnitId) => ArrayLike<number>,
  corrections?: Corrections,
): UnitTallies | null {
  if (!classes) return null;
  const standsFor = new Map(
    matchLabels(gold, classes.names, corrections).map(({ label, places }) => [label, places] as const),
  );
  const verdicts = Uint8Array.from(classes.predicted, (predicted, sample) => {
    const label = gold[sample] ?? null;
    if (predicted < 0) return NOT_READ;
    if (label === null) return NO_LABEL;
    const places = standsFor.get(label) ?? [];
    if (places.length === 0) return NO_CLASS;
    return places.includes(predicted) ? RIGHT : WRONG;
  });
  const counts = [0, 0, 0, 0, 0];
  for (const verdict of verdicts) counts[verdict] += 1;
  const compared = counts[WRONG] + counts[RIGHT];
  if (compared === 0) return null;
  return {
    overall: { compared, right: counts[RIGHT] },
    withoutGold: counts[NO_LABEL],
    withoutClass: counts[NO_CLASS],
    units: units.map(({ unit }) => ({ unit, ...countAt(verdicts, firing(unit)) })),
  };
}

const [NOT_READ, NO_LABEL, NO_CLASS, WRONG, RIGHT] = [0, 1, 2, 3, 4];

function countAt(verdicts: Uint8Array, samples: ArrayLike<number>): Omit<UnitTally, 'unit'> {
  let [compared, right] = [0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const verdict = verdicts[samples[at]];
    if (verdict >= WRONG) compared += 1;
    if (verdict === RIGHT) right += 1;
  }
  return { firing: samples.length, compared, right };
}
