import type { Formula } from '../../engine/formula/formula.ts';
import type { FormulaOnPair } from '../../engine/text/pair-facts.ts';
import type { SentencePair } from '../../engine/text/sentence-pair.ts';
import type { Evidence } from '../../state/app-state.svelte.ts';
import { toFault } from '../../state/to-fault.ts';
import { sameFormula } from '../formula/same-formula.ts';
import { pictureQuestions } from '../image/ask-queue.ts';

/** Which pair is shown, and with what. */
export interface PairQuestion {
  readonly evidence: Evidence;
  readonly sample: number;
  readonly formula: Formula | null;
}

/** An answer and the sample it is about: one about another sample is not shown. */
interface Known<Value> {
  readonly sample: number;
  readonly value: Value;
}

/** One pair as it is shown somewhere: its sentences, what the formula makes of it, and what the part does that is pointed at. */
export class ShownPair {
  readonly #question: () => PairQuestion;
  readonly #lit: () => Formula | null;
  #pair: Known<SentencePair | null> | null = $state.raw(null);
  #formula: (Known<FormulaOnPair> & { readonly of: Formula }) | null = $state.raw(null);
  #litPart: (Known<FormulaOnPair> & { readonly of: Formula }) | null = $state.raw(null);
  #problem: Known<string> | null = $state.raw(null);

  /**
   * To be made while a component is made: what it asks follows the component's life.
   *
   * @param question what is shown; read again whenever it changes
   * @param lit the part of a formula that is pointed at; null: none is
   */
  constructor(question: () => PairQuestion, lit: () => Formula | null) {
    this.#question = question;
    this.#lit = lit;
    $effect(() => {
      const { evidence, sample } = question();
      return this.#ask(
        () => evidence.pair(sample),
        (value) => (this.#pair = { sample, value }),
      );
    });
    $effect(() => {
      const { evidence, sample, formula } = question();
      if (formula === null) return;
      return this.#ask(
        () => evidence.formulaOnPair(formula, sample),
        (value) => (this.#formula = { sample, value, of: formula }),
      );
    });
    $effect(() => {
      const { evidence, sample, formula } = question();
      const part = lit();
      if (part === null || (formula !== null && sameFormula(part, formula))) return;
      return this.#ask(
        () => evidence.formulaOnPair(part, sample),
        (value) => (this.#litPart = { sample, value, of: part }),
      );
    });
  }

  /** The sentences; undefined while they are not there, null where the sample is no pair. */
  get pair(): SentencePair | null | undefined {
    const known = this.#pair;
    return known?.sample === this.#question().sample ? known.value : undefined;
  }

  /** What the formula makes of it; undefined while that is not known, or there is no formula. */
  get onPair(): FormulaOnPair | undefined {
    const { sample, formula } = this.#question();
    const known = this.#formula;
    // Words of an older formula stay until those of the newer are there.
    return formula !== null && known?.sample === sample ? known.value : undefined;
  }

  /** What the part that is pointed at makes of it; undefined where none is. */
  get litOnPair(): FormulaOnPair | undefined {
    const { sample, formula } = this.#question();
    const part = this.#lit();
    if (part === null) return undefined;
    if (formula !== null && sameFormula(part, formula)) return this.onPair;
    const known = this.#litPart;
    return known?.sample === sample && sameFormula(known.of, part) ? known.value : undefined;
  }

  /** Why something of it could not be had. */
  get problem(): string | undefined {
    return this.#problem?.sample === this.#question().sample ? this.#problem.value : undefined;
  }

  #ask<Value>(question: () => Promise<Value>, keep: (value: Value) => void): () => void {
    const { sample } = this.#question();
    return pictureQuestions.ask(question, keep, (error) => {
      this.#problem = { sample, value: toFault(error).message };
    });
  }
}
