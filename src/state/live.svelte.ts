import type { Fault } from '../engine/fault.ts';
import type { Formula } from '../engine/formula/formula.ts';
import { parseFormula } from '../engine/formula/parse.ts';
import { writtenText } from '../engine/formula/written.ts';
import type { ExplainSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type { FormulaMeasures } from '../engine/results/measures.ts';
import type { Evidence, ThresholdLimits } from '../jobs/api.ts';
import type { Address } from './address.svelte.ts';
import { pageFaults } from './errors.ts';
import { Latest } from './latest.svelte.ts';
import { readSettingsText, settingsText } from './settings-text.ts';
import type { UnitTable } from './unit-table.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** A formula as it was typed, and what it means or why it means nothing. */
export interface TypedFormula {
  readonly text: string;
  readonly formula: Formula | null;
  /** Where the text is wrong, from `at` for `length` characters, and a sentence about it; null where it is right. */
  readonly fault: { readonly at: number; readonly length: number; readonly message: string } | null;
}

/**
 * The unit that is looked at, explained with the settings tried at this moment, and held against the formula tried at this moment.
 * Both stand in the address (`try`, `formula`); what they ask for is computed as they change.
 */
export class Live {
  readonly #workspace: Workspace;
  readonly #address: Address;
  readonly #table: UnitTable;
  readonly #explained = new Latest<UnitExplanation>();
  readonly #limits = new Latest<ThresholdLimits>();
  readonly #measured = new Latest<FormulaMeasures>();
  #evidences = new WeakMap<Evidence, string>();
  #count = 0;

  constructor(workspace: Workspace, address: Address, table: UnitTable) {
    this.#workspace = workspace;
    this.#address = address;
    this.#table = table;
  }

  readonly unit: number = $derived.by(() => this.#address.route.unit);

  /** The unit as the results, or the run under way, have it. */
  readonly own: UnitExplanation | null = $derived.by(() => this.#table.row(this.unit)?.explanation ?? null);

  /** The results' settings; null while there are none. */
  readonly base: ExplainSettings | null = $derived.by(() => this.#workspace.results?.settings ?? null);

  /** The settings tried: the results' own, unless changed. */
  readonly settings: ExplainSettings | null = $derived.by(() =>
    this.base === null ? null : readSettingsText(this.#address.route.try, this.base),
  );

  /** Whether the settings tried differ from the results'. */
  readonly changed: boolean = $derived.by(
    () => this.base !== null && this.settings !== null && settingsText(this.settings, this.base) !== '',
  );

  readonly #topic: string = $derived.by(() => {
    const { evidence } = this.#workspace;
    return evidence ? `${this.#nameOf(evidence)} ${this.unit}` : '';
  });

  readonly #key: string = $derived.by(() => `${this.#topic} ${JSON.stringify(this.settings)}`);

  /** What thresholds can be tried for this unit; null while unknown. */
  readonly limits: ThresholdLimits | null = $derived.by(() =>
    this.#limits.answer?.topic === this.#topic ? this.#limits.answer.value : null,
  );

  /** Why nothing can be tried here at all: what it takes is not kept. */
  readonly closed: Fault | null = $derived.by(() => this.#limits.fault);

  /** Why the newest settings have no explanation; the one shown is older then. */
  readonly fault: Fault | null = $derived.by(() => {
    if (!this.changed) return null;
    return beyond(this.settings, this.limits) ?? this.closed ?? this.#explained.fault;
  });

  /** The unit explained with the settings tried, or the newest explanation before that; the results' own where nothing is changed. */
  readonly explanation: UnitExplanation | null = $derived.by(() => {
    const { answer } = this.#explained;
    return this.changed && answer !== null && answer.topic === this.#topic ? answer.value : this.own;
  });

  /** Whether the explanation is older than the settings, and a newer one is on its way. */
  readonly pending: boolean = $derived.by(
    () => this.changed && this.fault === null && this.#explained.answer?.key !== this.#key,
  );

  /** Milliseconds the last explanation took; null where nothing was explained again. */
  readonly tookMs: number | null = $derived.by(() =>
    this.changed && this.#explained.answer?.topic === this.#topic ? this.#explained.answer.tookMs : null,
  );

  /** The typed formula; null where none is. */
  readonly typed: TypedFormula | null = $derived.by(() => {
    const text = this.#address.route.formula;
    if (text.trim() === '') return null;
    const read = parseFormula(text, this.#table.concepts);
    return 'formula' in read
      ? { text, formula: read.formula, fault: null }
      : { text, formula: null, fault: read.fault };
  });

  /** The formula that pictures and measures are about: the typed one where it is right, else the explanation's. */
  readonly formula: Formula | null = $derived.by(() => this.typed?.formula ?? this.explanation?.best?.formula ?? null);

  /** T of the explanation shown; null where there is none. */
  readonly threshold: number | null = $derived.by(() => this.explanation?.threshold ?? null);

  readonly #measureKey: string = $derived.by(() => `${this.#topic} ${this.threshold} ${JSON.stringify(this.formula)}`);

  /** The formula shown, held against the unit's mask; the one before it while that is measured; null where nothing is known of this unit. */
  readonly measures: FormulaMeasures | null = $derived.by(() => {
    const { answer } = this.#measured;
    return answer !== null && answer.topic === this.#topic && this.formula !== null ? answer.value : null;
  });

  /** Whether the measures are those of an older formula or threshold. */
  readonly measuring: boolean = $derived.by(
    () => this.#measured.fault === null && this.#measured.answer?.key !== this.#measureKey,
  );

  /** Why the formula shown could not be measured. */
  readonly measuresFault: Fault | null = $derived.by(() => this.#measured.fault);

  /** Asks what the page shows, from now on. @returns stops asking */
  follow(): () => void {
    return $effect.root(() => {
      $effect(() => {
        const { evidence } = this.#workspace;
        const { unit } = this;
        const topic = this.#topic;
        this.#limits.ask(evidence && { key: topic, topic, ask: () => evidence.thresholdLimits(unit) });
      });
      $effect(() => {
        const { evidence } = this.#workspace;
        const { unit, settings } = this;
        const possible = this.changed && this.closed === null && beyond(settings, this.limits) === null;
        if (!evidence || !settings || !possible) this.#explained.ask(null);
        else this.#explained.ask({ key: this.#key, topic: this.#topic, ask: () => evidence.explain(unit, settings) });
      });
      $effect(() => {
        const { evidence, ofCells } = this.#workspace;
        const { unit, formula } = this;
        // A cell table has its masks whether or not it says by which threshold.
        const threshold = this.threshold ?? (ofCells ? 0 : null);
        if (!evidence || threshold === null || formula === null) this.#measured.ask(null);
        else {
          const ask = (): Promise<FormulaMeasures> => evidence.measure(unit, threshold, formula);
          this.#measured.ask({ key: this.#measureKey, topic: this.#topic, ask });
        }
      });
    });
  }

  /** Tries other settings. The history gets no step, so that a slider can be dragged. */
  change(change: Partial<ExplainSettings>): void {
    if (this.settings === null || this.base === null) return;
    const text = settingsText({ ...this.settings, ...change }, this.base);
    if (text !== this.#address.route.try) this.#address.adjust({ try: text });
  }

  /** Back to the results' settings. */
  reset(): void {
    this.#address.go({ try: '' });
  }

  /** Tries a formula in place of the explanation's; empty: back to the explanation. Back in the history leads to the one before. */
  tryText(text: string): void {
    this.#address.go({ formula: text.trim() });
  }

  /** Tries a formula, such as a runner-up. */
  tryFormula(formula: Formula): void {
    this.tryText(this.print(formula));
  }

  /** A formula as a text that reads back to itself. */
  print(formula: Formula): string {
    return writtenText(formula, this.#table.concepts);
  }

  #nameOf(evidence: Evidence): string {
    const known = this.#evidences.get(evidence);
    if (known !== undefined) return known;
    this.#count += 1;
    const name = String(this.#count);
    this.#evidences.set(evidence, name);
    return name;
  }
}

/** Why a threshold cannot be tried; null where it can. */
function beyond(settings: ExplainSettings | null, limits: ThresholdLimits | null): Fault | null {
  const threshold = settings?.threshold;
  if (!threshold || !limits) return null;
  if (threshold.kind === 'quantile' && threshold.quantile > limits.quantile) {
    return pageFaults['quantile-not-kept'](limits.quantile);
  }
  if (threshold.kind === 'fixed' && threshold.above < limits.floor) {
    return pageFaults['threshold-not-kept'](limits.floor);
  }
  return null;
}
