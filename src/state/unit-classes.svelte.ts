import { untrack } from 'svelte';
import { classesOfUnit, unitIous } from '../engine/analysis/class-units.ts';
import type { ClassLinks, UnitClasses } from '../engine/analysis/class-units.ts';
import type { UnitId } from '../engine/ids.ts';
import type { LayerClasses, LayerResults } from '../engine/results/layer-results.ts';
import type { Evidence } from '../jobs/api.ts';
import { breath } from './breath.ts';
import { classLinksOf, isScaled, scaleOf } from './class-links.ts';
import { Latest } from './latest.svelte.ts';

/** A unit's classes as its page shows them. */
export interface ShownClassesOfUnit extends Pick<ClassLinks, 'by' | 'samples' | 'names'>, UnitClasses {
  /** The number of each class, in the order of the model's output; NaN where there is none. */
  readonly values: readonly number[];
  /** Number of a whole bar, above 0. */
  readonly scale: number;
}

/**
 * The classes of a unit, by weight or by correlation.
 *
 * @returns null where neither is known
 */
export async function classesShownOf(
  unit: number,
  results: Pick<LayerResults, 'units'> & { readonly classes: LayerClasses },
  evidence: Pick<Evidence, 'classCorrelations'>,
): Promise<ShownClassesOfUnit | null> {
  // A million weights are looked through once, in a task of its own.
  if (!isScaled(results.classes)) await breath();
  const links = await classLinksOf(results, evidence, unit);
  if (!links) return null;
  const { by, samples, names } = links;
  const values = names.map((_, place) => links.value(unit, place));
  const scale = scaleOf(links, results.classes);
  return { by, samples, names, values, scale, ...classesOfUnit(links, unit as UnitId, unitIous(results)) };
}

/** The classes a page shows: of the unit it was last told. */
export class ShownUnitClasses {
  readonly #found = new Latest<ShownClassesOfUnit | null>();
  #results: LayerResults | null = null;
  #asked = 0;
  #key = $state('');

  /** Undefined while they are being asked for; null where nothing is known of them. */
  get value(): ShownClassesOfUnit | null | undefined {
    const { answer } = this.#found;
    return answer?.key === this.#key ? answer.value : undefined;
  }

  get fault(): Latest<unknown>['fault'] {
    return this.#found.fault;
  }

  /** Asks where that is not done; to be called from an effect. */
  follow(unit: number, results: LayerResults | null, evidence: Evidence | null): void {
    untrack(() => {
      if (results !== this.#results) this.#asked += 1;
      this.#results = results;
      this.#key = `${this.#asked} ${unit}`;
      const classes = results?.classes;
      const topic = this.#key;
      this.#found.ask(
        results && classes && evidence
          ? { key: topic, topic, ask: () => classesShownOf(unit, { ...results, classes }, evidence) }
          : null,
      );
    });
  }
}
