import type { LayerResults } from '../results/layer-results.ts';
import { isExplained } from '../analysis/explained-units.ts';
import { classifyByFormulas, type FormulasAlone } from './formulas-alone.ts';
import { sharesOf, tallyOutcome, type OutcomeShares } from './outcome-tally.ts';
import { pruneUnits, RANDOM_ORDERS, type Pruning } from './pruning.ts';
import type { AblationRunner } from './runner.ts';
import { heldTruth, type Truth } from './truth.ts';
import { ablateUnits, type UnitAblation } from './unit-ablation.ts';

/** What a model loses without its units, and what their formulas can do in their place; numbers that JSON can hold. */
export interface AblationAnalysis {
  /** Samples held, on which everything is counted. */
  readonly samples: number;
  /** Samples read of which the activations are not held. */
  readonly leftOut: number;
  /** Units of the layer. */
  readonly unitCount: number;
  /** In the order of the model's output. */
  readonly classNames: readonly string[];
  /** Operators that run behind the layer, and in the whole model. */
  readonly operators: { readonly behind: number; readonly all: number };
  /** What the model does with all units on. */
  readonly whole: OutcomeShares;
  readonly units: UnitAblation;
  /** Of all units asked for; and, where some of them are not explained, of the explained ones. None where there are no units. */
  readonly pruning: readonly Pruning[];
  /** Null where no unit is explained. */
  readonly formulas: FormulasAlone | null;
}

/** Parts of an {@link AblationAnalysis}, in the order in which they are made. */
export type AblationPart = 'units' | 'pruning' | 'formulas';

/** How an {@link AblationAnalysis} is made. */
export interface AblationOptions {
  readonly leftOut?: number;
  /** Random orders of pruning; 40 unless told. */
  readonly randomOrders?: number;
  /** Seed of the random orders; 1 unless told. */
  readonly seed?: number;
  readonly onProgress?: (progress: {
    readonly part: AblationPart;
    readonly done: number;
    readonly total: number;
  }) => void;
  readonly signal?: AbortSignal;
}

/**
 * Everything that switching units off says of a layer's results.
 *
 * @param truth null where nothing is known of right answers: then only changed predictions are counted
 */
export async function ablationAnalysis(
  runner: AblationRunner,
  results: Pick<LayerResults, 'units' | 'settings'>,
  truth: Truth | null,
  { leftOut = 0, randomOrders = RANDOM_ORDERS, seed = 1, onProgress, signal }: AblationOptions = {},
): Promise<AblationAnalysis> {
  const { ground } = runner;
  const held = heldTruth(ground, truth);
  const options = (part: AblationPart) => ({
    onProgress: (done: number, total: number) => onProgress?.({ part, done, total }),
    ...(signal ? { signal } : {}),
  });
  const units = await ablateUnits(runner, held, results.units, options('units'));
  const pools = results.units.every(isExplained) ? (['all'] as const) : (['all', 'explained'] as const);
  const pruning: Pruning[] = [];
  for (const pool of pools) {
    const made = await pruneUnits(runner, held, results.units, pool, { ...options('pruning'), randomOrders, seed });
    if (made) pruning.push(made);
  }
  return {
    ...{ leftOut, units, pruning },
    samples: ground.samples.length,
    unitCount: ground.unitCount,
    classNames: ground.classNames,
    operators: ground.operators,
    whole: sharesOf(tallyOutcome(ground, ground.whole, held)),
    formulas: await classifyByFormulas(runner, held, results, options('formulas')),
  };
}
