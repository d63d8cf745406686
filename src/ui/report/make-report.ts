import type { UnitExplanation } from '../../engine/results/explanation.ts';
import type { LayerResults } from '../../engine/results/layer-results.ts';
import type { FormulaMeasures } from '../../engine/results/measures.ts';
import type { Evidence } from '../../state/app-state.svelte.ts';
import { writeReport } from '../../state/report.ts';
import type { ReportPair, ReportPicture } from '../../state/report.ts';
import { unitSentence } from '../text/sentence.ts';
import { unitPairs } from './report-pairs.ts';
import { unitPictures } from './report-pictures.ts';

/** What a report is made of. */
export interface ReportRequest {
  readonly results: LayerResults;
  readonly evidence: Evidence;
  readonly units: readonly UnitExplanation[];
  /** Samples are sentence pairs: they stand in place of pictures. */
  readonly ofPairs: boolean;
  /** Pictures or pairs a unit at most. */
  readonly pictures: number;
  /** Called after each unit. */
  readonly onprogress: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Draws the pictures or reads the pairs, asks for the measures, and writes the report. Measures that cannot be had are left out.
 *
 * @throws the signal's reason once it is aborted
 */
export async function makeReport({
  results,
  evidence,
  units,
  ofPairs,
  pictures,
  onprogress,
  signal,
}: ReportRequest): Promise<Blob> {
  const drawn = new Map<number, readonly ReportPicture[]>();
  const paired = new Map<number, readonly ReportPair[]>();
  const measured = new Map<number, FormulaMeasures | null>();
  for (const [index, explanation] of units.entries()) {
    signal.throwIfAborted();
    const { unit, threshold, best } = explanation;
    if (ofPairs) paired.set(unit, await unitPairs(evidence, explanation, pictures));
    else drawn.set(unit, await unitPictures(evidence, explanation, results.probing.grid, pictures));
    const measures =
      best && threshold !== null ? await evidence.measure(unit, threshold, best.formula).catch(() => null) : null;
    measured.set(unit, measures);
    onprogress(index + 1);
  }
  const options = {
    sentence: (explanation: UnitExplanation) => unitSentence(explanation, results.concepts),
    pictures: ({ unit }: UnitExplanation) => drawn.get(unit) ?? [],
    pairs: ({ unit }: UnitExplanation) => paired.get(unit) ?? [],
    measures: ({ unit }: UnitExplanation) => measured.get(unit) ?? null,
  };
  return writeReport(results, units, options, signal);
}
