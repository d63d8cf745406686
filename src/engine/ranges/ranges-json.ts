import { formulaText } from '../formula/print.ts';
import type { SearchSettings } from '../results/explanation.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { version } from '../version.ts';
import type { UnitRanges } from './ranges.ts';

/** Name of the file format; raised when a field changes its meaning. */
export const rangesSchema = 'formulens/ranges/1';

/**
 * A unit's ranges as the documented JSON (docs/analysis.md, Ranges): where they come from, and every number. NaN and infinities do not occur.
 *
 * @param settings of the search
 */
export function rangesJson(
  results: Pick<LayerResults, 'madeAt' | 'samplesRead' | 'probing' | 'activations' | 'concepts'>,
  { ranges, histogram, ...split }: UnitRanges,
  { length, beam, penalty, candidates, minConcept, operators, without }: SearchSettings,
): string {
  const document = {
    schema: rangesSchema,
    madeBy: `Formulens ${version}`,
    madeAt: results.madeAt,
    samplesRead: results.samplesRead,
    probing: results.probing,
    activations: results.activations,
    search: { length, beam, penalty, candidates, minConcept, operators, without },
    ...split,
    ranges: ranges.map(({ best, ...range }) => ({
      ...range,
      formula: best && formulaText(best.formula, (id) => results.concepts[id].name),
      iou: best && best.iou,
      size: best && best.size,
      intersection: best && best.intersection,
    })),
    histogram,
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
