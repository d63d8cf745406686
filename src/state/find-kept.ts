import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Workbench } from '../jobs/api.ts';
import { isWhich, mayBeWhich } from './which.ts';
import type { Which } from './which.ts';

/** Kept results an address is about; the newest, where several are. Null where none are kept. */
export async function findKept(
  workbench: Pick<Workbench, 'recent' | 'results'>,
  which: Which,
): Promise<LayerResults | null> {
  const candidates = (await workbench.recent()).filter((recent) => mayBeWhich(which, recent));
  // Results of all samples are those with the most samples read.
  candidates.sort((one, other) => other.samplesRead - one.samplesRead || other.madeAt.localeCompare(one.madeAt));
  for (const { key } of candidates) {
    const results = await workbench.results(key);
    if (results && isWhich(which, results)) return results;
  }
  return null;
}
