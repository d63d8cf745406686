import { mcnemarExact } from '../statistics/mcnemar.ts';
import type { AblationGround, AblationOutcome } from './outcome.ts';
import { tallyOutcome } from './outcome-tally.ts';
import { shareOf, type Share } from './share.ts';
import type { GoldLabel, HeldTruth } from './truth.ts';

/** What a change does to the samples of one gold label. */
export interface ClassChange extends GoldLabel {
  /** Held samples of this label. */
  readonly compared: number;
  /** Those of them on which the whole model is right. */
  readonly before: number;
  /** Those of them on which the changed model is right. */
  readonly after: number;
}

/** What a change of units does to what a model says of the held samples. */
export interface OutcomeChange {
  /** Samples whose prediction changes, of all held. */
  readonly changed: Share;
  /** Samples on which the whole model is right, of those where that is known. */
  readonly before: Share;
  /** Samples on which the changed model is right, of the same. */
  readonly after: Share;
  readonly becameWrong: number;
  readonly becameRight: number;
  /** Exact McNemar test of as many becoming right as wrong, two-sided; null where none does either. */
  readonly p: number | null;
  /** A gold label each, in the order of the model's output. */
  readonly classes: readonly ClassChange[];
  /** `[classes]` mean output of the whole model less that of the changed one: above 0 where what was changed pushes the class. */
  readonly effects: readonly number[];
}

/** What an outcome is against the whole model's. */
export function outcomeChange(ground: AblationGround, outcome: AblationOutcome, truth: HeldTruth): OutcomeChange {
  const now = tallyOutcome(ground, outcome, truth);
  const was = tallyOutcome(ground, ground.whole, truth);
  return {
    changed: shareOf(now.samples - now.same, now.samples),
    before: shareOf(was.right, was.compared),
    after: shareOf(now.right, now.compared),
    becameWrong: now.becameWrong,
    becameRight: now.becameRight,
    p: mcnemarExact(now.becameWrong, now.becameRight),
    classes: truth.labels.map((label, at) => ({
      ...label,
      compared: now.comparedByLabel[at],
      before: was.rightByLabel[at],
      after: now.rightByLabel[at],
    })),
    effects: effectsOf(ground, outcome),
  };
}

/** `[classes]` see {@link OutcomeChange.effects}. */
export const effectsOf = ({ whole }: Pick<AblationGround, 'whole'>, outcome: AblationOutcome): readonly number[] =>
  Array.from(whole.meanScores, (score, place) => score - outcome.meanScores[place]);

/** A sample whose prediction changes. */
export interface ChangedSample {
  /** Number in the probing set. */
  readonly sample: number;
  /** Classes predicted, as places in the model's output. */
  readonly before: number;
  readonly after: number;
  /** What that means; `other` where both are wrong, or it is not known what is right. */
  readonly turn: 'lost' | 'won' | 'other';
}

const turns: readonly ChangedSample['turn'][] = ['lost', 'won', 'other'];

/** The samples whose prediction changes: first those that become wrong, then those that become right, then the others; each ascending. */
export function changedSamples(
  { samples, whole }: AblationGround,
  { predicted }: Pick<AblationOutcome, 'predicted'>,
  { labelAt, wholeRight, isRight }: HeldTruth,
): readonly ChangedSample[] {
  const changed: ChangedSample[] = [];
  for (let held = 0; held < predicted.length; held += 1) {
    const [before, after] = [whole.predicted[held], predicted[held]];
    if (before === after) continue;
    const is = labelAt[held] >= 0 && isRight(held, after);
    const turn = wholeRight[held] === 1 && !is ? 'lost' : is && wholeRight[held] === 0 ? 'won' : 'other';
    changed.push({ sample: samples[held], before, after, turn });
  }
  return turns.flatMap((wanted) => changed.filter(({ turn }) => turn === wanted));
}
