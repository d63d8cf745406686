import type { LayerResults } from '../engine/results/layer-results.ts';
import type { RecentResults } from '../jobs/api.ts';

/** Whether kept results can be held against others: same model file or file of activations, same probing set. */
export function isComparable(recent: RecentResults, results: LayerResults): boolean {
  return recent.activations.hash === results.activations.hash && recent.probingHash === results.probing.contentHash;
}
