import { join } from 'node:path';
import { accuracyCsv, classesCsv, lengthsCsv, uniquenessCsv } from '../engine/analysis/analysis-csv.ts';
import { analysisJson } from '../engine/analysis/analysis-json.ts';
import type { Analysis } from '../engine/analysis/analysis.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Writes an analysis into a folder, made if need be: analysis.json, and a table for each of the four. The table of one that is not known has
 * its header only, so that none of an earlier run stays beside the others.
 *
 * @returns the paths written
 */
export async function writeReport(
  results: LayerResults,
  analysis: Analysis,
  folder: string,
): Promise<readonly string[]> {
  const files = {
    'analysis.json': analysisJson(results, analysis),
    'lengths.csv': lengthsCsv(analysis.lengths),
    'uniqueness.csv': uniquenessCsv(analysis.uniqueness),
    'accuracy.csv': accuracyCsv(analysis.accuracy, results),
    'classes.csv': classesCsv(analysis.classes, results),
  };
  for (const [name, contents] of Object.entries(files)) await writeWhole(join(folder, name), contents);
  return Object.keys(files).map((name) => join(folder, name));
}
