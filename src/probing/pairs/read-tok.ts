import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { PairGatherer } from './gather-pairs.ts';
import type { PairLabels } from './label-file.ts';
import type { PairColumns } from './pair-options.ts';
import type { SourceSentence } from './pair-source.ts';
import { readLines } from './read-lines.ts';
import type { ReadPairs } from './read-pairs.ts';

/** Names of the parts for messages; a file of lines has no columns. */
export const LINE_PARTS: PairColumns = { premise: 'premise', hypothesis: 'hypothesis', gold: 'gold', prediction: null };

/**
 * Reads the reference program's `.tok`: a sentence a line, its words separated by spaces; lines are premise and hypothesis by turns.
 *
 * @param labels of the pairs, from a file beside it
 * @throws Fault naming file and line
 */
export async function readTok(file: TreeFile, labels: PairLabels | undefined): Promise<ReadPairs> {
  const lines = new AlternateLines(file.path, labels, (line) => ({
    text: line.trim().split(/\s+/).join(' '),
    tokenised: true,
  }));
  const digest = await readLines(file, (line, number) => {
    lines.add(line, number);
  });
  return lines.finish('Tokenised pairs (.tok)', digest);
}

/** Makes pairs of lines that are premise and hypothesis by turns. */
export class AlternateLines {
  readonly #file: string;
  readonly #labels: PairLabels | undefined;
  readonly #sentence: (line: string, number: number) => SourceSentence;
  readonly #gatherer: PairGatherer;
  #premise: { readonly line: string; readonly number: number } | undefined;
  /** Empty lines, which are sentences only if others follow. */
  #blank: number[] = [];
  #count = 0;
  #pairs = 0;

  /**
   * @param file for messages
   * @param sentence makes a sentence of a line
   */
  constructor(
    file: string,
    labels: PairLabels | undefined,
    sentence: (line: string, number: number) => SourceSentence,
  ) {
    this.#file = file;
    this.#labels = labels;
    this.#sentence = sentence;
    this.#gatherer = new PairGatherer(file, LINE_PARTS);
  }

  /** Takes the next line. @throws Fault naming the line */
  add(line: string, number: number): void {
    if (line.trim() === '') {
      this.#blank.push(number);
      return;
    }
    for (const blank of this.#blank) this.#take('', blank);
    this.#blank = [];
    this.#take(line, number);
  }

  /** All lines were taken. @throws Fault, if their number is odd or not that of the labels, or there is no pair */
  finish(layout: string, digest: string): ReadPairs {
    if (this.#count % 2 === 1) throw probingFaults['pair-odd'](this.#file, this.#count);
    const labels = this.#labels;
    if (labels !== undefined && labels.rows.length !== this.#pairs)
      throw probingFaults['pair-label-rows'](labels.file, labels.rows.length, this.#file, this.#pairs);
    const notes = [...this.#gatherer.finish(), ...(labels?.notes ?? [])];
    return { pairs: this.#gatherer.pairs, layout, found: [], columns: null, digest, notes };
  }

  #take(line: string, number: number): void {
    this.#count += 1;
    const first = this.#premise;
    if (first === undefined) {
      this.#premise = { line, number };
      return;
    }
    this.#premise = undefined;
    const row = this.#labels?.rows[this.#pairs];
    this.#pairs += 1;
    this.#gatherer.add({
      where: `line ${first.number}`,
      premise: this.#sentence(first.line, first.number),
      hypothesis: this.#sentence(line, number),
      gold: row?.gold,
      given: row?.prediction,
    });
  }
}
