import type { KindLabel } from '../engine/kinds/kind.ts';
import { randomUnits } from '../engine/kinds/random-units.ts';
import type { UnitId } from '../engine/ids.ts';
import type { KindLabels } from './kind-labels.svelte.ts';

/** Keys by which a unit is labelled. */
export const labelKeys: Readonly<Record<string, KindLabel>> = {
  '1': 'lexical',
  '2': 'perceptual',
  '3': 'specialization',
  '4': 'polysemantic',
  '5': 'none',
  '0': 'unsure',
};

/** A round of labelling random units without seeing what is suggested. */
export class KindRound {
  /** In the order in which they are shown. */
  readonly units: readonly UnitId[];
  readonly seed: number;
  readonly #labels: KindLabels;
  #at = $state(0);

  /**
   * @param all the units that can be drawn
   * @param count how many are, at most
   * @param seed a whole number, for {@link randomUnits}
   */
  constructor(all: readonly UnitId[], count: number, seed: number, labels: KindLabels) {
    this.units = randomUnits(all, count, seed);
    this.seed = seed;
    this.#labels = labels;
  }

  /** The unit to be labelled; null once all are. */
  get unit(): UnitId | null {
    return this.units.at(this.#at) ?? null;
  }

  /** Units labelled in this round. */
  get done(): number {
    return this.#at;
  }

  /** Labels the unit and goes on to the next; nothing once all are labelled. */
  give(label: KindLabel): void {
    if (this.unit === null) return;
    this.#labels.set(this.unit, label);
    this.#at += 1;
  }

  /** Goes back to the unit before and takes its label back, to what it was; nothing at the first one. */
  undo(): void {
    if (this.#at === 0) return;
    this.#at -= 1;
    this.#labels.undo();
  }
}
