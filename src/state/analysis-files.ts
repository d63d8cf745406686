import { analysisCsv } from '../engine/analysis/analysis-files.ts';
import { analysisJson } from '../engine/analysis/analysis-json.ts';
import type { Analysis } from '../engine/analysis/analysis.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { exportName } from './exports.ts';
import type { ExportedFile } from './exports.ts';

/** An analysis as the documented JSON (docs/analysis.md). */
export function analysisFile(results: LayerResults, analysis: Analysis): ExportedFile {
  return {
    name: `analysis_${exportName(results)}.json`,
    text: analysisJson(results, analysis),
    type: 'application/json',
  };
}

/** Name of the report of an analysis. */
export function analysisReportName(results: LayerResults): string {
  return `analysis_${exportName(results)}.html`;
}

/** All tables of an analysis as CSV in one zip file. */
export async function analysisTablesFile(
  results: LayerResults,
  analysis: Analysis,
): Promise<{ readonly name: string; readonly blob: Blob }> {
  const { BlobWriter, TextReader, ZipWriter } = await import('@zip.js/zip.js');
  // The page's policy lets no library start workers of its own.
  const zip = new ZipWriter(new BlobWriter('application/zip'), { useWebWorkers: false });
  for (const [name, text] of Object.entries(analysisCsv(results, analysis))) {
    if (text !== null) await zip.add(name, new TextReader(text));
  }
  return { name: `analysis_${exportName(results)}.zip`, blob: await zip.close() };
}
