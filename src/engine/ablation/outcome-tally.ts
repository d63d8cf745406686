import type { AblationGround, AblationOutcome } from './outcome.ts';
import { shareOf, type Share } from './share.ts';
import type { HeldTruth } from './truth.ts';

/** Counts of an outcome over the held samples. */
export interface OutcomeTally {
  /** Samples held. */
  readonly samples: number;
  /** Samples whose prediction is the whole model's. */
  readonly same: number;
  /** Samples of which it is known whether the model is right. */
  readonly compared: number;
  /** Those of them on which it is right. */
  readonly right: number;
  /** Compared samples on which the whole model is right and this one is not. */
  readonly becameWrong: number;
  /** Compared samples on which the whole model is not right and this one is. */
  readonly becameRight: number;
  /** `[labels]` compared samples of each gold label. */
  readonly comparedByLabel: Uint32Array;
  /** `[labels]` those of them on which it is right. */
  readonly rightByLabel: Uint32Array;
}

/** Counts an outcome. Whether a class is right is asked only where a prediction is another than the whole model's. */
export function tallyOutcome(
  { whole }: Pick<AblationGround, 'whole'>,
  { predicted }: Pick<AblationOutcome, 'predicted'>,
  truth: HeldTruth,
): OutcomeTally {
  const { labelAt, wholeRight, labels } = truth;
  const comparedByLabel = new Uint32Array(labels.length);
  const rightByLabel = new Uint32Array(labels.length);
  let [same, compared, right, becameWrong, becameRight] = [0, 0, 0, 0, 0];
  for (let held = 0; held < predicted.length; held += 1) {
    const stays = predicted[held] === whole.predicted[held];
    if (stays) same += 1;
    const label = labelAt[held];
    if (label < 0) continue;
    compared += 1;
    comparedByLabel[label] += 1;
    const was = wholeRight[held] === 1;
    const is = stays ? was : truth.isRight(held, predicted[held]);
    if (is) {
      right += 1;
      rightByLabel[label] += 1;
    }
    if (was && !is) becameWrong += 1;
    if (is && !was) becameRight += 1;
  }
  const counts = { samples: predicted.length, same, compared, right, becameWrong, becameRight };
  return { ...counts, comparedByLabel, rightByLabel };
}

/** How well an outcome does. */
export interface OutcomeShares {
  /** Samples on which the model is right, of those where that is known. */
  readonly right: Share;
  /** Samples whose prediction is the whole model's, of all held. */
  readonly same: Share;
}

/** How well an outcome does, from its counts. */
export const sharesOf = ({ right, compared, same, samples }: OutcomeTally): OutcomeShares => ({
  right: shareOf(right, compared),
  same: shareOf(same, samples),
});
