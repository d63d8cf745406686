import type { IDBPTransaction, StoreNames } from 'idb';
import { packedBytes, type Chunk, type Packed } from './packed.ts';
import type { CacheRecord, KeptNames, LabelRecord, ResultsRecord, Schema, UseRecord } from './schema.ts';

type Change = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

/** What version 2 kept of a buffer: all of it in one gzip. */
type OldPacked = Chunk;

type Old<Packing, Part extends keyof Packing, Was> = Omit<Packing, Part> & { readonly [Name in Part]: Was };

type OldCache = Old<CacheRecord, 'parts', Readonly<Record<string, OldPacked>>>;

const NAMELESS: KeptNames = { title: '', source: '', sourceName: '', layer: '' };

/**
 * Brings the records of version 2 into the form of version 3: what one gzip held becomes a single chunk, uses learn what they are about,
 * labels how large their results are. A record that cannot be understood goes; it can be computed again.
 */
export async function upgradeToChunks(change: Change): Promise<void> {
  const abouts = new Map<string, KeptNames>();
  for (const store of ['cells', 'activations'] as const) {
    for (let at = await change.objectStore(store).openCursor(); at; at = await at.continue()) {
      const old = at.value as unknown as Omit<OldCache, 'names'>;
      const parts = Object.fromEntries(Object.entries(old.parts).map(([name, part]) => [name, chunked(part)]));
      if (Object.values(parts).some((part) => part.chunks.length === 0)) {
        await at.delete();
        continue;
      }
      const names = { ...NAMELESS, ...(store === 'activations' && aboutGroup(old.group)) };
      await at.update({ ...old, parts, names });
      abouts.set(`${store}/${old.key}`, names);
    }
  }
  const sizes = new Map<string, number>();
  for (let at = await change.objectStore('results').openCursor(); at; at = await at.continue()) {
    const old = at.value as unknown as Old<ResultsRecord, 'body', OldPacked>;
    const body = chunked(old.body);
    sizes.set(old.key, packedBytes(body));
    await at.update({ ...old, body });
  }
  for (let at = await change.objectStore('labels').openCursor(); at; at = await at.continue()) {
    const old = at.value as Omit<LabelRecord, 'bytes'>;
    await at.update({ ...old, bytes: sizes.get(old.key) ?? 0 });
  }
  for (let at = await change.objectStore('uses').openCursor(); at; at = await at.continue()) {
    const old = at.value as Omit<UseRecord, keyof KeptNames>;
    await at.update({ ...old, ...(abouts.get(old.id) ?? NAMELESS) });
  }
}

function chunked(old: OldPacked | undefined): Packed {
  const whole = old?.gzip instanceof Blob && typeof old.bytes === 'number';
  return { chunks: whole ? [{ gzip: old.gzip, bytes: old.bytes }] : [] };
}

/** Hash of model or file, and name of the layer, from a group of version 2: `[version, probing, samples, source, layer?, ...]`. */
function aboutGroup(group: string): Pick<KeptNames, 'source' | 'layer'> {
  try {
    const [, , , source, layer] = JSON.parse(group) as unknown[];
    return { source: typeof source === 'string' ? source : '', layer: typeof layer === 'string' ? layer : '' };
  } catch {
    return { source: '', layer: '' };
  }
}
