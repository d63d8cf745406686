import { SvelteMap } from 'svelte/reactivity';
import { readLabelsCsv } from '../engine/kinds/kinds-csv.ts';
import type { LabelsByUnit } from '../engine/kinds/kinds-csv.ts';
import { kindLabels } from '../engine/kinds/kind.ts';
import type { KindLabel } from '../engine/kinds/kind.ts';
import type { Fault } from '../engine/fault.ts';
import type { UnitId } from '../engine/ids.ts';
import type { Evidence } from '../jobs/api.ts';
import { toFault } from './to-fault.ts';

const NOTE = 'labels of kinds';

/** Labels of some units as they were before a step; null: they had none. */
type Step = readonly (readonly [UnitId, KindLabel | null])[];

/** What a person says of the kinds of the units of some results. Kept on this machine with the results; every step can be taken back. */
export class KindLabels {
  readonly #notes: Pick<Evidence, 'note' | 'keepNote'>;
  readonly #labels = new SvelteMap<UnitId, KindLabel>();
  #steps: readonly Step[] = $state.raw([]);
  #fault: Fault | null = $state.raw(null);
  #loading: Promise<void> | null = null;
  #keeping: Promise<void> = Promise.resolve();

  constructor(notes: Pick<Evidence, 'note' | 'keepNote'>) {
    this.#notes = notes;
  }

  /** Labels by unit. */
  get all(): LabelsByUnit {
    return this.#labels;
  }

  /** Why labels could not be read or kept. */
  get fault(): Fault | null {
    return this.#fault;
  }

  get canUndo(): boolean {
    return this.#steps.length > 0;
  }

  /** Brings back what was kept; units labelled meanwhile stay as they are. */
  load(): Promise<void> {
    return (this.#loading ??= this.#read());
  }

  /** Labels a unit, or takes its label away. */
  set(unit: UnitId, label: KindLabel | null): void {
    this.#step([[unit, label]]);
  }

  /**
   * Takes labels out of a table; those of units that it does not name stay.
   *
   * @returns how many units it has labelled
   * @throws Fault of {@link readLabelsCsv}; then nothing is changed
   */
  read(text: string, file: string, known: ReadonlySet<UnitId>): number {
    const labels = [...readLabelsCsv(text, file, known)];
    if (labels.length > 0) this.#step(labels);
    return labels.length;
  }

  /** Takes the last step back. @returns the first unit it was about; null where there is no step */
  undo(): UnitId | null {
    const last = this.#steps.at(-1);
    if (!last) return null;
    this.#steps = this.#steps.slice(0, -1);
    this.#apply(last);
    return last[0][0];
  }

  /** Settles once all is kept. */
  kept(): Promise<void> {
    return this.#keeping;
  }

  #step(step: Step): void {
    this.#steps = [...this.#steps, step.map(([unit]) => [unit, this.#labels.get(unit) ?? null] as const)];
    this.#apply(step);
  }

  #apply(step: Step): void {
    for (const [unit, label] of step) {
      if (label === null) this.#labels.delete(unit);
      else this.#labels.set(unit, label);
    }
    this.#keep();
  }

  /** Writes one after the other, so that the last one stays. Waits until what was kept before is known, which else it would write over. */
  #keep(): void {
    this.#keeping = this.#keeping
      .then(() => this.load())
      .then(() => this.#notes.keepNote(NOTE, Object.fromEntries(this.#labels)))
      .catch((error: unknown) => void (this.#fault = toFault(error)));
  }

  async #read(): Promise<void> {
    try {
      const kept = await this.#notes.note(NOTE);
      const touched = this.#steps.flat().map(([unit]) => unit);
      for (const [unit, label] of labelsIn(kept)) if (!touched.includes(unit)) this.#labels.set(unit, label);
    } catch (error) {
      this.#fault = toFault(error);
    }
  }
}

/** What a note holds; whatever is no label in it is passed over. */
function labelsIn(note: unknown): readonly (readonly [UnitId, KindLabel])[] {
  if (typeof note !== 'object' || note === null) return [];
  return Object.entries(note).flatMap(([unit, label]) => {
    const known = kindLabels.find((one) => one === label);
    return known && /^\d+$/.test(unit) ? [[Number(unit) as UnitId, known] as const] : [];
  });
}

/** Labels by results, as long as these are in memory. */
const made = new WeakMap<object, KindLabels>();

/** The labels of some results: the same ones whoever asks. */
export function kindLabelsOf(results: object, evidence: Pick<Evidence, 'note' | 'keepNote'>): KindLabels {
  let labels = made.get(results);
  if (!labels) made.set(results, (labels = new KindLabels(evidence)));
  void labels.load();
  return labels;
}
