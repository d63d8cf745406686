import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { ImportedResults } from '../../src/jobs/imported-results.ts';
import { Keeper, type KeptLayer, type LayerMeta } from '../../src/jobs/keeper.ts';
import type { WorkerLink } from '../../src/jobs/worker-link.ts';
import type { CellBuffers } from '../../src/pipeline/probing-service.ts';
import type { Selection } from '../../src/storage/selection.ts';
import type { CacheEntry } from '../../src/storage/storage.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';

const refusal = new Fault('storage/unavailable', 'Nothing is kept here.');

/** Storage that keeps entries in memory, or refuses everything. */
function fakeStorage(refuses = false): WorkerLink<StorageWorker> {
  const kept = new Map<string, CacheEntry>();
  const answers: Record<string, (store: string, value: unknown) => unknown> = {
    keep: (store, entry) => kept.set(`${store}/${(entry as CacheEntry).key}`, entry as CacheEntry),
    find: (store, key) => kept.get(`${store}/${String(key)}`) ?? null,
    labels: (store, group) =>
      [...kept].filter(([name, entry]) => name.startsWith(`${store}/`) && entry.group === group).map(([, e]) => e),
  };
  const call = async (name: string, store: string, value: unknown): Promise<unknown> => {
    if (refuses) throw refusal;
    return answers[name](store, value);
  };
  return { call } as unknown as WorkerLink<StorageWorker>;
}

const read = { probing: 'p', samples: null };
const buffers = (): CellBuffers => {
  const empty = (): ArrayBuffer => new ArrayBuffer(1);
  return { cells: empty(), extras: empty(), maps: empty(), names: empty() };
};
const names = { title: 'A title', source: 'm', sourceName: 'm.onnx', layer: 'relu' };
const layer = (key: string, change: Partial<LayerMeta> = {}): KeptLayer => ({
  ...{ key, group: 'g', probing: 'p', names, buffer: new ArrayBuffer(1) },
  meta: {
    ...{ unitCount: 1, keptQuantile: 0.02, highestFloor: 1, provider: 'wasm', providerNote: '', runtimeVersion: '1' },
    ...change,
  },
});
const question = { runtimeVersion: '1', threshold: { kind: 'quantile', quantile: 0.01 } } as const;

describe('what came with a workspace file', () => {
  const imported = {
    cells: [{ read, title: 'A title', buffers: buffers() }],
    layers: [layer('theirs', { imported: true })],
  };

  it.each([
    ['is kept', false, null],
    ['stays in memory where nothing can be kept', true, refusal.message],
  ])('%s', async (_, refuses, said) => {
    const keeper = new Keeper(fakeStorage(refuses));
    expect(await keeper.keepImported(imported)).toBe(said);
    expect(await keeper.anyCells(read)).toBe(imported.cells[0].buffers);
    expect((await keeper.anyLayer('g', question))?.key).toBe('theirs');
  });

  it('is found again after a reload, but is nothing that a run would build on', async () => {
    const storage = fakeStorage();
    await new Keeper(storage).keepImported(imported);
    const reloaded = new Keeper(storage);
    expect(await reloaded.anyCells(read)).toEqual(imported.cells[0].buffers);
    expect((await reloaded.anyLayer('g', question))?.key).toBe('theirs');
    expect(await reloaded.cells(read)).toBeNull();
    expect(await reloaded.layer('g', question)).toBeNull();
    expect(await reloaded.anyCells({ probing: 'p', samples: 5 })).toBeNull();
  });

  it('gives way to what was made here', async () => {
    const keeper = new Keeper(fakeStorage());
    await keeper.keepImported(imported);
    const own = buffers();
    await keeper.keepCells(read, 'A title', own);
    await keeper.keepLayer(layer('ours'));
    expect(await keeper.anyCells(read)).toBe(own);
    expect((await keeper.anyLayer('g', question))?.key).toBe('ours');
    expect((await keeper.layer('g', question))?.key).toBe('ours');
  });

  it('is forgotten when told', async () => {
    const keeper = new Keeper(fakeStorage(true));
    await keeper.keepImported(imported);
    keeper.clear();
    expect(await keeper.anyCells(read)).toBeNull();
    expect(await keeper.anyLayer('g', question)).toBeNull();
  });
});

it('frees, in memory, what belongs to a probing set, a model, or both', async () => {
  const filled = async (): Promise<Keeper> => {
    const keeper = new Keeper(fakeStorage(true));
    await keeper.keepImported({
      cells: [{ read: { probing: 'q', samples: null }, title: 'Another', buffers: buffers() }],
      layers: [{ ...layer('theirs', { imported: true }), group: 'h', probing: 'q' }],
    });
    await keeper.keepCells(read, 'A title', buffers());
    await keeper.keepLayer(layer('ours'));
    return keeper;
  };
  const left = async (selection: Selection) => {
    const keeper = await filled();
    keeper.free(selection);
    const found = [
      ...[keeper.anyCells(read), keeper.anyCells({ probing: 'q', samples: null })],
      ...[keeper.anyLayer('g', question), keeper.anyLayer('h', question)],
    ];
    return (await Promise.all(found)).map((one) => one !== null);
  };
  expect(await left({})).toEqual([true, true, true, true]);
  expect(await left({ probing: 'p' })).toEqual([false, true, false, true]);
  expect(await left({ probing: 'q' })).toEqual([true, false, true, false]);
  expect(await left({ source: 'm' })).toEqual([true, true, false, false]);
  expect(await left({ probing: 'p', source: 'm' })).toEqual([true, true, false, true]);
  expect(await left({ probing: 'p', source: 'n' })).toEqual([true, true, true, true]);
});

it('prefers, of activations that answer, those that answer most', async () => {
  const storage = fakeStorage();
  const keeper = new Keeper(storage);
  for (const [key, keptQuantile] of [
    ['narrow', 0.01],
    ['whole', 1],
    ['wide', 0.1],
  ] as const)
    await keeper.keepLayer(layer(key, { keptQuantile }));
  expect((await keeper.layer('g', question))?.key).toBe('whole');
  expect((await new Keeper(storage).layer('g', question))?.key).toBe('whole');
});

it('holds results and small pictures of the file opened last', () => {
  const held = new ImportedResults();
  const results = ['a', 'b'].map((key) => ({ key }) as LayerResults);
  const picture = new Blob(['three']);
  held.hold(results, new Map([['p', [{ sample: 3, picture }]]]));
  expect([held.results('b'), held.results('c')]).toEqual([results[1], null]);
  expect([held.picture('p', 3), held.picture('p', 4), held.picture('q', 3)]).toEqual([picture, null, null]);
  held.forget('b');
  expect([held.results('a'), held.results('b')]).toEqual([results[0], null]);
  held.forget();
  expect([held.results('a'), held.picture('p', 3)]).toEqual([null, null]);
});
