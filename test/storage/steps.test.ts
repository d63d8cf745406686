import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { SCHEMA_VERSION, type RunHeader, type StepRecord } from '../../src/storage/schema.ts';
import { Storage, type CacheEntry } from '../../src/storage/storage.ts';
import type { Step } from '../../src/storage/steps-store.ts';

let name = '';
let storage: Storage;
let databases = 0;

beforeEach(() => {
  name = `steps-${databases++}`;
  storage = new Storage(name);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await storage.close();
  await deleteDB(name);
});

const shared = (...bytes: readonly number[]): SharedArrayBuffer => {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
};
const bytesOf = (buffer: ArrayBufferLike | null | undefined): number[] => [
  ...new Uint8Array(buffer ?? new ArrayBuffer(0)),
];
const run = (id: string, change: Partial<RunHeader> = {}): RunHeader => ({
  ...{ id, probing: { title: 'A set', contentHash: 'p' }, source: { name: 'm.onnx', hash: 'm' } },
  ...{ layers: ['relu', 'pool'], how: 'wasm', request: { samples: null }, total: 12 },
  ...change,
});
const step = (first: number, count: number): Step => ({
  ...{ first, count, cells: shared(first, 1) },
  layers: [shared(first, 2), first === 0 ? null : shared(first, 3)],
});
const entry = (key: string): CacheEntry => ({
  ...{ key, group: 'g', probing: 'p', meta: {}, buffers: { activations: shared(1, 2, 3) } },
  names: { title: 'A set', source: 'm', sourceName: 'm.onnx', layer: 'relu' },
});

describe('steps of a run', () => {
  it('come back in order, also to another connection', async () => {
    await storage.keepStep(run('r'), step(0, 4));
    await storage.keepStep(run('r'), step(4, 3));
    const other = new Storage(name);
    expect(await other.keptRun('r')).toMatchObject({ ...run('r'), done: 7 });
    const [first, second] = [await other.step('r', 0), await other.step('r', 4)];
    expect([first?.count, bytesOf(first?.cells), first?.layers.map(bytesOf)]).toEqual([4, [0, 1], [[0, 2], []]]);
    expect([second?.count, bytesOf(second?.cells), second?.layers.map(bytesOf)]).toEqual([
      3,
      [4, 1],
      [
        [4, 2],
        [4, 3],
      ],
    ]);
    expect(await other.step('r', 7)).toBeNull();
    await other.close();
  });

  it('are on the disk before a run goes on', async () => {
    const asked = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await storage.keepStep(run('r'), step(0, 4));
    expect(asked.mock.calls.map(([stores, mode, options]) => [stores, mode, options])).toContainEqual([
      ['runs', 'steps', 'uses'],
      'readwrite',
      { durability: 'strict' },
    ]);
  });

  it('that begin anew take the place of those before', async () => {
    await storage.keepStep(run('r'), step(0, 4));
    await storage.keepStep(run('r'), step(4, 4));
    await storage.keepStep(run('r', { how: 'webgpu' }), step(0, 2));
    expect(await storage.keptRun('r')).toMatchObject({ done: 2, how: 'webgpu' });
    expect(await storage.step('r', 4)).toBeNull();
  });

  it('are refused where the step before is gone', async () => {
    await storage.keepStep(run('r'), step(0, 4));
    await expect(storage.keepStep(run('r'), step(5, 2))).rejects.toMatchObject({ code: 'storage/steps-gone' });
    await storage.forgetSteps('r');
    await expect(storage.keepStep(run('r'), step(4, 2))).rejects.toMatchObject({ code: 'storage/steps-gone' });
    expect(await storage.runs()).toEqual([]);
  });

  it('that were damaged are deleted with those after them', async () => {
    for (const first of [0, 2, 4]) await storage.keepStep(run('r'), step(first, 2));
    const database = await openDB(name, SCHEMA_VERSION);
    const record = (await database.get('steps', ['r', 2])) as StepRecord;
    const [chunk] = record.layers[1]?.chunks ?? [];
    const bytes = new Uint8Array(await chunk.gzip.arrayBuffer());
    bytes[bytes.length - 7] ^= 1;
    const layers = [record.layers[0], { chunks: [{ ...chunk, gzip: new Blob([bytes]) }] }];
    await database.put('steps', { ...record, layers });
    database.close();
    expect(await storage.step('r', 0)).not.toBeNull();
    expect(await storage.step('r', 2)).toBeNull();
    expect(await storage.step('r', 4)).toBeNull();
    expect(await storage.keptRun('r')).toMatchObject({ done: 2 });
    await storage.keepStep(run('r'), step(2, 5));
    expect(await storage.keptRun('r')).toMatchObject({ done: 7 });
  });

  it('are listed latest run first, and forgotten when told', async () => {
    let now = 1000;
    vi.spyOn(Date.prototype, 'toISOString').mockImplementation(() => `2026-01-01T00:00:00.${now++}Z`);
    for (const id of ['a', 'b']) await storage.keepStep(run(id), step(0, 2));
    await storage.keepStep(run('a'), step(2, 2));
    expect((await storage.runs()).map(({ id, done }) => [id, done])).toEqual([
      ['a', 4],
      ['b', 2],
    ]);
    await storage.forgetSteps('a');
    await storage.forgetSteps('never kept');
    expect((await storage.runs()).map(({ id }) => id)).toEqual(['b']);
    expect(await storage.step('a', 0)).toBeNull();
  });
});

describe('want of room for a step', () => {
  const refuse = (store: string, times = Infinity): void => {
    const put = IDBObjectStore.prototype.put;
    let left = times;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
      if (this.name === store && left-- > 0) throw new DOMException('No room.', 'QuotaExceededError');
      return put.apply(this, given);
    });
  };

  it('drops older caches and the steps of other runs, not those of its own', async () => {
    await storage.keepStep(run('old'), step(0, 2));
    await storage.keep('activations', entry('k'));
    await storage.keepStep(run('r'), step(0, 2));
    refuse('steps', 2);
    await storage.keepStep(run('r'), step(2, 2));
    expect((await storage.runs()).map(({ id, done }) => [id, done])).toEqual([['r', 4]]);
    expect(await storage.find('activations', 'k')).toBeNull();
  });

  it.each(['steps', 'runs', 'uses'])(
    'says so when nothing is left to drop, and leaves what was there (%s)',
    async (store) => {
      await storage.keepStep(run('r'), step(0, 2));
      refuse(store);
      await expect(storage.keepStep(run('r'), step(2, 2))).rejects.toMatchObject({ code: 'storage/full' });
      vi.restoreAllMocks();
      expect(await storage.keptRun('r')).toMatchObject({ done: 2 });
      expect(await storage.step('r', 0)).not.toBeNull();
      expect(await storage.step('r', 2)).toBeNull();
    },
  );
});

describe('what is kept', () => {
  const results = (key: string, probing: string, source: string): LayerResults =>
    ({
      ...{ key, madeAt: '2026-01-01T00:00:00.000Z', settings: {}, samplesRead: 1, unitRange: [0, 0], units: [] },
      probing: { title: 'A set', contentHash: probing },
      activations: { kind: 'model', name: 'm.onnx', hash: source, layer: 'relu' },
    }) as unknown as LayerResults;

  async function fill(): Promise<void> {
    const cells = { ...entry('c'), names: { title: 'A set', source: '', sourceName: '', layer: '' } };
    await storage.keep('cells', cells);
    await storage.keep('cells', { ...cells, key: 'c2', probing: 'q' });
    await storage.keep('activations', entry('a'));
    await storage.keep('activations', { ...entry('a2'), names: { ...entry('a2').names, source: 'n' } });
    await storage.keepThumbnails('p', [{ sample: 1, picture: new Blob(['picture']) }], 'A set');
    await storage.keepResults(results('r', 'p', 'm'));
    await storage.keepResults(results('r2', 'q', 'm'));
    await storage.keepStep(run('s'), step(0, 2));
    await storage.keepStep(run('s'), step(2, 2));
  }
  const keys = async (): Promise<string[]> => [...new Set((await storage.kept()).map(({ key }) => key))].sort();

  it('is told with names and sizes', async () => {
    await fill();
    const things = await storage.kept();
    const names = { title: 'A set', source: 'm', sourceName: 'm.onnx', layer: 'relu' };
    expect(things.find(({ key }) => key === 'a')).toMatchObject({ ...names, store: 'activations', probing: 'p' });
    expect(things.find(({ key }) => key === 'r')).toMatchObject({ ...names, store: 'results', probing: 'p' });
    expect(things.find(({ store }) => store === 'thumbnails')).toMatchObject({ title: 'A set', bytes: 7 });
    expect(things.filter(({ store }) => store === 'steps')).toMatchObject([
      { ...names, probing: 'p' },
      { ...names, probing: 'p', layer: 'pool' },
    ]);
    for (const { bytes } of things) expect(bytes).toBeGreaterThan(0);
  });

  it('counts a small picture that is drawn again once', async () => {
    await storage.keepThumbnails('p', [{ sample: 1, picture: new Blob(['picture']) }], 'A set');
    await storage.keepThumbnails(
      'p',
      [1, 2].map((sample) => ({ sample, picture: new Blob(['four']) })),
    );
    expect(await storage.kept()).toMatchObject([{ store: 'thumbnails', title: 'A set', bytes: 8 }]);
  });

  it.each([
    [{}, ['a', 'a2', 'c', 'c2', 'p', 'r', 'r2', 's']],
    [{ probing: 'p' }, ['c2', 'r2']],
    [{ source: 'm' }, ['a2', 'c', 'c2', 'p']],
    [{ probing: 'q', source: 'm' }, ['a', 'a2', 'c', 'c2', 'p', 'r', 's']],
    [{ probing: 'p', source: 'n' }, ['a', 'c', 'c2', 'p', 'r', 'r2', 's']],
  ])('is freed by probing set and model: %o', async (selection, left) => {
    await fill();
    await storage.free(selection);
    expect(await keys()).toEqual(left);
    const gone = (key: string): boolean => !left.includes(key);
    expect((await storage.step('s', 0)) === null).toBe(gone('s'));
    expect((await storage.thumbnail('p', 1)) === null).toBe(gone('p'));
    expect((await storage.results('r')) === null).toBe(gone('r'));
    expect((await storage.find('activations', 'a')) === null).toBe(gone('a'));
  });
});

describe('known files', () => {
  const file = (hash: string, role: 'model' | 'probing' = 'model') =>
    ({
      ...({ name: `${hash}.onnx`, kind: 'file', role, hash } as const),
      handle: { name: hash } as unknown as FileSystemHandle,
    }) as const;

  it('are remembered once each, latest first, the last twenty', async () => {
    let now = 0;
    vi.spyOn(Date.prototype, 'toISOString').mockImplementation(() => new Date(now++).toJSON().replace('1970', '2026'));
    vi.spyOn(Date.prototype, 'toJSON').mockImplementation(() => String(now).padStart(8, '0'));
    for (let i = 0; i < 21; i++) await storage.rememberFile(file(`h${i}`));
    await storage.rememberFile(file('h5', 'probing'));
    await storage.rememberFile(file('h3'));
    const known = await storage.knownFiles();
    expect(known).toHaveLength(20);
    expect(known.slice(0, 3).map(({ id }) => id)).toEqual(['model/h3', 'probing/h5', 'model/h20']);
    expect(known[0]).toMatchObject({ name: 'h3.onnx', handle: { name: 'h3' } });
    await storage.forgetFile('model/h3');
    expect((await storage.knownFiles()).map(({ id }) => id)).not.toContain('model/h3');
    await storage.clear();
    expect(await storage.knownFiles()).toEqual([]);
  });
});

it('takes over a database of version 2: caches, results and small pictures stay, with their names and sizes', async () => {
  const old = await openDB(name, 2, {
    upgrade(database) {
      for (const store of ['cells', 'activations'])
        database.createObjectStore(store, { keyPath: 'key' }).createIndex('group', 'group');
      database.createObjectStore('thumbnails', { keyPath: ['probing', 'sample'] });
      database.createObjectStore('uses', { keyPath: 'id' }).createIndex('usedAt', 'usedAt');
      database.createObjectStore('labels', { keyPath: 'key' }).createIndex('keptAt', 'keptAt');
      database.createObjectStore('results', { keyPath: 'key' });
      database.createObjectStore('values', { keyPath: 'name' });
    },
  });
  const packed = async (bytes: Uint8Array<ArrayBuffer>) => ({
    gzip: await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).blob(),
    bytes: bytes.length,
  });
  const group = JSON.stringify([2, 'p', null, 'model hash', 'relu', 1]);
  const parts = { activations: await packed(Uint8Array.of(7, 8, 9)) };
  await old.put('activations', { key: 'a', group, probing: 'p', meta: { keptQuantile: 1 }, parts });
  await old.put('uses', { id: 'activations/a', store: 'activations', key: 'a', probing: 'p', usedAt: 5, bytes: 23 });
  await old.put('activations', { key: 'broken', group: 'no list', probing: 'p', meta: {}, parts: { activations: {} } });
  await old.put('thumbnails', { probing: 'p', sample: 3, picture: new Blob(['three']) });
  await old.put('values', { name: 'speed', value: 4 });
  const body = await packed(new TextEncoder().encode(JSON.stringify({ key: 'r', settings: {} })));
  await old.put('results', { key: 'r', body });
  const label = { key: 'r', form: 2, keptAt: 1, probingHash: 'p', title: 'A set', layer: 'relu', settings: {} };
  await old.put('labels', { ...label, activations: { kind: 'model', name: 'm.onnx', hash: 'model hash' } });
  old.close();
  expect(bytesOf((await storage.find('activations', 'a'))?.buffers['activations'])).toEqual([7, 8, 9]);
  expect(await storage.find('activations', 'broken')).toBeNull();
  expect(await storage.results('r')).toMatchObject({ key: 'r' });
  expect(await storage.recall('speed')).toBe(4);
  expect(await (await storage.thumbnail('p', 3))?.text()).toBe('three');
  expect(await storage.kept()).toMatchObject([
    { key: 'a', source: 'model hash', layer: 'relu', bytes: 23 },
    { key: 'r', source: 'model hash', sourceName: 'm.onnx', title: 'A set', bytes: body.gzip.size },
  ]);
  await storage.keepStep(run('s'), step(0, 2));
  expect(await storage.runs()).toHaveLength(1);
});
