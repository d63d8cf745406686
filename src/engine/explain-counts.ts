import type { UnitCounts } from './activation/unit-mask.ts';
import type { ConceptId, UnitId } from './ids.ts';
import type { SearchSettings, TopSample, UnitExplanation, UnitState } from './results/explanation.ts';
import { beamSearch } from './search/beam.ts';
import { scoredFormula } from './search/node.ts';
import { allowedConcepts, type SearchTables } from './search/tables.ts';
import { UnitCells } from './search/unit-cells.ts';

/** What an explanation tells of a mask besides its counts. */
export interface MaskFacts {
  /** T; null where it is not known. */
  readonly threshold: number | null;
  /** What the unit is if its mask is empty. */
  readonly ifEmpty: 'constant' | 'silent';
  readonly top: readonly TopSample[];
}

/** Of a mask of which only the counts are known. */
export const NO_FACTS: MaskFacts = { threshold: null, ifEmpty: 'silent', top: [] };

/**
 * Explains units from how often their masks meet each cell: the search, without maps and activations. Keep one for each worker; it keeps
 * its scratch memory, and what single concepts share.
 */
export class CountsExplainer {
  readonly #search: SearchTables;
  readonly #cells: UnitCells;

  constructor(search: SearchTables) {
    this.#search = search;
    this.#cells = new UnitCells(search);
  }

  /** @param unit its number, 0 up to the number of units less one */
  explain(unit: number, counts: UnitCounts, settings: SearchSettings, facts: MaskFacts = NO_FACTS): UnitExplanation {
    const search = this.#search;
    const { area, firing } = counts;
    const { threshold, top } = facts;
    const unexplained = (state: UnitState): UnitExplanation => ({
      ...nothing(unit),
      state,
      threshold,
      area,
      firing,
      top,
    });
    if (area === 0 || area < settings.minActive) {
      const state = area > 0 ? 'too-few' : facts.ifEmpty;
      return settings.mode === 'reference' && search.flavour === 'pairs'
        ? { ...unexplained(state), ...firstFeature(search, settings) }
        : unexplained(state);
    }
    this.#cells.load(counts);
    const { beam, byLength } = beamSearch(search, this.#cells, settings);
    if (beam.length === 0 || beam[0].intersection === 0) return unexplained('unrelated');
    return {
      ...unexplained('explained'),
      best: scoredFormula(beam[0]),
      byLength: byLength.map(scoredFormula),
      beam: beam.map(scoredFormula),
    };
  }
}

/** What is said of a unit with activations that are no numbers. */
export function notFinite(unit: number): UnitExplanation {
  return { ...nothing(unit), state: 'not-finite', threshold: null };
}

const nothing = (unit: number): Omit<UnitExplanation, 'state' | 'threshold'> => ({
  unit: unit as UnitId,
  area: 0,
  firing: 0,
  best: null,
  byLength: [],
  beam: [],
  top: [],
});

/** What the reference program gives for a text unit with too few active samples: its first feature, with 0. */
function firstFeature(
  search: SearchTables,
  settings: SearchSettings,
): Partial<Pick<UnitExplanation, 'best' | 'byLength' | 'beam'>> {
  const concept = allowedConcepts(search, settings).at(0);
  if (concept === undefined) return {};
  const formula = { kind: 'concept', concept: concept as ConceptId } as const;
  const first = { formula, size: search.cells.sizes[concept], intersection: 0, iou: 0, score: 0 };
  return { best: first, byLength: [first], beam: [first] };
}
