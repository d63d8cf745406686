import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { pack, packedBytes, packJson, unpack, unpackJson } from '../../src/storage/packed.ts';
import { Storage, type CacheEntry } from '../../src/storage/storage.ts';
import { SCHEMA_VERSION, type CacheRecord, type KeptNames } from '../../src/storage/schema.ts';

let name = '';
let storage: Storage;
let databases = 0;

beforeEach(() => {
  name = `test-${databases++}`;
  storage = new Storage(name);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await storage.close();
  await deleteDB(name);
});

const shared = (bytes: readonly number[]): SharedArrayBuffer => {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
};
const bytesOf = (buffer: ArrayBufferLike | undefined): number[] => [...new Uint8Array(buffer ?? new ArrayBuffer(0))];
const noise = (length: number): number[] => Array.from({ length }, (_, i) => (i * 7919 + (i >> 3) * 104729) % 251);
const names: KeptNames = { title: 'A title', source: 'a model', sourceName: 'm.onnx', layer: 'a layer' };
const entry = (key: string, change: Partial<CacheEntry> = {}): CacheEntry => ({
  ...{ key, group: 'a group', probing: 'a probing set', meta: { keptQuantile: 1 }, names },
  ...{ buffers: { activations: shared(noise(1000)) } },
  ...change,
});
const settings = { threshold: { kind: 'fixed', above: 0 }, length: 3, beam: 5, penalty: 1, minConcept: 0 };
const results = (key: string, madeAt: string): LayerResults =>
  ({
    ...{ key, madeAt, tookMs: 1, settings, samplesRead: 7 },
    ...{
      probing: { title: 'A title', contentHash: 'a probing set' },
      activations: { kind: 'model', name: 'm.onnx', hash: 'a model', layer: 'a layer' },
    },
    ...{ unitRange: [2, 4], unitCount: 9, categories: [], concepts: [] },
    units: [
      { unit: 2, state: 'explained', best: { iou: 0.25 } },
      { unit: 3, state: 'silent', best: null },
      { unit: 4, state: 'explained', best: { iou: 0.5 } },
    ],
  }) as unknown as LayerResults;

/** Changes one byte of what is kept. */
async function flipByte(store: 'cells' | 'activations', key: string, part: string, position: number): Promise<void> {
  const database = await openDB(name, SCHEMA_VERSION);
  const record = (await database.get(store, key)) as CacheRecord;
  const [chunk, ...others] = record.parts[part].chunks;
  const bytes = new Uint8Array(await chunk.gzip.arrayBuffer());
  bytes[position < 0 ? bytes.length + position : position] ^= 0x10;
  const damaged = { chunks: [{ gzip: new Blob([bytes]), bytes: chunk.bytes }, ...others] };
  await database.put(store, { ...record, parts: { ...record.parts, [part]: damaged } });
  database.close();
}

/** Lets writes to some stores fail for want of room, as often as `refuses` says. */
function limitRoom(refuses: (store: string) => boolean): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (refuses(this.name)) throw new DOMException('No room.', 'QuotaExceededError');
    return put.apply(this, given);
  });
}

describe('packing', () => {
  it('brings back any bytes, in shared memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const back = await unpack(await pack(shared([...bytes])));
        expect(back).toBeInstanceOf(SharedArrayBuffer);
        expect(bytesOf(back)).toEqual([...bytes]);
      }),
      { numRuns: 30 },
    );
  });

  it('brings back buffers longer than one piece', async () => {
    const long = new SharedArrayBuffer(3 * 2 ** 20 + 17);
    const view = new Uint32Array(long, 0, 700_000);
    for (let i = 0; i < view.length; i++) view[i] = i;
    const packed = await pack(long);
    expect(Buffer.from(await unpack(packed)).equals(Buffer.from(long))).toBe(true);
    expect(packed.chunks).toHaveLength(1);
    expect(packedBytes(packed)).toBeLessThan(long.byteLength);
  });

  it('never gives other bytes than were packed, whichever byte is damaged', async () => {
    const original = noise(400);
    const [chunk] = (await pack(shared(original))).chunks;
    const gzip = new Uint8Array(await chunk.gzip.arrayBuffer());
    for (let at = 0; at < gzip.length; at++) {
      const damaged = Uint8Array.from(gzip);
      damaged[at] ^= 0x04;
      const back = await unpack({ chunks: [{ gzip: new Blob([damaged]), bytes: chunk.bytes }] }).then(
        bytesOf,
        () => null,
      );
      if (back) expect(back, `byte ${at}`).toEqual(original);
    }
  });

  it('refuses what was cut off, and what is longer than it says', async () => {
    const [{ gzip }] = (await pack(shared(noise(400)))).chunks;
    await expect(unpack({ chunks: [{ gzip: gzip.slice(0, -9), bytes: 400 }] })).rejects.toThrow();
    await expect(unpack({ chunks: [{ gzip, bytes: 399 }] })).rejects.toThrow();
    await expect(unpack({ chunks: [{ gzip, bytes: 401 }] })).rejects.toThrow();
  });

  it('packs in chunks that each tell their own damage', async () => {
    const original = noise(1000);
    const { chunks } = await pack(shared(original), 300);
    expect(chunks.map(({ bytes }) => bytes)).toEqual([300, 300, 300, 100]);
    expect(bytesOf(await unpack({ chunks }))).toEqual(original);
    for (const at of chunks.keys()) {
      const gzip = new Uint8Array(await chunks[at].gzip.arrayBuffer());
      gzip[gzip.length - 6] ^= 1;
      const damaged = chunks.with(at, { ...chunks[at], gzip: new Blob([gzip]) });
      await expect(unpack({ chunks: damaged })).rejects.toThrow();
    }
    expect((await pack(shared([]))).chunks).toEqual([]);
  });

  it('holds at most 16 MiB in a chunk', async () => {
    const { chunks } = await pack(new SharedArrayBuffer(16 * 2 ** 20 + 5));
    expect(chunks.map(({ bytes }) => bytes)).toEqual([16 * 2 ** 20, 5]);
  });

  it('keeps plain values', async () => {
    const value = { name: 'Zürich', list: [1, null, 'x'] };
    expect(await unpackJson(await packJson(value))).toEqual(value);
  });
});

describe('caches', () => {
  it('gives back what was kept, also to another connection', async () => {
    await storage.keep('cells', entry('k', { buffers: { cells: shared([1, 2, 3]), maps: shared([]) } }));
    const other = new Storage(name);
    const found = await other.find('cells', 'k');
    expect(found?.meta).toEqual({ keptQuantile: 1 });
    expect(bytesOf(found?.buffers['cells'])).toEqual([1, 2, 3]);
    expect(found?.buffers['maps']?.byteLength).toBe(0);
    await other.close();
  });

  it('gives null for what was never kept', async () => {
    expect(await storage.find('activations', 'k')).toBeNull();
    expect(await storage.labels('activations', 'a group')).toEqual([]);
  });

  it('lists the entries of a group without what they hold', async () => {
    await storage.keep('activations', entry('k1'));
    await storage.keep('activations', entry('k2', { meta: { keptQuantile: 0.02 } }));
    await storage.keep('activations', entry('k3', { group: 'another' }));
    expect(await storage.labels('activations', 'a group')).toEqual([
      { key: 'k1', meta: { keptQuantile: 1 } },
      { key: 'k2', meta: { keptQuantile: 0.02 } },
    ]);
  });

  it.each([
    ['in the compressed bytes', 40],
    ['in the checksum', -8],
    ['in the length', -4],
  ])('deletes an entry with a flipped bit %s and counts it as absent', async (_, position) => {
    await storage.keep('activations', entry('k'));
    await storage.close();
    await flipByte('activations', 'k', 'activations', position);
    expect(await storage.find('activations', 'k')).toBeNull();
    expect(await storage.labels('activations', 'a group')).toEqual([]);
    await storage.keep('activations', entry('k'));
    expect(bytesOf((await storage.find('activations', 'k'))?.buffers['activations'])).toEqual(noise(1000));
  });

  it('drops the caches longest out of use when all together grow too large', async () => {
    const size = packedBytes(await pack(shared(noise(1000))));
    storage = new Storage(name, { results: 20, cachedBytes: 3 * size });
    let now = 1000;
    vi.spyOn(Date, 'now').mockImplementation(() => now++);
    for (const key of ['k1', 'k2', 'k3']) await storage.keep('activations', entry(key));
    await storage.find('activations', 'k1');
    await storage.keep('activations', entry('k4'));
    expect((await storage.labels('activations', 'a group')).map(({ key }) => key)).toEqual(['k1', 'k3', 'k4']);
  });
});

describe('want of room', () => {
  it('drops the oldest caches until the new one fits', async () => {
    let now = 1000;
    vi.spyOn(Date, 'now').mockImplementation(() => now++);
    await storage.keep('activations', entry('old'));
    await storage.keep('cells', entry('foreign', { probing: 'another probing set' }));
    await storage.keep('cells', entry('own'));
    await storage.keep('activations', entry('newer'));
    await storage.keepResults(results('r', '2026-01-01T00:00:00.000Z'));
    let refusals = 2;
    limitRoom((store) => store === 'activations' && refusals-- > 0);
    await storage.keep('activations', entry('newest'));
    expect(await storage.find('activations', 'old')).toBeNull();
    expect(await storage.find('cells', 'foreign')).toBeNull();
    expect(await storage.find('cells', 'own')).not.toBeNull();
    expect(await storage.find('activations', 'newer')).not.toBeNull();
    expect(await storage.find('activations', 'newest')).not.toBeNull();
    expect(await storage.results('r')).not.toBeNull();
  });

  it('says so when nothing is left to drop, and keeps results and the concepts at work', async () => {
    await storage.keep('cells', entry('own'));
    await storage.keep('activations', entry('old'));
    await storage.keepResults(results('r', '2026-01-01T00:00:00.000Z'));
    limitRoom((store) => store === 'activations');
    await expect(storage.keep('activations', entry('new'))).rejects.toMatchObject({ code: 'storage/full' });
    expect(await storage.find('cells', 'own')).not.toBeNull();
    expect(await storage.results('r')).not.toBeNull();
    expect(await storage.labels('activations', 'a group')).toEqual([]);
  });

  it('passes other errors on without dropping anything', async () => {
    await storage.keep('activations', entry('old'));
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('Not now.', 'InvalidStateError');
    });
    await expect(storage.keep('activations', entry('new'))).rejects.toMatchObject({ name: 'InvalidStateError' });
    vi.restoreAllMocks();
    expect(await storage.find('activations', 'old')).not.toBeNull();
  });
});

describe('results', () => {
  it('lists them newest first and keeps twenty', async () => {
    for (let day = 1; day <= 23; day++) {
      await storage.keepResults(results(`r${day}`, `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`));
    }
    const recent = await storage.recent();
    expect(recent).toHaveLength(20);
    expect(recent[0]).toEqual({
      ...{ key: 'r23', madeAt: '2026-01-23T00:00:00.000Z', title: 'A title', layer: 'a layer', unitCount: 3 },
      ...{ unitRange: [2, 4], samplesRead: 7, probingHash: 'a probing set', settings, meanIou: 0.375 },
      activations: { kind: 'model', name: 'm.onnx', hash: 'a model' },
    });
    expect(recent.at(-1)?.key).toBe('r4');
    expect(await storage.results('r3')).toBeNull();
    expect(await storage.results('r4')).toEqual(results('r4', '2026-01-04T00:00:00.000Z'));
  });

  it('takes and gives them in pieces', async () => {
    const whole = results('r', '2026-01-01T00:00:00.000Z');
    const units = Array.from({ length: 5 }, (_, unit) => ({ unit })) as unknown as LayerResults['units'];
    storage.stageUnits('r', units.slice(0, 2));
    storage.stageUnits('r', units.slice(2));
    await storage.keepResults({ ...whole, units: [] });
    expect(await storage.results('r')).toEqual({ ...whole, units });
    expect((await storage.recent())[0].unitCount).toBe(5);
    for (const [first, count] of [
      [0, 3],
      [3, 3],
      [6, 3],
    ]) {
      expect(await storage.resultsPart('r', first, count)).toEqual({
        ...whole,
        units: units.slice(first, first + count),
      });
    }
    expect(await storage.resultsPart('s', 0, 3)).toBeNull();
    await storage.keepResults(whole);
    expect(await storage.results('r')).toEqual(whole);
  });

  it('gives results from before concepts had a smallest size as results of all concepts', async () => {
    const now = results('r', '2026-01-01T00:00:00.000Z');
    const { minConcept: _, ...older } = now.settings;
    await storage.keepResults({ ...now, settings: older as LayerResults['settings'] });
    expect(await storage.results('r')).toEqual(now);
    expect((await storage.recent())[0].settings).toEqual(now.settings);
  });

  it('replaces results of the same key', async () => {
    await storage.keepResults(results('r', '2026-01-01T00:00:00.000Z'));
    await storage.keepResults(results('r', '2026-01-02T00:00:00.000Z'));
    expect((await storage.recent()).map(({ madeAt }) => madeAt)).toEqual(['2026-01-02T00:00:00.000Z']);
  });
});

describe('labels', () => {
  it('are listed without reading what they label, by when they were kept, not made', async () => {
    await storage.keepResults(results('new', '2026-05-01T00:00:00.000Z'));
    await storage.keepResults(results('old', '2020-01-01T00:00:00.000Z'));
    const database = await openDB(name, SCHEMA_VERSION);
    for (const key of ['new', 'old']) await database.put('results', { key, body: 'not even packed' });
    database.close();
    expect((await storage.recent()).map(({ key }) => key)).toEqual(['old', 'new']);
  });

  it('of files made elsewhere long ago do not go first', async () => {
    storage = new Storage(name, { results: 2, cachedBytes: 1 });
    await storage.keepResults(results('a', '2026-05-01T00:00:00.000Z'));
    await storage.keepResults(results('b', '2026-05-02T00:00:00.000Z'));
    await storage.keepResults(results('ready-made', '2020-01-01T00:00:00.000Z'));
    expect((await storage.recent()).map(({ key }) => key)).toEqual(['ready-made', 'b']);
    expect(await storage.results('a')).toBeNull();
  });

  it('say no mean where no unit has a formula', async () => {
    const given = results('r', '2026-01-01T00:00:00.000Z');
    await storage.keepResults({ ...given, units: given.units.slice(1, 2) });
    expect((await storage.recent())[0].meanIou).toBeNull();
  });

  it('of damaged results go with them', async () => {
    await storage.keepResults(results('r', '2026-01-01T00:00:00.000Z'));
    const database = await openDB(name, SCHEMA_VERSION);
    await database.put('results', { key: 'r', body: { chunks: [{ gzip: new Blob(['no gzip']), bytes: 3 }] } });
    database.close();
    expect(await storage.results('r')).toBeNull();
    expect(await storage.recent()).toEqual([]);
  });

  it('are forgotten with their results when told, others are not', async () => {
    for (const key of ['a', 'b']) await storage.keepResults(results(key, '2026-01-01T00:00:00.000Z'));
    await storage.forgetResults('a');
    await storage.forgetResults('never kept');
    expect((await storage.recent()).map(({ key }) => key)).toEqual(['b']);
    expect([await storage.results('a'), (await storage.results('b'))?.key]).toEqual([null, 'b']);
  });
});

describe('other versions', () => {
  it('takes over a database of version 1: results are dropped, everything else stays', async () => {
    const first = await openDB(name, 1, {
      upgrade(database) {
        for (const store of ['cells', 'activations'])
          database.createObjectStore(store, { keyPath: 'key' }).createIndex('group', 'group');
        database.createObjectStore('thumbnails', { keyPath: ['probing', 'sample'] });
        database.createObjectStore('results', { keyPath: 'key' }).createIndex('madeAt', 'madeAt');
        database.createObjectStore('uses', { keyPath: 'id' }).createIndex('usedAt', 'usedAt');
      },
    });
    const body = await packJson({ key: 'r' });
    await first.put('results', { key: 'r', madeAt: '2026-01-01T00:00:00.000Z', title: '', layer: '', body });
    await first.put('thumbnails', { probing: 'p', sample: 3, picture: new Blob(['three']) });
    first.close();
    expect(await storage.recent()).toEqual([]);
    expect(await storage.results('r')).toBeNull();
    expect(await (await storage.thumbnail('p', 3))?.text()).toBe('three');
    await storage.keepResults(results('s', '2026-01-01T00:00:00.000Z'));
    expect((await storage.recent()).map(({ key }) => key)).toEqual(['s']);
  });

  it('passes over records of another form', async () => {
    await storage.keepResults(results('ours', '2026-01-01T00:00:00.000Z'));
    const database = await openDB(name, SCHEMA_VERSION);
    const label: unknown = await database.get('labels', 'ours');
    await database.put('labels', { ...(label as object), key: 'theirs', form: 99, keptAt: 1 });
    await database.put('results', { key: 'theirs', body: 'something else' });
    await database.put('labels', { key: 'empty' });
    database.close();
    expect((await storage.recent()).map(({ key }) => key)).toEqual(['ours']);
    expect([await storage.results('theirs'), await storage.results('empty')]).toEqual([null, null]);
  });
});

describe('small values', () => {
  it('keeps them by name', async () => {
    expect(await storage.recall('speed')).toBeNull();
    await storage.remember('speed', { seconds: 0.5 });
    await storage.remember('speed', { seconds: 0.25 });
    expect(await storage.recall('speed')).toEqual({ seconds: 0.25 });
    await storage.clear();
    expect(await storage.recall('speed')).toBeNull();
  });
});

describe('thumbnails', () => {
  it('gives those of some samples at once', async () => {
    await storage.keepThumbnails(
      'p',
      [5, 1, 3].map((sample) => ({ sample, picture: new Blob([String(sample)]) })),
    );
    const some = await storage.thumbnails('p', [1, 2, 5]);
    expect(await Promise.all(some.map(async ({ sample, picture }) => [sample, await picture.text()]))).toEqual([
      [1, '1'],
      [5, '5'],
    ]);
  });

  it('keeps them by probing set and sample, and drops them as a whole', async () => {
    await storage.keepThumbnails('p', [
      { sample: 3, picture: new Blob(['three']) },
      { sample: 0, picture: new Blob(['zero']) },
    ]);
    await storage.keepThumbnails('q', [{ sample: 3, picture: new Blob(['other']) }]);
    expect(await (await storage.thumbnail('p', 3))?.text()).toBe('three');
    expect(await storage.thumbnail('p', 1)).toBeNull();
    expect(await storage.samplesWithThumbnail('p')).toEqual([0, 3]);
    let refusals = 1;
    limitRoom((store) => store === 'cells' && refusals-- > 0);
    await storage.keep('cells', entry('k', { probing: 'q' }));
    expect(await storage.samplesWithThumbnail('p')).toEqual([]);
    expect(await storage.samplesWithThumbnail('q')).toEqual([3]);
  });
});

describe('connections', () => {
  it('gives way to a newer page in another tab, and says so afterwards', async () => {
    await storage.keep('cells', entry('k'));
    const newer = await openDB(name, SCHEMA_VERSION + 1);
    await expect(storage.find('cells', 'k')).rejects.toMatchObject({ code: 'storage/newer' });
    newer.close();
  });

  it('opens again after another tab deleted everything', async () => {
    await storage.keep('cells', entry('k'));
    await deleteDB(name);
    expect(await storage.find('cells', 'k')).toBeNull();
    await storage.keep('cells', entry('k'));
    expect(await storage.find('cells', 'k')).not.toBeNull();
  });

  it('lets two tabs keep the same things at once', async () => {
    const other = new Storage(name);
    const keys = ['k1', 'k2', 'k3'];
    await Promise.all(keys.flatMap((key) => [storage.keep('cells', entry(key)), other.keep('cells', entry(key))]));
    for (const key of keys) {
      expect(bytesOf((await storage.find('cells', key))?.buffers['activations'])).toEqual(noise(1000));
    }
    await other.close();
  });

  it('tries again after a failed opening', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('The user denied permission.', 'SecurityError');
    });
    await expect(storage.recent()).rejects.toMatchObject({ code: 'storage/unavailable' });
    expect(await storage.recent()).toEqual([]);
  });

  it('forgets everything when told', async () => {
    await storage.keep('cells', entry('k'));
    await storage.keepThumbnails('p', [{ sample: 0, picture: new Blob(['zero']) }]);
    await storage.keepResults(results('r', '2026-01-01T00:00:00.000Z'));
    await storage.clear();
    expect(await storage.find('cells', 'k')).toBeNull();
    expect(await storage.samplesWithThumbnail('p')).toEqual([]);
    expect(await storage.recent()).toEqual([]);
  });
});
