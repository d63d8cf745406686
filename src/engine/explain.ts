import type { KeptActivations } from './activation/kept.ts';
import { topSamples } from './activation/unit-mask.ts';
import { UnitMasks } from './activation/unit-masks.ts';
import type { CellMaps } from './cells/cell-maps.ts';
import { CountsExplainer, notFinite } from './explain-counts.ts';
import type { ExplainSettings, UnitExplanation } from './results/explanation.ts';
import type { SearchTables } from './search/tables.ts';

/** What an explanation is made from; all of it in shared memory, read in place. */
export interface ExplainInputs {
  readonly search: SearchTables;
  readonly maps: CellMaps;
  readonly activations: KeptActivations;
}

/** Top samples listed for each unit. */
const topCount = 24;

/**
 * Explains units one after the other: threshold, mask, counts per cell, search. Keep one for each worker; it keeps its scratch memory, and
 * the counts of the last units, so that other settings of a search need only the search.
 */
export class Explainer {
  readonly #activations: KeptActivations;
  readonly #masks: UnitMasks;
  readonly #counts: CountsExplainer;

  /** @param masks of the same activations, where others ask for them too */
  constructor(
    { search, maps, activations }: ExplainInputs,
    masks: UnitMasks = new UnitMasks(activations, maps, search.cells.cellCount),
  ) {
    this.#activations = activations;
    this.#masks = masks;
    this.#counts = new CountsExplainer(search);
  }

  /**
   * @param unit 0 up to the number of units less one
   * @throws RangeError, if the threshold needs maps that were not kept
   */
  explain(unit: number, settings: ExplainSettings): UnitExplanation {
    const activations = this.#activations;
    if (activations.notFinite[unit] > 0) return notFinite(unit);
    const threshold = this.#masks.threshold(unit, settings.threshold);
    return this.#counts.explain(unit, this.#masks.counts(unit, threshold), settings, {
      threshold,
      ifEmpty: activations.minimum[unit] === activations.maximum[unit] ? 'constant' : 'silent',
      top: topSamples(activations, unit, threshold, topCount),
    });
  }
}
