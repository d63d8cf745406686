import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { reportHtml } from '../engine/results/report-html.ts';
import type { ReportOptions } from '../engine/results/report-html.ts';
import { exportName } from './exports.ts';

export type { ReportPicture } from '../engine/results/report-html.ts';
export type { ReportPair } from '../engine/results/report-pairs.ts';

/** Pieces of the report written between two breaths of the page. */
const atOnce = 24;

/** Name of a report's file. */
export function reportName(results: LayerResults): string {
  return `report_${exportName(results)}.html`;
}

/**
 * Writes the report of some of a layer's units as one HTML file, in slices, so that the page stays alive.
 *
 * @param units those in the report, in the order of the results
 * @param signal stops it; rejects with the signal's reason then
 */
export async function writeReport(
  results: LayerResults,
  units: readonly UnitExplanation[],
  options: ReportOptions,
  signal: AbortSignal,
): Promise<Blob> {
  const parts: string[] = [];
  for (const part of reportHtml({ ...results, units }, options)) {
    parts.push(part);
    if (parts.length % atOnce !== 0) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return new Blob(parts, { type: 'text/html' });
}
