import { untrack } from 'svelte';
import { strongest } from '../engine/contributions/contributions.ts';
import type { WeightFacts } from '../engine/contributions/contributions.ts';
import { contributionsCsv, contributionsJson } from '../engine/contributions/contributions-export.ts';
import type { UnitContributions } from '../engine/contributions/contributions-export.ts';
import type { ExportedFile } from './exports.ts';
import { exportName } from './exports.ts';
import { Latest } from './latest.svelte.ts';
import type { LayerQuestion, LayerStudy } from './layer-study.ts';

/** What a unit is made of, or why that is not known. */
export type ShownContributions =
  | { readonly kind: 'found'; readonly made: UnitContributions; readonly weights: WeightFacts | null }
  | { readonly kind: 'none'; readonly reason: string; readonly needsModel: boolean };

/** Contributors and inhibitors that are shown of a unit, each. */
const MOST_SHOWN = 10;

/** What the page shows of one unit: of the last question, once it is answered. */
export class UnitContributionsShown {
  readonly #found = new Latest<ShownContributions>();
  #key = $state('');

  /** Undefined while it is being found. */
  get value(): ShownContributions | undefined {
    const { answer } = this.#found;
    return answer?.key === this.#key ? answer.value : undefined;
  }

  get fault(): Latest<unknown>['fault'] {
    return this.#found.fault;
  }

  /** Asks, where that is not done; to be called from an effect. @param version changes where the model is opened or closed */
  follow(study: LayerStudy, question: LayerQuestion, unit: number, version: string): void {
    untrack(() => {
      const { upper, lower, by } = question;
      const key = [upper.results.key, lower.results.key, by, unit, by === 'weight' ? version : ''].join(' ');
      this.#key = key;
      this.#found.ask({ key, topic: key, ask: () => found(study, question, unit) });
    });
  }
}

async function found(study: LayerStudy, question: LayerQuestion, unit: number): Promise<ShownContributions> {
  const { upper, lower, by } = question;
  const answer = await study.contributions(question, [unit]);
  if (answer.kind === 'none') return answer;
  const made = { ...strongest(answer.values[0], MOST_SHOWN), by, unit, upper: upper.results, lower: lower.results };
  return { kind: 'found', made, weights: answer.weights };
}

/** What a unit is made of, as a file. */
export function exportContributions(made: UnitContributions, kind: 'csv' | 'json'): ExportedFile {
  const name = `contributions_${made.by}_unit-${made.unit}_${exportName(made.upper)}`;
  return kind === 'csv'
    ? { name: `${name}.csv`, text: contributionsCsv(made), type: 'text/csv' }
    : { name: `${name}.json`, text: contributionsJson(made), type: 'application/json' };
}
