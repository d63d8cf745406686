import { probingFaults } from '../errors.ts';
import { ACCEPTED_LABELS, goldLabel, predictedLabel } from './gold-label.ts';
import type { PairColumns } from './pair-options.ts';
import type { SourcePair, SourceSentence } from './pair-source.ts';

/** More pairs than this (the largest sets have half a million) are refused. */
export const MOST_PAIRS = 2_000_000;

/** A sentence longer than this (UTF-16 units) is refused: it is a document, or a quote that is not closed. */
export const MOST_CHARACTERS = 100_000;

/** A pair as it stands in a file, before anything is checked. */
export interface RawPair {
  /** Where it stands, for messages and where it has no other name: `row 12`. */
  readonly where: string;
  readonly name?: string;
  readonly premise: SourceSentence;
  readonly hypothesis: SourceSentence;
  /** A field of a table, or a value of JSON. */
  readonly gold: unknown;
  readonly given: unknown;
}

/** Checks the pairs of a file one by one and keeps them. */
export class PairGatherer {
  readonly pairs: SourcePair[] = [];
  readonly #file: string;
  readonly #columns: PairColumns;
  readonly #most: number;
  #empty = 0;
  #firstEmpty = '';
  #numbers = false;
  #notEntailment = 0;

  /**
   * @param file for messages and notes
   * @param columns names of the columns, for messages
   */
  constructor(file: string, columns: PairColumns, most = MOST_PAIRS) {
    this.#file = file;
    this.#columns = columns;
    this.#most = most;
  }

  /**
   * Keeps a pair; one with an empty sentence (nothing, white space, `n/a`) is left out and counted.
   *
   * @throws Fault naming row and column, if a sentence is too long or the gold label unknown; naming the file, if there are too many
   */
  add({ where, name, premise, hypothesis, gold, given }: RawPair): void {
    const label = goldLabel(gold);
    if (label === undefined) {
      const column = this.#columns.gold ?? 'gold';
      throw probingFaults['pair-label'](this.#file, where, column, shortened(gold), ACCEPTED_LABELS);
    }
    if (isEmpty(premise) || isEmpty(hypothesis)) {
      const column = isEmpty(premise) ? this.#columns.premise : this.#columns.hypothesis;
      if (this.#empty === 0) this.#firstEmpty = `${where}, column ${column}`;
      this.#empty += 1;
      return;
    }
    this.#checkLength(where, this.#columns.premise, premise);
    this.#checkLength(where, this.#columns.hypothesis, hypothesis);
    if (this.pairs.length === this.#most) throw probingFaults['pair-most'](this.#file, this.#most);
    if (label.kind === 'number') this.#numbers = true;
    if (label.kind === 'not-entailment') this.#notEntailment += 1;
    this.pairs.push({ premise, hypothesis, gold: label.label, given: predictedLabel(given), name: name ?? where });
  }

  /** Sentences about what was left out or understood in one of several ways. @throws Fault, if no pair is left */
  finish(): string[] {
    if (this.pairs.length === 0) {
      if (this.#empty === 0) throw probingFaults['pair-none'](this.#file);
      throw probingFaults['pair-none-left'](this.#file, this.#firstEmpty);
    }
    const notes: string[] = [];
    if (this.#empty > 0) {
      const pairs =
        this.#empty === 1 ? '1 pair with an empty sentence is' : `${this.#empty} pairs with an empty sentence are`;
      notes.push(`${this.#file}: ${pairs} left out; the first is ${this.#firstEmpty}.`);
    }
    if (this.#numbers) {
      notes.push(`${this.#file}: the labels 0, 1 and 2 are read as entailment, neutral and contradiction.`);
    }
    if (this.#notEntailment > 0) {
      const pairs = this.#notEntailment === 1 ? '1 pair is' : `${this.#notEntailment.toLocaleString('en')} pairs are`;
      notes.push(
        `${this.#file}: ${pairs} labelled not_entailment, which may be neutral or contradiction, so without a gold label; accuracy is that of the others.`,
      );
    }
    return notes;
  }

  #checkLength(where: string, column: string, { text }: SourceSentence): void {
    if (text.length > MOST_CHARACTERS)
      throw probingFaults['pair-long'](this.#file, where, column, text.length, MOST_CHARACTERS);
  }
}

function isEmpty({ text }: SourceSentence): boolean {
  const words = text.trim();
  return words === '' || /^n\/a$/i.test(words);
}

function shortened(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
