import type { LayerResults } from '../engine/results/layer-results.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import { jobFaults } from './errors.ts';
import type { EvidenceSources, OpenProbingSet } from './evidence-sources.ts';
import { readSamplesOf } from './keys.ts';

/** The cells behind results: kept, or made again from the probing set if it is open. @throws Fault `jobs/not-kept` */
export async function findCells(sources: EvidenceSources, results: LayerResults): Promise<CellBuffers> {
  const read = readSamplesOf(results);
  const kept = await sources.keeper.anyCells(read);
  if (kept) return kept;
  const open = openSetOf(sources, results);
  if (!open) throw jobFaults['not-kept']('concepts');
  await open.opened.ready();
  const made = await open.link.call('finishCells', [], read.samples);
  await sources.keeper.keepCells(read, results.probing.title, made);
  return made;
}

/** The probing set of results, if it is the one that is open. */
export function openSetOf({ open }: EvidenceSources, { probing }: LayerResults): OpenProbingSet | null {
  const set = open();
  return set?.opened.info.contentHash === probing.contentHash ? set : null;
}
