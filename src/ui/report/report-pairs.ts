import type { UnitExplanation } from '../../engine/results/explanation.ts';
import type { Evidence } from '../../state/app-state.svelte.ts';
import type { ReportPair } from '../../state/report.ts';

/**
 * The sentence pairs of one unit for a report: its strongest samples with the words that make its formula true. Words that cannot be
 * had are left out, and so are samples that are no pairs.
 *
 * @param count pairs at most
 */
export async function unitPairs(
  evidence: Evidence,
  { best, top }: UnitExplanation,
  count: number,
): Promise<readonly ReportPair[]> {
  const found = await Promise.all(
    top.slice(0, count).map(async ({ sample, peak, word = -1 }): Promise<ReportPair | null> => {
      const [pair, name, onPair] = await Promise.all([
        evidence.pair(sample),
        evidence.sampleName(sample),
        best === null ? null : evidence.formulaOnPair(best.formula, sample).catch(() => null),
      ]);
      return pair && { pair, sample, name, peak, word, marks: onPair?.marks ?? [] };
    }),
  );
  return found.filter((pair) => pair !== null);
}
