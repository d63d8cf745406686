import type { Formula } from '../formula/formula.ts';
import type { ConceptId } from '../ids.ts';

/** What one concept does for a formula. */
export interface PartMeasure {
  readonly concept: ConceptId;
  /** The concept's own part of the formula: it, or NEIGHBORS of it. */
  readonly part: Formula;
  /** IoU of the part alone. */
  readonly alone: number;
  /** The formula with that concept left out, an operator with one side becoming that side; null where nothing is left. */
  readonly rest: Formula | null;
  /** IoU of `rest`; 0 where nothing is left. What the concept adds is the formula's IoU less this. */
  readonly without: number;
}

/**
 * A formula held against a unit's mask. With A = positions of the mask and S = positions where the formula holds
 * (docs/method.md, Measures).
 */
export interface FormulaMeasures {
  readonly formula: Formula;
  /** |A| */
  readonly area: number;
  /** |S| */
  readonly size: number;
  /** |A and S| */
  readonly intersection: number;
  /** |A and S| / |A or S|; 0 where both are empty. */
  readonly iou: number;
  /** |A and S| / |A|; null where A is empty. Of where the unit fires, the share the formula tells. */
  readonly activationCoverage: number | null;
  /** |A and S| / |S|; null where S is empty. Of where the formula holds, the share in which the unit fires. */
  readonly detectionAccuracy: number | null;
  /** Samples with a position in both, over samples with one in S; null where there is none. */
  readonly samplesCoverage: number | null;
  /** Samples with a position in both, over samples with one in A; null where there is none. */
  readonly explanationCoverage: number | null;
  /**
   * Area under the ROC curve of telling samples in which the formula holds somewhere from the others, by the largest activation of the
   * un-upsampled map (Bykov et al., 2023); ties count one half. Null where all samples are of one kind.
   */
  readonly auroc: number | null;
  /** Each concept of the formula, in the order of writing. */
  readonly parts: readonly PartMeasure[];
}

/** In how many of the samples read unit and formula have positions. */
export interface SampleOverlap {
  readonly read: number;
  /** Samples with a position in mask and formula. */
  readonly both: number;
  /** Samples with a position where the formula holds. */
  readonly holding: number;
  /** Samples with a position in the mask. */
  readonly firing: number;
}

/** {@link FormulaMeasures} with the samples that its shares are of, and without its parts. */
export interface WholeMeasures extends Omit<FormulaMeasures, 'parts'> {
  /** Null where nothing is known of samples; what is counted in samples is null then, and AUROC. */
  readonly samples: SampleOverlap | null;
}

/**
 * Which samples a list has:
 * - `firing`: those in which the unit's mask has a position, by falling peak
 * - `formula-only`: the formula holds somewhere and the mask is empty, by falling size of the formula
 * - `unit-only`: the mask has a position and the formula holds nowhere in it, by falling peak
 */
export type SampleListKind = 'firing' | 'formula-only' | 'unit-only';

/** Samples in order, one entry each; equal ones by sample. Typed arrays, since there may be tens of thousands. */
export interface SampleList {
  readonly samples: Uint32Array;
  /** Largest activation on the un-upsampled map. */
  readonly peaks: Float32Array;
  /** Positions of the unit's mask. */
  readonly inMask: Uint32Array;
  /** Positions where the formula holds; 0 where no formula was given. */
  readonly inFormula: Uint32Array;
  /** Positions in both. */
  readonly inBoth: Uint32Array;
}

/** Samples in which a formula holds somewhere, by falling size; equal ones by sample. */
export interface FormulaSamples {
  /** Positions where it holds, over all samples read. */
  readonly size: number;
  readonly samples: Uint32Array;
  /** Positions where it holds, in each of `samples`. */
  readonly inFormula: Uint32Array;
}

/** How much of the probing set each concept covers. */
export interface ConceptCoverage {
  /** Positions of all samples read. */
  readonly positions: number;
  readonly samplesRead: number;
  /** `[concepts]` positions where each is true. */
  readonly sizes: Float64Array;
  /** `[concepts]` samples in which each is true somewhere. */
  readonly samples: Uint32Array;
}

/** What lies where in one sample: each position has an entry of `palette`, the concepts true there. */
export interface SampleConcepts {
  /** Concept ids, ascending inside each entry. */
  readonly palette: readonly (readonly number[])[];
  /** `[height * width]` indices into `palette`. */
  readonly index: Uint8Array | Uint16Array;
}
