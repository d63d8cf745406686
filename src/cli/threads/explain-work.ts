import { openKeptActivations } from '../../engine/activation/kept.ts';
import { openCellMaps } from '../../engine/cells/cell-maps.ts';
import { Explainer } from '../../engine/explain.ts';
import type { CellFileInfo } from '../../engine/interchange/cell-file.ts';
import type { CountedCells } from '../../engine/interchange/counted-cells.ts';
import { CellsExplainer } from '../../engine/interchange/explain-cells.ts';
import type { ExplainSettings, UnitExplanation } from '../../engine/results/explanation.ts';
import { openSearchTables, type SearchBuffers } from '../../engine/search/tables.ts';

/** What units are explained from, as it travels to threads: large things lie in memory that all of them read in place. */
export type ExplainWork = { readonly settings: ExplainSettings; readonly search: SearchBuffers } & (
  | { readonly kind: 'layer'; readonly maps: ArrayBufferLike; readonly activations: ArrayBufferLike }
  | { readonly kind: 'cells'; readonly counted: Omit<CountedCells, 'table'>; readonly info: CellFileInfo }
);

/** What explains one unit after the other. */
export function explainerOf(work: ExplainWork): (unit: number) => UnitExplanation {
  const { settings } = work;
  const search = openSearchTables(work.search);
  if (work.kind === 'cells') {
    const { counted, info } = work;
    const explainer = new CellsExplainer({ counted: { ...counted, table: search.cells }, concepts: [], info }, search);
    return (unit) => explainer.explain(unit, settings);
  }
  const maps = openCellMaps(work.maps);
  const explainer = new Explainer({ search, maps, activations: openKeptActivations(work.activations) });
  return (unit) => explainer.explain(unit, settings);
}
