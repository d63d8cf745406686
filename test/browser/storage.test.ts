import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SCHEMA_VERSION, type CacheRecord } from '../../src/storage/schema.ts';
import { Storage, type CacheEntry } from '../../src/storage/storage.ts';

const name = 'formulens-test';
let storage: Storage;
beforeEach(() => (storage = new Storage(name)));
afterEach(async () => {
  await storage.close();
  await deleteDB(name);
});

/** Bytes that do not compress, in shared memory. */
function noise(length: number): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(length);
  const words = new Uint32Array(buffer);
  let state = 1;
  for (let i = 0; i < words.length; i++) words[i] = state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return buffer;
}

const names = { title: 'A title', source: 'a model', sourceName: 'm.onnx', layer: 'a layer' };
const entry = (key: string, buffer: ArrayBufferLike): CacheEntry => ({
  ...{ key, group: 'group', probing: 'probing', meta: {}, names, buffers: { activations: buffer } },
});

it('keeps shared memory of many megabytes and brings it back, to the last byte', async () => {
  const buffer = noise(24 * 2 ** 20);
  await storage.keep('activations', entry('k', buffer));
  await storage.close();
  const found = await storage.find('activations', 'k');
  const back = new Uint32Array(found?.buffers['activations'] ?? new ArrayBuffer(0));
  const words = new Uint32Array(buffer);
  expect(back.length).toBe(words.length);
  expect(back.findIndex((word, i) => word !== words[i])).toBe(-1);
});

it('deletes a damaged entry and counts it as absent', async () => {
  await storage.keep('activations', entry('k', noise(4096)));
  const database = await openDB(name, SCHEMA_VERSION);
  const record = (await database.get('activations', 'k')) as CacheRecord;
  const [{ gzip, bytes }] = record.parts['activations'].chunks;
  const damaged = new Uint8Array(await gzip.arrayBuffer());
  damaged[2000] ^= 1;
  const parts = { activations: { chunks: [{ gzip: new Blob([damaged]), bytes }] } };
  await database.put('activations', { ...record, parts });
  database.close();
  expect(await storage.find('activations', 'k')).toBeNull();
  expect(await storage.labels('activations', 'group')).toEqual([]);
});

it('lets a newer page in another tab have the database', async () => {
  expect(await storage.recent()).toEqual([]);
  const newer = await openDB(name, SCHEMA_VERSION + 1);
  await expect(storage.recent()).rejects.toMatchObject({ code: 'storage/newer' });
  newer.close();
});

it('keeps small pictures', async () => {
  const canvas = new OffscreenCanvas(3, 2);
  canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
  const picture = await canvas.convertToBlob();
  await storage.keepThumbnails('probing', [{ sample: 5, picture }]);
  const kept = await createImageBitmap((await storage.thumbnail('probing', 5)) ?? expect.fail('no picture'));
  expect([kept.width, kept.height]).toEqual([3, 2]);
});

it('remembers folders by their handles', async () => {
  const handle = await (await navigator.storage.getDirectory()).getDirectoryHandle('pictures', { create: true });
  await storage.rememberFile({ name: 'pictures', kind: 'folder', role: 'probing', hash: 'h', handle });
  const [known] = await storage.knownFiles();
  expect(known).toMatchObject({ id: 'probing/h', name: 'pictures' });
  expect(await known.handle.isSameEntry(handle)).toBe(true);
});

it('brings back steps of several chunks, to the last byte', async () => {
  const layer = noise(20 * 2 ** 20);
  const run = {
    ...{ id: 'r', probing: { title: 'A title', contentHash: 'p' }, source: { name: 'm.onnx', hash: 'm' } },
    ...{ layers: ['relu'], how: 'wasm', request: {}, total: 10 },
  };
  await storage.keepStep(run, { first: 0, count: 4, cells: noise(400), layers: [layer] });
  await storage.close();
  const step = await storage.step('r', 0);
  const back = new Uint32Array(step?.layers[0] ?? new ArrayBuffer(0));
  expect(back.findIndex((word, i) => word !== new Uint32Array(layer)[i])).toBe(-1);
  expect(back.length).toBe(5 * 2 ** 20);
});
