import type { SearchSettings, UnitExplanation } from '../results/explanation.ts';
import { CountsExplainer, notFinite } from '../explain-counts.ts';
import { prepareSearch, type SearchTables } from '../search/tables.ts';
import { countsOfUnit, type CountedCells } from './counted-cells.ts';
import type { CellFileInfo } from './cell-file.ts';
import type { ReadCells } from './read-cells.ts';

/** Explains units from cells that were read from files: neither pictures nor maps nor activations are needed. Keep one for each worker. */
export class CellsExplainer {
  readonly #counted: CountedCells;
  readonly #info: CellFileInfo;
  readonly #explainer: CountsExplainer;

  constructor(
    { counted, concepts, info }: ReadCells,
    search: SearchTables = searchOfCells({ counted, concepts, info }),
  ) {
    this.#counted = counted;
    this.#info = info;
    this.#explainer = new CountsExplainer(search);
  }

  /**
   * @param unit 0 up to the number of units less one
   * @returns threshold, firing samples and why a mask is empty are those of the metadata, else null, 0 and `silent`; no top samples
   */
  explain(unit: number, settings: SearchSettings): UnitExplanation {
    const listed = this.#info.units?.[unit];
    if (listed?.state === 'not-finite') return notFinite(unit);
    const counts = countsOfUnit(this.#counted, unit, listed?.firing ?? 0);
    const ifEmpty = listed?.state === 'constant' ? 'constant' : 'silent';
    return this.#explainer.explain(unit, counts, settings, { threshold: listed?.threshold ?? null, ifEmpty, top: [] });
  }
}

/** The tables of a search over cells that were read from files. Without a grid in the metadata they are of pictures. */
export function searchOfCells({ counted, concepts, info }: ReadCells): SearchTables {
  const grid = info.grid ?? { height: 2, width: 1 };
  return prepareSearch(counted.table, concepts, { grid, neighbors: info.neighbors ?? undefined });
}
