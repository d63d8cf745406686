import { pairsSet } from '../pairs/pairs-set.ts';
import type { ProbingOptions, ProbingTools } from '../probing-options.ts';
import type { ProbingSet } from '../probing-set.ts';
import { entailmentSource } from './entailment-source.ts';
import type { EntailmentSeries } from './entailment-source.ts';

/**
 * The probing set of the sample `entailment`: generated pairs, cut into words and turned into concepts as pairs from files are.
 *
 * @throws Fault, as {@link pairsSet}; RangeError, as {@link entailmentSource}
 */
export async function entailmentProbingSet(
  options: ProbingOptions,
  tools: ProbingTools | undefined,
  series: EntailmentSeries = {},
): Promise<ProbingSet> {
  return { ...(await pairsSet(entailmentSource(series), options, tools)), format: 'entailment' };
}
