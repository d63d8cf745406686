import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cliFaults } from '../errors.ts';
import { gapsOf, samplesDone, type ShardManifest } from './manifest.ts';
import { MANIFEST, readManifest } from './shard-folder.ts';
import { questionDifferences } from './shard-question.ts';

/** A shard that was found. */
export interface FoundShard {
  readonly folder: string;
  readonly manifest: ShardManifest;
}

/**
 * Finds all shards of a run.
 *
 * @param paths folders of shards, or folders that hold them
 * @returns by number, ascending
 * @throws Fault `cli/shards-missing`, naming those that are missing or not finished; others, if there are none, if one is there twice, or if
 *   they are of different runs
 */
export async function findShards(paths: readonly string[]): Promise<readonly [FoundShard, ...FoundShard[]]> {
  const found = (await Promise.all(paths.map(shardsIn))).flat().sort((a, b) => a.manifest.shard - b.manifest.shard);
  const [first, ...others] = found;
  if (!first) throw cliFaults['no-shards'](paths.join(', '));
  const { of, question } = first.manifest;
  for (const [i, { folder, manifest }] of others.entries()) {
    if (manifest.of !== of) throw cliFaults['shards-divided'](first.folder, of, folder, manifest.of);
    if (manifest.shard === found[i].manifest.shard)
      throw cliFaults['shard-twice'](manifest.shard, found[i].folder, folder);
    const different = [
      ...questionDifferences(question, manifest.question),
      ...layerDifferences(first.manifest, manifest),
    ];
    if (different.length > 0) throw cliFaults['shards-differ'](first.folder, folder, different);
  }
  const numbers = new Set(found.map(({ manifest }) => manifest.shard));
  const missing = Array.from({ length: of }, (_, shard) => shard).filter((shard) => !numbers.has(shard));
  const unfinished = found.filter(({ manifest }) => gapsOf(manifest).length > 0).map(({ manifest }) => manifest);
  if (missing.length + unfinished.length > 0) throw cliFaults['shards-missing'](of, problems(missing, unfinished));
  return [first, ...others];
}

async function shardsIn(path: string): Promise<readonly FoundShard[]> {
  const names = await readdir(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw cliFaults['no-such-path'](path);
    throw cliFaults['not-readable'](path, error instanceof Error ? error.message : String(error));
  });
  const folders = names.includes(MANIFEST)
    ? [path]
    : names.filter((name) => /^shard-\d+-of-\d+$/.test(name)).map((name) => join(path, name));
  const shards = await Promise.all(folders.map(async (folder) => ({ folder, manifest: await readManifest(folder) })));
  return shards.flatMap(({ folder, manifest }) => (manifest ? [{ folder, manifest }] : []));
}

/** Empty shards have no layer, and agree with any. */
function layerDifferences({ layer: first }: ShardManifest, { layer: other }: ShardManifest): readonly string[] {
  if (!first || !other) return [];
  const [ours, theirs] = [other, first].map(({ provenance, sizes }) => ({
    'size of the layer': JSON.stringify(sizes),
    provider: provenance.kind === 'model' ? provenance.provider : '',
    'version of the runtime': provenance.kind === 'model' ? provenance.runtimeVersion : '',
  }));
  return (Object.keys(ours) as (keyof typeof ours)[]).filter((field) => ours[field] !== theirs[field]);
}

function problems(missing: readonly number[], unfinished: readonly ShardManifest[]): readonly string[] {
  return [
    ...missing.map((shard) => `${shard} is missing`),
    ...unfinished.map(
      (manifest) => `${manifest.shard} has ${samplesDone(manifest)} of ${manifest.end - manifest.first} samples`,
    ),
  ];
}
