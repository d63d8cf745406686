import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { analysisCsv } from '../engine/analysis/analysis-files.ts';
import { analysisJson } from '../engine/analysis/analysis-json.ts';
import type { Analysis } from '../engine/analysis/analysis.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { analysisHtml } from '../figures/report/analysis-html.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Writes an analysis into a folder, made if need be: analysis.html, analysis.json, and a table for each. The table of one that is not known has
 * its header only, or goes, so that none of an earlier run stays beside the others.
 *
 * @returns the paths written
 */
export async function writeReport(
  results: LayerResults,
  analysis: Analysis,
  folder: string,
): Promise<readonly string[]> {
  const files: Readonly<Record<string, string | null>> = {
    'analysis.html': await reportHtml(results, analysis),
    'analysis.json': analysisJson(results, analysis),
    ...analysisCsv(results, analysis),
  };
  const written: string[] = [];
  for (const [name, contents] of Object.entries(files)) {
    const path = join(folder, name);
    if (contents === null) await rm(path, { force: true });
    else {
      await writeWhole(path, contents);
      written.push(path);
    }
  }
  return written;
}

async function reportHtml(results: LayerResults, analysis: Analysis): Promise<string> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  return [...analysisHtml(results, analysis, { plot, document })].join('');
}
