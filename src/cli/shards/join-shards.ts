import { ActivationCollector } from '../../engine/activation/collector.ts';
import type { CellPart } from '../../engine/cells/cell-part.ts';
import { joinCellParts } from '../../engine/cells/join-cell-parts.ts';
import { cliFaults } from '../errors.ts';
import type { ReadLayer } from '../explain-layer.ts';
import type { Progress } from '../progress.ts';
import type { FoundShard } from './find-shards.ts';
import { readStepActivations, readStepCells } from './step-parts.ts';

/**
 * Adds all shards of a run up, to what one run would have read, to the last byte.
 *
 * @param shards as {@link findShards} gives them
 * @throws Fault `cli/shards-missing`, naming those whose files are damaged
 */
export async function joinShards(shards: readonly FoundShard[], progress: Progress): Promise<ReadLayer> {
  const layer = shards.find(({ manifest }) => manifest.layer)?.manifest.layer;
  const [{ manifest }] = shards;
  const { probing, categories, concepts, neighbors } = manifest.question;
  if (!layer) throw cliFaults['no-shards'](shards.map(({ folder }) => folder).join(', '));
  const collector = new ActivationCollector({ ...layer.sizes, sampleCount: probing.sampleCount });
  const parts: CellPart[] = [];
  const harmed: string[] = [];
  let done = 0;
  for (const shard of shards) {
    for (const step of shard.manifest.steps) {
      try {
        parts.push(await readStepCells(shard.folder, shard.manifest, step));
        collector.addPart(await readStepActivations(shard.folder, shard.manifest, step));
      } catch (error) {
        harmed.push(`${shard.manifest.shard} is damaged: ${error instanceof Error ? error.message : String(error)}`);
      }
      done += step.count;
      progress('Samples of all shards', done, probing.sampleCount);
    }
  }
  if (harmed.length > 0) throw cliFaults['shards-missing'](manifest.of, harmed);
  return {
    probing,
    categories,
    concepts,
    neighbors: neighbors ?? undefined,
    ...joinCellParts(parts),
    activations: collector.end(),
    provenance: layer.provenance,
  };
}
