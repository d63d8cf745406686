import { classifyByFormulas, replaceableUnits } from '../engine/ablation/formulas-alone.ts';
import type { FormulasAlone } from '../engine/ablation/formulas-alone.ts';
import { pruneUnits, RANDOM_ORDERS } from '../engine/ablation/pruning.ts';
import type { Pruning, PruningPool } from '../engine/ablation/pruning.ts';
import { heldTruth } from '../engine/ablation/truth.ts';
import type { HeldTruth, Truth } from '../engine/ablation/truth.ts';
import { ablateUnits } from '../engine/ablation/unit-ablation.ts';
import type { UnitAblation } from '../engine/ablation/unit-ablation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Ablation } from '../jobs/api.ts';
import { AblationTrial } from './ablation-trial.svelte.ts';
import { Task } from './task.svelte.ts';

/** Seed of the random orders in which the page prunes. */
const seed = 1;

/** Units of a layer that can be switched off, and what was found out by that. */
export class OpenAblation {
  readonly ablation: Ablation;
  readonly results: LayerResults;
  readonly gold: Truth['gold'];
  /** What is right, of all samples; null where nothing is known of it. */
  readonly given: Truth | null;
  readonly truth: HeldTruth;
  readonly trial: AblationTrial;
  /** Units that have a formula. */
  readonly explained: ReadonlySet<number>;
  /** Each unit off alone. */
  readonly single = new Task<UnitAblation>();
  /** Units off one after the other; null where there are none in the pool. */
  readonly pruning = new Task<Pruning | null>();
  /** Formulas in place of units; null where no unit is explained. */
  readonly formulas = new Task<FormulasAlone | null>();

  /** @param truth null where nothing is known of right answers */
  constructor(ablation: Ablation, results: LayerResults, truth: Truth | null) {
    this.ablation = ablation;
    this.results = results;
    this.gold = truth?.gold ?? [];
    this.given = truth;
    this.truth = heldTruth(ablation.ground, truth);
    this.explained = replaceableUnits(results);
    this.trial = new AblationTrial(ablation, this.truth, this.explained);
  }

  /** Whether there are samples of which it is known what is right. */
  get compares(): boolean {
    return this.truth.labels.length > 0;
  }

  tryUnits(): Promise<void> {
    return this.single.start((options) => ablateUnits(this.ablation, this.truth, this.results.units, options));
  }

  prune(pool: PruningPool, randomOrders: number = RANDOM_ORDERS): Promise<void> {
    return this.pruning.start((options) =>
      pruneUnits(this.ablation, this.truth, this.results.units, pool, { ...options, randomOrders, seed }),
    );
  }

  tryFormulas(): Promise<void> {
    return this.formulas.start((options) => classifyByFormulas(this.ablation, this.truth, this.results, options));
  }

  /** Ends the worker and what it does. */
  close(): void {
    this.single.cancel();
    this.pruning.cancel();
    this.formulas.cancel();
    this.ablation.close();
  }
}
