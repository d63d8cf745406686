import type { UnitId } from '../ids.ts';
import { accuracyOn, predictedName, sameLabel } from '../results/class-accuracy.ts';
import type { UnitExplanation } from '../results/explanation.ts';
import type { LayerClasses, LayerResults } from '../results/layer-results.ts';

/** How often a model is right: `right` of `compared` samples, which have both a gold label and a prediction. */
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
  /** One entry for each of the results' units, in their order. */
  readonly units: readonly UnitTally[];
}

/**
 * Counts how often a model is right where each unit fires (paper, section 5: a model's accuracy on inputs where the unit is active). A
 * prediction is right where it and the gold label stand for the same label ({@link sameLabel}).
 *
 * @param gold gold labels of all samples, by number; null for those without one
 * @param firing samples on which a unit fires, each once
 * @returns null where nothing can be compared: no predictions are known, there is no gold label, or none of the model's classes is named as
 *   a gold label is
 */
export function tallyUnits(
  { units, classes }: Pick<LayerResults, 'classes'> & { readonly units: readonly Pick<UnitExplanation, 'unit'>[] },
  gold: readonly (string | null)[],
  firing: (unit: UnitId) => ArrayLike<number>,
): UnitTallies | null {
  const overall = classes && accuracyOn(classes.predicted.keys(), gold, classes);
  if (!overall || overall.of === 0) return null;
  const verdicts = verdictsOf(classes, gold);
  return {
    overall: { compared: overall.of, right: overall.right },
    withoutGold: overall.withoutGold,
    units: units.map(({ unit }) => {
      const samples = firing(unit);
      let [compared, right] = [0, 0];
      for (let at = 0; at < samples.length; at += 1) {
        const verdict = verdicts[samples[at]];
        if (verdict !== NOT_COMPARED) compared += 1;
        if (verdict === RIGHT) right += 1;
      }
      return { unit, firing: samples.length, compared, right };
    }),
  };
}

const [NOT_COMPARED, WRONG, RIGHT] = [0, 1, 2];

/** `[samples]` whether each prediction is right. */
function verdictsOf(classes: LayerClasses, gold: readonly (string | null)[]): Uint8Array {
  const known = new Map<string, Map<string, boolean>>();
  const isRight = (label: string, predicted: string): boolean => {
    let row = known.get(label);
    if (!row) known.set(label, (row = new Map()));
    let right = row.get(predicted);
    if (right === undefined) row.set(predicted, (right = sameLabel(predicted, label)));
    return right;
  };
  return Uint8Array.from(classes.predicted, (_, sample) => {
    const predicted = predictedName(classes, sample);
    const label = gold[sample] ?? null;
    if (predicted === null || label === null) return NOT_COMPARED;
    return isRight(label, predicted) ? RIGHT : WRONG;
  });
}
