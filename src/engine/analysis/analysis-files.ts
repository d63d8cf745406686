import {
  ablationClassesCsv,
  ablationFormulasCsv,
  ablationPruningCsv,
  ablationUnitsCsv,
} from '../ablation/ablation-csv.ts';
import { kindsCsv } from '../kinds/kinds-csv.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { accuracyCsv, classesCsv, lengthsCsv, uniquenessCsv } from './analysis-csv.ts';
import type { Analysis } from './analysis.ts';
import { measuresCsv } from './measures-export.ts';

/** Names of the tables of an analysis, in the order of docs/analysis.md. */
export const analysisTables = [
  'lengths.csv',
  'kinds.csv',
  'uniqueness.csv',
  'accuracy.csv',
  'classes.csv',
  'measures.csv',
  'ablation-units.csv',
  'ablation-pruning.csv',
  'ablation-classes.csv',
  'ablation-formulas.csv',
] as const;

/** Name of a table of an analysis. */
export type AnalysisTable = (typeof analysisTables)[number];

/**
 * The tables of an analysis as CSV (docs/analysis.md). Null for kinds and ablation that were not made; of the others a table that is not known
 * has its header only.
 */
export function analysisCsv(
  results: LayerResults,
  { lengths, uniqueness, accuracy, classes, kinds, measures, ablation }: Analysis,
): Readonly<Record<AnalysisTable, string | null>> {
  return {
    'lengths.csv': lengthsCsv(lengths),
    'kinds.csv': kinds && kindsCsv(kinds, results),
    'uniqueness.csv': uniquenessCsv(uniqueness),
    'accuracy.csv': accuracyCsv(accuracy, results),
    'classes.csv': classesCsv(classes, results),
    'measures.csv': measuresCsv(measures, results),
    'ablation-units.csv': ablation && ablationUnitsCsv(ablation, results),
    'ablation-pruning.csv': ablation && ablationPruningCsv(ablation),
    'ablation-classes.csv': ablation && ablationClassesCsv(ablation),
    'ablation-formulas.csv': ablation && ablationFormulasCsv(ablation),
  };
}
