/**
 * How it is told what an upper unit is made of:
 * - `weight`: by the weight between the two units, where one linear operator lies between their layers (of a convolution the sum over the kernel)
 * - `correlation`: by Pearson's r of the two units' highest activations on a sample, over the samples that were read
 * - `iou`: by the IoU of the two units' masks on the probing set's grid
 */
export type ContributionMeasure = 'weight' | 'correlation' | 'iou';

/** Those that are measured on the samples, and need no model. */
export type SampledMeasure = Exclude<ContributionMeasure, 'weight'>;

/** How the weights between two layers came about; see layerWeights of src/onnx. */
export interface WeightFacts {
  /** The linear operator between them: `Conv`, `Gemm` or `MatMul`. */
  readonly operator: string;
  /** Positions over which weights were added up; 1: none were. */
  readonly positions: number;
  /** Something is added that does not come from the lower layer; no weight tells its part. */
  readonly addedBeside: boolean;
}

/** What upper units are made of, as far as that is known. */
export type ContributionAnswer =
  | {
      readonly kind: 'values';
      /** For each upper unit asked about a number for each lower unit; NaN where there is none. */
      readonly values: readonly Float32Array[];
      /** Null unless by weight. */
      readonly weights: WeightFacts | null;
    }
  | {
      readonly kind: 'none';
      /** Why there are no numbers, in a sentence. */
      readonly reason: string;
      /** Whether opening the model would help. */
      readonly needsModel: boolean;
    };

/** What a lower unit is to an upper one. */
export interface Contribution {
  /** Number of the lower unit. */
  readonly unit: number;
  /** The weight, r or IoU; never 0. */
  readonly value: number;
}

/** What an upper unit is made of. */
export interface Contributions {
  /** Above 0, the largest first; of equal ones the first unit. */
  readonly contributors: readonly Contribution[];
  /** Below 0, the smallest first. An IoU is never below 0: of masks there are none. */
  readonly inhibitors: readonly Contribution[];
  /** Lower units for which there is no number: constant ones have no correlation, two empty masks no IoU. */
  readonly unknown: number;
}

/**
 * The lower units that stand out.
 *
 * @param values one for each lower unit, by number; NaN where there is none
 * @param most how many of each kind at most
 */
export function strongest(values: ArrayLike<number>, most: number): Contributions {
  const all = Array.from(values, (value, unit): Contribution => ({ unit, value }));
  const known = all.filter(({ value }) => !Number.isNaN(value));
  const above = known.filter(({ value }) => value > 0).sort((one, other) => other.value - one.value);
  const below = known.filter(({ value }) => value < 0).sort((one, other) => one.value - other.value);
  return {
    contributors: above.slice(0, most),
    inhibitors: below.slice(0, most),
    unknown: all.length - known.length,
  };
}
