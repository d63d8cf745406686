import type { KeptActivations } from './activation/kept.ts';
import { topSamples } from './activation/unit-mask.ts';
import { UnitMasks } from './activation/unit-masks.ts';
import type { CellMaps } from './cells/cell-maps.ts';
import type { ConceptId, UnitId } from './ids.ts';
import type { ExplainSettings, UnitExplanation, UnitState } from './results/explanation.ts';
import { beamSearch } from './search/beam.ts';
import { scoredFormula } from './search/node.ts';
import { conceptsWithout, type SearchTables } from './search/tables.ts';
import { UnitCells } from './search/unit-cells.ts';

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
  readonly #inputs: ExplainInputs;
  readonly #masks: UnitMasks;
  readonly #cells: UnitCells;

  /** @param masks of the same activations, where others ask for them too */
  constructor(
    inputs: ExplainInputs,
    masks: UnitMasks = new UnitMasks(inputs.activations, inputs.maps, inputs.search.cells.cellCount),
  ) {
    this.#inputs = inputs;
    this.#masks = masks;
    this.#cells = new UnitCells(inputs.search);
  }

  /**
   * @param unit 0 up to the number of units less one
   * @throws RangeError, if the threshold needs maps that were not kept
   */
  explain(unit: number, settings: ExplainSettings): UnitExplanation {
    const { search, activations } = this.#inputs;
    const nothing = { unit: unit as UnitId, area: 0, firing: 0, best: null, byLength: [], beam: [], top: [] };
    if (activations.notFinite[unit] > 0) return { ...nothing, state: 'not-finite', threshold: null };
    const threshold = this.#masks.threshold(unit, settings.threshold);
    const counts = this.#masks.counts(unit, threshold);
    const { area, firing } = counts;
    const unexplained = (state: UnitState): UnitExplanation => ({
      ...nothing,
      state,
      threshold,
      area,
      firing,
      top: topSamples(activations, unit, threshold, topCount, this.#masks.order(unit)),
    });
    if (area === 0 || area < settings.minActive) {
      const constant = activations.minimum[unit] === activations.maximum[unit];
      const state = area > 0 ? 'too-few' : constant ? 'constant' : 'silent';
      return settings.mode === 'reference' && search.flavour === 'pairs'
        ? { ...unexplained(state), ...firstFeature(search, settings.without) }
        : unexplained(state);
    }
    this.#cells.load(counts);
    const { beam, byLength } = beamSearch(search, this.#cells, settings);
    if (beam.length === 0 || beam[0].intersection === 0) return unexplained('unrelated');
    const best = scoredFormula(beam[0]);
    return {
      ...unexplained('explained'),
      best,
      byLength: byLength.map(scoredFormula),
      beam: beam.map(scoredFormula),
    };
  }
}

/** What the reference program gives for a text unit with too few active samples: its first feature, with 0. */
function firstFeature(
  search: SearchTables,
  without: readonly string[],
): Partial<Pick<UnitExplanation, 'best' | 'byLength' | 'beam'>> {
  const concept = conceptsWithout(search, without).at(0);
  if (concept === undefined) return {};
  const formula = { kind: 'concept', concept: concept as ConceptId } as const;
  const first = { formula, size: search.cells.sizes[concept], intersection: 0, iou: 0, score: 0 };
  return { best: first, byLength: [first], beam: [first] };
}
