import type { Fault } from '../engine/fault.ts';
import { rangesJson } from '../engine/ranges/ranges-json.ts';
import type { UnitRanges } from '../engine/ranges/ranges.ts';
import type { SearchSettings } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Evidence } from '../jobs/api.ts';
import type { ExportedFile } from './exports.ts';
import { Latest } from './latest.svelte.ts';

/** How many ranges can be asked for. */
export const fewestRanges = 2;
export const mostRanges = 8;

/** As many as in the paper that they come from. */
export const usualRanges = 5;

/** What a unit's ranges follow from. */
export interface RangesQuestion {
  readonly evidence: Evidence;
  readonly unit: number;
  readonly k: number;
  readonly settings: SearchSettings;
}

/** The ranges of the unit that is looked at; computed when asked for, older ones of the same unit shown meanwhile. */
export class ShownRanges {
  readonly #found = new Latest<UnitRanges>();
  readonly #evidences = new WeakMap<Evidence, number>();
  #count = 0;
  #key = $state('');
  #topic = $state('');

  /** Null while nothing is known of this unit. */
  get value(): UnitRanges | null {
    const { answer } = this.#found;
    return answer?.topic === this.#topic ? answer.value : null;
  }

  /** Whether `value` is older than the question. */
  get pending(): boolean {
    return this.#key !== '' && this.#found.answer?.key !== this.#key && this.#found.fault === null;
  }

  get fault(): Fault | null {
    return this.#found.fault;
  }

  /** Milliseconds the last answer took; null while there is none. */
  get tookMs(): number | null {
    return this.value === null ? null : (this.#found.answer?.tookMs ?? null);
  }

  /** Asks, unless it was asked already; null: nothing is wanted. */
  ask(question: RangesQuestion | null): void {
    if (question === null) {
      this.#key = '';
      this.#found.ask(null);
      return;
    }
    const { evidence, unit, k, settings } = question;
    const topic = `${this.#numberOf(evidence)} ${unit}`;
    const { length, beam, penalty, candidates, minConcept, operators, without } = settings;
    const key = `${topic} ${k} ${JSON.stringify([length, beam, penalty, candidates, minConcept, operators, without])}`;
    this.#topic = topic;
    this.#key = key;
    this.#found.ask({ key, topic, ask: () => evidence.ranges(unit, k, settings) });
  }

  #numberOf(evidence: Evidence): number {
    const known = this.#evidences.get(evidence);
    if (known !== undefined) return known;
    this.#count += 1;
    this.#evidences.set(evidence, this.#count);
    return this.#count;
  }
}

/** Ranges as a file. */
export function rangesFile(results: LayerResults, ranges: UnitRanges, settings: SearchSettings): ExportedFile {
  const text = rangesJson(results, ranges, settings);
  return { name: `ranges-unit-${ranges.unit}.json`, text, type: 'application/json' };
}
