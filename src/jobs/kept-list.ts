import type { KeptThing, RunRecord } from '../storage/schema.ts';
import type { KeptOfLayer, KeptOfProbing, RunRequest, UnfinishedRun } from './api.ts';

/** What is kept, by probing set and by layer of a model or file, largest first. Whatever has no name is called by its hash. */
export function keptList(things: readonly KeptThing[]): readonly KeptOfProbing[] {
  const titles = namesBy(things, ({ probing, title }) => [probing, title]);
  const sourceNames = namesBy(things, ({ source, sourceName }) => [source, sourceName]);
  const sets = [...groupsBy(things, ({ probing }) => probing)].map(([contentHash, some]): KeptOfProbing => {
    const layers = some.filter(({ source }) => source !== '');
    return {
      contentHash,
      title: titles.get(contentHash) ?? short(contentHash),
      cells: bytesOf(some, 'cells'),
      thumbnails: bytesOf(some, 'thumbnails'),
      layers: [...groupsBy(layers, ({ source, layer }) => JSON.stringify([source, layer]))]
        .map(([, of]): KeptOfLayer => {
          const [{ source, layer }] = of;
          return {
            ...{ source, layer },
            sourceName: sourceNames.get(source) ?? short(source),
            activations: bytesOf(of, 'activations'),
            results: bytesOf(of, 'results'),
            unfinished: bytesOf(of, 'steps'),
          };
        })
        .sort((a, b) => layerBytes(b) - layerBytes(a)),
    };
  });
  return sets.sort((a, b) => setBytes(b) - setBytes(a));
}

/** Runs that were broken off, as a page lists them: those of which steps are kept, but for those under way. */
export function unfinishedRuns(runs: readonly RunRecord[], underWay: ReadonlySet<string>): readonly UnfinishedRun[] {
  return runs
    .filter(({ id }) => !underWay.has(id))
    .map(({ id, probing, source, request, done, total, at }) => ({
      ...{ id, probing, source, done, total, at },
      request: request as RunRequest,
    }));
}

function bytesOf(things: readonly KeptThing[], of: KeptThing['store']): number {
  return things.reduce((sum, { store, bytes }) => (store === of ? sum + bytes : sum), 0);
}

function layerBytes({ activations, results, unfinished }: KeptOfLayer): number {
  return activations + results + unfinished;
}

function setBytes({ cells, thumbnails, layers }: KeptOfProbing): number {
  return layers.reduce((sum, layer) => sum + layerBytes(layer), cells + thumbnails);
}

function groupsBy(things: readonly KeptThing[], keyOf: (thing: KeptThing) => string): Map<string, KeptThing[]> {
  const groups = new Map<string, KeptThing[]>();
  for (const thing of things) groups.set(keyOf(thing), [...(groups.get(keyOf(thing)) ?? []), thing]);
  return groups;
}

function namesBy(
  things: readonly KeptThing[],
  of: (thing: KeptThing) => readonly [string, string],
): Map<string, string> {
  return new Map(things.map(of).filter(([, name]) => name !== ''));
}

const short = (hash: string): string => hash.slice(0, 12);
