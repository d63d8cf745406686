import { kindAnalysis, judgedUnits, pairKey, pairsToCompare } from '../engine/kinds/kind-analysis.ts';
import type { KindAnalysis } from '../engine/kinds/kind-analysis.ts';
import type { KindGround } from '../engine/kinds/kind-ground.ts';
import type { JudgedUnit } from '../engine/kinds/kind-analysis.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Evidence } from '../jobs/api.ts';
import { toFault } from './to-fault.ts';

/**
 * The kinds suggested for a layer's units. Names are compared and masks looked at in workers; where masks are not kept, suggestions do without.
 *
 * @param length most concepts in the formulas judged
 */
export async function kindsInSteps(results: LayerResults, evidence: Evidence, length: number): Promise<KindAnalysis> {
  const { concepts } = results;
  const judged = judgedUnits(results, length);
  const pairs = pairsToCompare(judged);
  const [found, grounds] = await Promise.all([
    evidence.nameSimilarities(pairs.map(([one, other]) => [concepts[one], concepts[other]])),
    groundsOf(judged, evidence),
  ]);
  const similarities = new Map(pairs.map((pair, at) => [pairKey(...pair), found[at]]));
  const similarityOf: Parameters<typeof kindAnalysis>[1] = (one, other) =>
    similarities.get(pairKey(one, other)) ?? { tree: null, cosine: null };
  return kindAnalysis(results, similarityOf, grounds, length);
}

async function groundsOf(judged: readonly JudgedUnit[], evidence: Evidence): Promise<readonly KindGround[] | null> {
  try {
    return await evidence.kindGrounds(judged);
  } catch (error) {
    if (toFault(error).code === 'jobs/not-kept') return null;
    throw error;
  }
}
