import type { LayerResults } from '../results/layer-results.ts';
import { accuracyAnalysis, type AccuracyAnalysis } from './accuracy.ts';
import { classAnalysis, type ClassAnalysis } from './class-units.ts';
import { lengthAnalysis, type LengthAnalysis } from './lengths.ts';
import { uniquenessAnalysis, type UniquenessAnalysis } from './uniqueness.ts';
import type { UnitTallies } from './unit-tallies.ts';

/** What the explanations of a layer say about the model: the paper's figures and tables, as numbers that JSON can hold. */
export interface Analysis {
  readonly lengths: LengthAnalysis;
  readonly uniqueness: UniquenessAnalysis;
  /** Null where it is not known how often the model is right. */
  readonly accuracy: AccuracyAnalysis | null;
  /** Null where no linear layer makes classes of the units, or that is not known. */
  readonly classes: ClassAnalysis | null;
}

/**
 * Everything that can be said of a layer's results.
 *
 * @param tallies of these results (tallyUnits); null where it is not known how often the model is right
 */
export function analysisOf(results: LayerResults, tallies: UnitTallies | null): Analysis {
  return {
    lengths: lengthAnalysis(results),
    uniqueness: uniquenessAnalysis(results),
    accuracy: tallies && accuracyAnalysis(results, tallies),
    classes: classAnalysis(results),
  };
}
