/** The samples on which a model is tried with units switched off, and what it says with all of them on. */
export interface AblationGround {
  /** Samples of the probing set whose activations are held, ascending. */
  readonly samples: Uint32Array;
  /** Units of the layer. */
  readonly unitCount: number;
  /** In the order of the model's output. */
  readonly classNames: readonly string[];
  /** What the model says with every unit on, computed behind the layer like all other outcomes. */
  readonly whole: AblationOutcome;
  /** Operators that run behind the layer, and in the whole model. */
  readonly operators: { readonly behind: number; readonly all: number };
}

/** What a model says of the held samples with some of its units changed. */
export interface AblationOutcome {
  /** `[held samples]` the class with the largest output, the first of equals, as an index into the class names; -1 where an output is no number. */
  readonly predicted: Int32Array;
  /** `[classes]` mean output over the held samples. */
  readonly meanScores: Float32Array;
}

/**
 * How units are changed, on every sample and at every position:
 * - `off`: the layer is multiplied by a mask that is 0 for these units and 1 for the others
 * - `formulas`: these units' activations are replaced by what their formulas tell (see FormulaStandIn); the others stay, or are switched off
 */
export type UnitChange =
  | { readonly kind: 'off'; readonly units: readonly number[] }
  | {
      readonly kind: 'formulas';
      readonly units: readonly number[];
      readonly others: 'stay' | 'off';
      /** Each unit's best formula of at most so many concepts, 1 or more; absent: of the most there are. */
      readonly length?: number;
    };

/**
 * The least-squares line by which a unit's formula stands in for its activation: `base + slope * share`, where `share` is the part of a
 * position of the layer's map, 0 to 1, in which the formula holds. Of a formula that holds at whole positions only, the line goes through
 * the mean activation where it holds and the mean where it does not.
 */
export interface FormulaStandIn {
  readonly unit: number;
  readonly base: number;
  readonly slope: number;
  /** Share of the activation's variance over samples and positions that the line tells, 0 to 1; null where the activation does not vary. */
  readonly told: number | null;
}
