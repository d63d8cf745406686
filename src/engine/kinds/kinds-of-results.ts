import type { LayerResults } from '../results/layer-results.ts';
import { judgedLength, judgedUnits, kindAnalysis, type JudgedUnit, type KindAnalysis } from './kind-analysis.ts';
import type { KindGround } from './kind-ground.ts';
import type { NameComparer } from './name-similarity.ts';

/**
 * The kinds of a layer's units, where everything is at hand.
 *
 * @param groundOf what a unit's mask tells about its formula (kindGround); null where masks are not known
 */
export function kindsOfResults(
  results: Pick<LayerResults, 'units' | 'concepts'>,
  comparer: Pick<NameComparer, 'compare'>,
  groundOf: ((unit: JudgedUnit) => KindGround) | null,
  length = judgedLength,
): KindAnalysis {
  const { concepts } = results;
  const grounds = groundOf && judgedUnits(results, length).map(groundOf);
  return kindAnalysis(results, (one, other) => comparer.compare(concepts[one], concepts[other]), grounds, length);
}
