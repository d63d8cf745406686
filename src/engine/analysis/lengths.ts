import type { UnitId } from '../ids.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { pairedT, type PairedTTest } from '../statistics/paired-t.ts';
import { spreadOf, type Spread } from '../statistics/spread.ts';
import { wilcoxon, type WilcoxonTest } from '../statistics/wilcoxon.ts';
import { explainedUnits, formulaAt, lengthsOf } from './explained-units.ts';

/** IoUs of a layer's units where formulas have at most so many concepts. */
export interface LengthStep {
  /** Most concepts in a formula, from 1. */
  readonly length: number;
  /** IoU of the best formula of at most `length` concepts, in the order of {@link LengthAnalysis.units}. */
  readonly ious: readonly number[];
  /** Null where no unit is explained. */
  readonly spread: Spread | null;
  /** How far the mean lies above that at length 1, in per cent of the latter; null where that is 0, or no unit is explained. */
  readonly increase: number | null;
}

/** Tests of the IoUs at the longest length against those at length 1, unit by unit. */
export interface LengthTests {
  /** The longest length; the other is 1. */
  readonly length: number;
  /** Null where the two lengths differ for no unit. */
  readonly wilcoxon: WilcoxonTest | null;
  /** Null where there are fewer than two units, or all differ by the same. */
  readonly pairedT: PairedTTest | null;
}

/** IoU against the length of formulas (paper, Figure 3). */
export interface LengthAnalysis {
  /** The explained units, in the order of the results. */
  readonly units: readonly UnitId[];
  /** Every length from 1 to the one asked for. */
  readonly lengths: readonly LengthStep[];
  /** Null where only length 1 was asked for. */
  readonly tests: LengthTests | null;
  /**
   * The smallest length from which on each further concept adds less than 1 % to the mean; null where the last one still adds as much, or
   * only length 1 was asked for, or no unit is explained.
   */
  readonly flatFrom: number | null;
}

/** Growth of the mean by one concept more that counts as none. */
const FLAT = 0.01;

/** IoU against the length of formulas. */
export function lengthAnalysis(results: Pick<LayerResults, 'units' | 'settings'>): LengthAnalysis {
  const units = explainedUnits(results);
  const spreads = lengthsOf(results).map((length) => {
    const ious = units.map((unit) => formulaAt(unit, length).iou);
    return { length, ious, spread: spreadOf(ious) };
  });
  const single = spreads[0].spread?.mean ?? 0;
  const lengths = spreads.map((step) => ({
    ...step,
    increase: step.spread && single > 0 ? 100 * (step.spread.mean / single - 1) : null,
  }));
  const means = lengths.flatMap(({ spread }) => spread?.mean ?? []);
  return { units: units.map(({ unit }) => unit), lengths, tests: testsOf(lengths), flatFrom: flatFrom(means) };
}

function testsOf(lengths: readonly LengthStep[]): LengthTests | null {
  const [first, last] = [lengths[0], lengths[lengths.length - 1]];
  if (first === last) return null;
  return {
    length: last.length,
    wilcoxon: wilcoxon(first.ious, last.ious),
    pairedT: pairedT(first.ious, last.ious),
  };
}

/** See {@link LengthAnalysis.flatFrom}. @param means by length, from 1 */
function flatFrom(means: readonly number[]): number | null {
  const lastGrown = means.findLastIndex(
    (mean, at) => at > 0 && mean > means[at - 1] && mean >= (1 + FLAT) * means[at - 1],
  );
  const length = Math.max(lastGrown, 0) + 1;
  return length < means.length ? length : null;
}
