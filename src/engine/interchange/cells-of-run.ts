import type { UnitMasks } from '../activation/unit-masks.ts';
import type { UnitCounts } from '../activation/unit-mask.ts';
import type { Concept, Grid } from '../concepts.ts';
import type { ThresholdRule } from '../results/explanation.ts';
import type { ActivationProvenance, ProbingProvenance } from '../results/layer-results.ts';
import type { SearchTables } from '../search/tables.ts';
import type { CellFileInfo, ListedUnit } from './cell-file.ts';
import { countedCells, type CountedCells } from './counted-cells.ts';

/** A layer on a probing set: everything a file of cells tells. */
export interface CellsOfRun {
  readonly search: SearchTables;
  readonly masks: UnitMasks;
  readonly concepts: readonly Concept[];
  readonly grid: Grid;
  readonly threshold: ThresholdRule;
  readonly probing: ProbingProvenance;
  readonly activations: ActivationProvenance;
  /** Called after each unit. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Counts all units of a layer over the cells of a probing set, for {@link writeParquetCells} and {@link writeArrowCells}.
 *
 * @throws RangeError, if the threshold needs maps that were not kept
 */
export function cellsOfRun(run: CellsOfRun): { readonly counted: CountedCells; readonly info: CellFileInfo } {
  const { search, masks, threshold: rule } = run;
  const { unitCount, samplesRead, notFinite, minimum, maximum } = masks.activations;
  const counts: Pick<UnitCounts, 'cells' | 'counts'>[] = [];
  const units: ListedUnit[] = [];
  for (let unit = 0; unit < unitCount; unit++) {
    if (notFinite[unit] > 0) {
      counts.push({ cells: new Uint32Array(), counts: new Uint32Array() });
      units.push({ threshold: null, firing: 0, state: 'not-finite' });
    } else {
      const threshold = masks.threshold(unit, rule);
      const found = masks.counts(unit, threshold);
      const state = minimum[unit] === maximum[unit] ? 'constant' : null;
      counts.push(found);
      units.push({ threshold: Number.isFinite(threshold) ? threshold : null, firing: found.firing, state });
    }
    run.onProgress?.(unit + 1, unitCount);
  }
  const info: CellFileInfo = {
    concepts: run.concepts.map(({ number, name, category }) => ({ number, name, category })),
    neighbors: search.hasNeighbors ? neighborsOf(search) : null,
    unitCount,
    samples: samplesRead,
    grid: run.grid,
    threshold: rule,
    units,
    probing: run.probing,
    activations: run.activations,
  };
  return { counted: countedCells(search.cells, counts), info };
}

function neighborsOf({ neighborStart, neighbors }: SearchTables): readonly (readonly number[])[] {
  return Array.from({ length: neighborStart.length - 1 }, (_, concept) => [
    ...neighbors.subarray(neighborStart[concept], neighborStart[concept + 1]),
  ]);
}
