import type { UnitMasks } from '../engine/activation/unit-masks.ts';
import { formulaBits } from '../engine/formula/evaluate.ts';
import type { KindAnalysis } from '../engine/kinds/kind-analysis.ts';
import { kindGround } from '../engine/kinds/kind-ground.ts';
import { kindsOfResults } from '../engine/kinds/kinds-of-results.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { SearchTables } from '../engine/search/tables.ts';
import { givenComparer } from './word-tables.ts';

/** What a run has in memory once its units are explained. */
export interface ExplainedRun {
  readonly search: SearchTables;
  readonly masks: Pick<UnitMasks, 'counts'>;
}

/**
 * The kinds of a run's units, for its report.
 *
 * @param run null where masks are not known: kinds are then told from formulas and names alone
 */
export async function kindsOfRun(results: LayerResults, run: ExplainedRun | null): Promise<KindAnalysis> {
  const comparer = await givenComparer();
  return kindsOfResults(
    results,
    comparer,
    run &&
      (({ unit, threshold, formula }) =>
        kindGround(formula, run.masks.counts(unit, threshold), run.search, (part) => formulaBits(part, run.search))),
  );
}
