import type { UnitChange } from '../engine/ablation/outcome.ts';
import { changedSamples, outcomeChange } from '../engine/ablation/outcome-change.ts';
import type { ChangedSample, OutcomeChange } from '../engine/ablation/outcome-change.ts';
import type { HeldTruth } from '../engine/ablation/truth.ts';
import type { Fault } from '../engine/fault.ts';
import type { Ablation } from '../jobs/api.ts';
import { Latest } from './latest.svelte.ts';

/** What is done to the chosen units. */
export type TrialKind = UnitChange['kind'];

/** Chosen units and what is done to them. */
interface Choice {
  /** Ascending, each once. */
  readonly units: readonly number[];
  readonly kind: TrialKind;
}

/** What a choice does to the model's predictions. */
export interface TrialOutcome {
  readonly units: readonly number[];
  readonly kind: TrialKind;
  readonly change: OutcomeChange;
  readonly changed: readonly ChangedSample[];
}

const nothing: Choice = { units: [], kind: 'off' };

/** Units that a person switches off, or replaces by their formulas, and what the model says then. */
export class AblationTrial {
  readonly #ablation: Pick<Ablation, 'ground' | 'try'>;
  readonly #truth: HeldTruth;
  readonly #explained: ReadonlySet<number>;
  readonly #latest = new Latest<TrialOutcome>();
  #choice: Choice = $state.raw(nothing);
  #before: readonly Choice[] = $state.raw([]);

  /** @param explained units that have a formula: only these can be replaced by it */
  constructor(ablation: Pick<Ablation, 'ground' | 'try'>, truth: HeldTruth, explained: ReadonlySet<number>) {
    this.#ablation = ablation;
    this.#truth = truth;
    this.#explained = explained;
    this.#ask();
  }

  get units(): readonly number[] {
    return this.#choice.units;
  }

  get kind(): TrialKind {
    return this.#choice.kind;
  }

  /** Whether there is a choice to go back to. */
  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  /** The newest outcome, perhaps of an older choice; undefined before the first. */
  get outcome(): TrialOutcome | undefined {
    return this.#latest.answer?.value;
  }

  /** Whether the newest choice has no outcome yet. */
  get pending(): boolean {
    return this.#latest.busy;
  }

  get fault(): Fault | null {
    return this.#latest.fault;
  }

  /** Whether a unit can be chosen: for its formula it must have one. */
  allows(unit: number): boolean {
    return this.kind === 'off' || this.#explained.has(unit);
  }

  /** Chooses a unit, or leaves it as it was. */
  toggle(unit: number): void {
    const { units } = this;
    this.choose(units.includes(unit) ? units.filter((one) => one !== unit) : [...units, unit]);
  }

  /** Chooses units in place of those chosen before; those that cannot be are left out. */
  choose(units: readonly number[]): void {
    const kind = this.kind;
    this.#take({
      kind,
      units: units.filter((unit, at) => this.allows(unit) && units.indexOf(unit) === at).sort((a, b) => a - b),
    });
  }

  /** Switches chosen units off, or replaces them by their formulas; then those without one are chosen no more. */
  turnTo(kind: TrialKind): void {
    const units = kind === 'off' ? this.units : this.units.filter((unit) => this.#explained.has(unit));
    this.#take({ kind, units });
  }

  /** Back to the choice before. */
  undo(): void {
    const last = this.#before.at(-1);
    if (!last) return;
    this.#before = this.#before.slice(0, -1);
    this.#choice = last;
    this.#ask();
  }

  /** No unit is chosen; undo leads back. */
  reset(): void {
    this.choose([]);
  }

  #take(choice: Choice): void {
    if (keyOf(choice) === keyOf(this.#choice)) return;
    this.#before = [...this.#before, this.#choice];
    this.#choice = choice;
    this.#ask();
  }

  #ask(): void {
    const { units, kind } = this.#choice;
    const change: UnitChange = kind === 'off' ? { kind, units } : { kind, units, others: 'stay' };
    const ask = async (): Promise<TrialOutcome> => {
      const [outcome] = await this.#ablation.try([change]);
      const { ground } = this.#ablation;
      return {
        ...{ units, kind },
        change: outcomeChange(ground, outcome, this.#truth),
        changed: changedSamples(ground, outcome, this.#truth),
      };
    };
    this.#latest.ask({ key: keyOf(this.#choice), topic: '', ask });
  }
}

const keyOf = ({ kind, units }: Choice): string => `${kind} ${units.join(' ')}`;
