import type { UnitExplanation } from '../results/explanation.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { pearson, spearman, type Correlation } from '../statistics/correlation.ts';
import { wilsonInterval, type Interval } from '../statistics/wilson.ts';
import { formulaAt, isExplained, lengthsOf } from './explained-units.ts';
import type { RightCount, UnitTallies, UnitTally } from './unit-tallies.ts';

/** A model's accuracy where a unit fires, and how well the unit is explained. */
export interface AccuracyPoint extends UnitTally {
  /** Of the unit's best formula. */
  readonly iou: number;
  /** `right` over `compared`, 0 to 1. */
  readonly accuracy: number;
  /** The 95 % confidence interval of `accuracy` (Wilson). */
  readonly interval: Interval;
}

/**
 * Why a unit is left out:
 * - `fires-nowhere`: it fires on no sample
 * - `not-explained`: it fires, but has no formula
 * - `few`: too few of the samples on which it fires can be compared
 */
export type LeftOutReason = 'not-explained' | 'fires-nowhere' | 'few';

/** A unit that stands in no correlation. */
export interface LeftOutUnit extends UnitTally {
  readonly why: LeftOutReason;
}

/** How accuracy goes with IoU where formulas have at most so many concepts. */
export interface AccuracyStep {
  /** Most concepts in a formula, from 1. */
  readonly length: number;
  /** Null where there are fewer than three points, or all have the same IoU or the same accuracy. */
  readonly pearson: Correlation | null;
  /** Null where `pearson` is. */
  readonly spearman: Correlation | null;
}

/** Interpretability against accuracy (paper, section 5 and Figure 7). */
export interface AccuracyAnalysis {
  /** Samples that must be comparable where a unit fires, for the unit to count. */
  readonly least: number;
  /** How often the model is right on all samples read. */
  readonly overall: RightCount;
  /** `right` over `compared` on all samples, 0 to 1; null where none can be compared. */
  readonly accuracy: number | null;
  /** The 95 % confidence interval of `accuracy` (Wilson); null where that is. */
  readonly interval: Interval | null;
  /** Samples with a prediction but no gold label: compared nowhere. */
  readonly withoutGold: number;
  /** Samples with a prediction and a gold label that stands for none of the classes: compared nowhere. */
  readonly withoutClass: number;
  /** In the order of the results. */
  readonly points: readonly AccuracyPoint[];
  /** In the order of the results. */
  readonly leftOut: readonly LeftOutUnit[];
  /** Every length from 1 to the one asked for, over the same points; the last is that of the points' own IoUs. */
  readonly lengths: readonly AccuracyStep[];
}

const LEAST = 20;

/**
 * Interpretability against accuracy.
 *
 * @param tallies of these results
 * @param least see {@link AccuracyAnalysis.least}, 1 or more
 */
export function accuracyAnalysis(
  results: Pick<LayerResults, 'units' | 'settings'>,
  { overall, withoutGold, withoutClass, units: tallies }: UnitTallies,
  least = LEAST,
): AccuracyAnalysis {
  const entries = results.units.map((unit, at) => ({ unit, tally: tallies[at] }));
  const leftOut = entries.flatMap(({ unit, tally }) => {
    const why = reasonAgainst(unit, tally, least);
    return why ? [{ ...tally, why }] : [];
  });
  const counted = entries.flatMap(({ unit, tally }) => {
    const interval = wilsonInterval(tally.right, tally.compared);
    if (!interval || !isExplained(unit) || reasonAgainst(unit, tally, least)) return [];
    return [{ unit, point: { ...tally, iou: unit.best.iou, accuracy: tally.right / tally.compared, interval } }];
  });
  const points = counted.map(({ point }) => point);
  const accuracies = points.map(({ accuracy }) => accuracy);
  const lengths = lengthsOf(results).map((length) => {
    const ious = counted.map(({ unit }) => formulaAt(unit, length).iou);
    return { length, pearson: pearson(ious, accuracies), spearman: spearman(ious, accuracies) };
  });
  return {
    least,
    overall,
    accuracy: overall.compared > 0 ? overall.right / overall.compared : null,
    interval: wilsonInterval(overall.right, overall.compared),
    withoutGold,
    withoutClass,
    points,
    leftOut,
    lengths,
  };
}

function reasonAgainst(unit: UnitExplanation, { firing, compared }: UnitTally, least: number): LeftOutReason | null {
  if (firing === 0) return 'fires-nowhere';
  if (!isExplained(unit)) return 'not-explained';
  return compared < Math.max(1, least) ? 'few' : null;
}
