import type { KeptActivations } from '../engine/activation/kept.ts';
import { UnitMasks } from '../engine/activation/unit-masks.ts';
import type { FurtherAnalyses } from '../engine/analysis/analysis.ts';
import { measuresAnalysis, unitsToMeasure } from '../engine/analysis/measures.ts';
import type { CellMaps } from '../engine/cells/cell-maps.ts';
import type { CellTable } from '../engine/cells/cell-table.ts';
import { measureUnits } from '../engine/measures/measure-units.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { prepareSearch } from '../engine/search/tables.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { kindsOfRun } from './kinds-of-run.ts';
import type { Progress } from './progress.ts';

/** A run with everything its explanations were made from. */
export interface WholeRun {
  readonly probing: Pick<ProbingSet, 'concepts' | 'grid' | 'vectors'>;
  readonly results: LayerResults;
  readonly table: CellTable;
  readonly maps: CellMaps;
  readonly activations: KeptActivations;
}

/** What a report says of a run that needs its masks: kinds of units, and measures of their formulas. */
export async function analysesOfRun(
  { probing, results, table, maps, activations }: WholeRun,
  progress: Progress,
): Promise<Required<Pick<FurtherAnalyses, 'kinds' | 'measures'>>> {
  const { concepts, grid, vectors } = probing;
  const search = prepareSearch(table, concepts, { grid, vectors });
  const masks = new UnitMasks(activations, maps, table.cellCount);
  const kinds = await kindsOfRun(results, { search, masks });
  const measured = measureUnits({ search, maps, activations }, unitsToMeasure(results), (done, total) =>
    progress('Units measured', done, total),
  );
  return { kinds, measures: measuresAnalysis(measured) };
}
