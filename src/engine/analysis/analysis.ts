import type { AblationAnalysis } from '../ablation/ablation-analysis.ts';
import type { KindAnalysis } from '../kinds/kind-analysis.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { accuracyAnalysis, type AccuracyAnalysis } from './accuracy.ts';
import type { ClassCorrelations } from './class-correlations.ts';
import { classAnalysis, type ClassAnalysis } from './class-units.ts';
import { lengthAnalysis, type LengthAnalysis } from './lengths.ts';
import type { MeasuresAnalysis } from './measures.ts';
import { uniquenessAnalysis, type UniquenessAnalysis } from './uniqueness.ts';
import type { UnitTallies } from './unit-tallies.ts';

/** What the explanations of a layer say about the model: the paper's figures and tables, as numbers that JSON can hold. */
export interface Analysis {
  readonly lengths: LengthAnalysis;
  readonly uniqueness: UniquenessAnalysis;
  /** Null where it is not known how often the model is right. */
  readonly accuracy: AccuracyAnalysis | null;
  /** Null where no linear layer makes classes of the units and no correlations are given. */
  readonly classes: ClassAnalysis | null;
  /** Null where kinds were not suggested. */
  readonly kinds: KindAnalysis | null;
  /** Null where nothing was measured, for want of activations. */
  readonly measures: MeasuresAnalysis | null;
  /** Null where no units were switched off. */
  readonly ablation: AblationAnalysis | null;
}

/** What is made elsewhere, since it takes more than results: masks, tables of words, a model. */
export type FurtherAnalyses = Partial<Pick<Analysis, 'kinds' | 'measures' | 'ablation'>>;

/**
 * Everything that can be said of a layer's results.
 *
 * @param tallies of these results (tallyUnits); null where it is not known how often the model is right
 * @param correlations of all units with the classes (correlateClasses), for where no linear layer reads the units; null where not known
 */
export function analysisOf(
  results: LayerResults,
  tallies: UnitTallies | null,
  correlations: ClassCorrelations | null = null,
  { kinds = null, measures = null, ablation = null }: FurtherAnalyses = {},
): Analysis {
  return {
    lengths: lengthAnalysis(results),
    uniqueness: uniquenessAnalysis(results),
    accuracy: tallies && accuracyAnalysis(results, tallies),
    classes: classAnalysis(results, correlations),
    ...{ kinds, measures, ablation },
  };
}
