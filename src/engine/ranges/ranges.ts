import type { ScoredFormula, UnitState } from '../results/explanation.ts';

/** A sample with much of a range. */
export interface RangeSample {
  readonly sample: number;
  /** Positions of the sample in the range. */
  readonly positions: number;
  /** Largest activation on the un-upsampled map. */
  readonly peak: number;
}

/** A range of a unit's activation, explained by itself. */
export interface ActivationRange {
  /** The range's mask: positions whose enlarged activation lies above this, and not above the `low` of the range that follows. */
  readonly low: number;
  /** The `low` of the range that follows; of the last one the largest activation. */
  readonly high: number;
  /** Mean of its un-upsampled activations: the cluster's centre. */
  readonly mean: number;
  /** Un-upsampled activations in it. */
  readonly values: number;
  /** Positions of the mask, on the grid of the concepts. */
  readonly area: number;
  /** Samples in which the mask has a position. */
  readonly firing: number;
  /** `unrelated` where no concept overlaps the mask, `silent` where it is empty. */
  readonly state: UnitState;
  readonly best: ScoredFormula | null;
  /** Samples with most positions in it, at most 12; of equally many those whose peak is nearest to `mean`, then the first. */
  readonly top: readonly RangeSample[];
}

/** How often activations of each size occur. */
export interface RangeHistogram {
  readonly from: number;
  readonly to: number;
  /** Un-upsampled activations in bins of equal width; the last one has its upper end too. */
  readonly counts: readonly number[];
}

/** The ranges of a unit's activation (La Rosa et al., NeurIPS 2023: clustered compositional explanations). */
export interface UnitRanges {
  readonly unit: number;
  /** Clusters asked for. */
  readonly k: number;
  /** Activations above this are split: 0, or the lowest number above which all were kept. */
  readonly from: number;
  /** Un-upsampled activations above `from`. */
  readonly values: number;
  /** All un-upsampled activations of the samples read. */
  readonly total: number;
  /** Width of the steps in which activations were taken together before they were split; 0: the split is the best of all. */
  readonly step: number;
  /** Sum of squared distances of the activations split from their cluster's mean. */
  readonly withinClusters: number;
  /** Positions of the probing set, as many as were read. */
  readonly positions: number;
  /** By rising activation; fewer than `k` where fewer different activations lie above `from`, none where none does. */
  readonly ranges: readonly ActivationRange[];
  readonly histogram: RangeHistogram;
}
