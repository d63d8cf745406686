import fc from 'fast-check';
import type {
  AblationGround,
  AblationOutcome,
  FormulaStandIn,
  UnitChange,
} from '../../../../src/engine/ablation/outcome.ts';
import type { AblationRunner } from '../../../../src/engine/ablation/runner.ts';

/** A linear model behind a layer with one position: outputs are `bias + activations * weights`. */
export interface LinearModel {
  /** `[samples][units]` */
  readonly activations: readonly (readonly number[])[];
  /** `[units][classes]` */
  readonly weights: readonly (readonly number[])[];
  /** `[classes]` */
  readonly bias: readonly number[];
  readonly classNames: readonly string[];
  /** Numbers of the samples; 0, 1 and so on unless told. */
  readonly samples?: readonly number[];
  /** `[samples][units]` what formulas of some length tell in place of an activation. */
  readonly formulas?: (sample: number, unit: number, length: number) => number;
}

/** Runs a linear model, and notes the changes it was asked to try. */
export class LinearRunner implements AblationRunner {
  readonly ground: AblationGround;
  readonly asked: UnitChange[] = [];
  readonly #model: LinearModel;

  constructor(model: LinearModel) {
    this.#model = model;
    const { activations, weights, classNames } = model;
    this.ground = {
      samples: Uint32Array.from(model.samples ?? activations.keys()),
      unitCount: weights.length,
      classNames,
      whole: this.#outcome((sample, unit) => activations[sample][unit]),
      operators: { behind: 2, all: 9 },
    };
  }

  async try(changes: readonly UnitChange[]): Promise<readonly AblationOutcome[]> {
    this.asked.push(...changes);
    return changes.map((change) => this.outcomeOf(change));
  }

  /** The lines are those through 0 and 1: `told` is a made-up number that grows with the length. */
  async standIns({ length = 5 }: { readonly length?: number } = {}): Promise<readonly FormulaStandIn[]> {
    return this.#model.weights.map((_, unit) => ({ unit, base: 0, slope: 1, told: length / (length + 1) }));
  }

  outcomeOf(change: UnitChange): AblationOutcome {
    const { activations, formulas } = this.#model;
    const chosen = new Set(change.units);
    if (change.kind === 'off')
      return this.#outcome((sample, unit) => (chosen.has(unit) ? 0 : activations[sample][unit]));
    const { others, length = 5 } = change;
    return this.#outcome((sample, unit) => {
      if (chosen.has(unit)) return formulas?.(sample, unit, length) ?? 0;
      return others === 'off' ? 0 : activations[sample][unit];
    });
  }

  #outcome(valueOf: (sample: number, unit: number) => number): AblationOutcome {
    const { activations, weights, bias } = this.#model;
    const scores = activations.map((_, sample) =>
      bias.map((start, place) => weights.reduce((sum, row, unit) => sum + valueOf(sample, unit) * row[place], start)),
    );
    const meanScores = bias.map((_, place) => scores.reduce((sum, row) => sum + row[place], 0) / scores.length);
    return {
      predicted: Int32Array.from(scores, (row) => row.indexOf(Math.max(...row))),
      meanScores: Float32Array.from(meanScores),
    };
  }
}

const names = ['cat', 'dog', 'owl', 'fox'];

/** A random model with whole numbers everywhere, so that many outputs are equal. */
export const randomLinear: fc.Arbitrary<LinearModel & { readonly gold: readonly (string | null)[] }> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
  .chain(([samples, units, classes]) => {
    const whole = fc.integer({ min: -3, max: 3 });
    const table = (rows: number, columns: number): fc.Arbitrary<number[][]> =>
      fc.array(fc.array(whole, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
    return fc.record({
      activations: table(samples, units),
      weights: table(units, classes),
      bias: fc.array(whole, { minLength: classes, maxLength: classes }),
      classNames: fc.constant(names.slice(0, classes)),
      samples: fc.constant(Array.from({ length: samples }, (_, at) => 2 * at + 1)),
      gold: fc.array(fc.constantFrom(null, 'Cat', 'dog', 'owl', 'whale'), {
        minLength: 2 * samples,
        maxLength: 2 * samples,
      }),
    });
  });
