import { expect, it } from 'vitest';
import { keptList, unfinishedRuns } from '../../src/jobs/kept-list.ts';
import { Pace } from '../../src/jobs/pace.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import type { KeptThing, RunRecord } from '../../src/storage/schema.ts';

const thing = (store: KeptThing['store'], bytes: number, change: Partial<KeptThing> = {}): KeptThing => ({
  ...{ store, key: 'k', probing: 'p', title: 'A set', source: 'm', sourceName: 'm.onnx', layer: 'relu', bytes },
  ...change,
});
const ofSet = { source: '', sourceName: '', layer: '' };

it('lists what is kept by probing set and layer, largest first', () => {
  const list = keptList([
    thing('cells', 10, ofSet),
    thing('thumbnails', 5, ofSet),
    thing('activations', 100),
    thing('activations', 20),
    thing('results', 3),
    thing('steps', 400, { layer: 'pool' }),
    thing('cells', 1000, { ...ofSet, probing: 'q', title: 'Another' }),
  ]);
  expect(list).toEqual([
    { contentHash: 'q', title: 'Another', cells: 1000, thumbnails: 0, layers: [] },
    {
      ...{ contentHash: 'p', title: 'A set', cells: 10, thumbnails: 5 },
      layers: [
        { source: 'm', sourceName: 'm.onnx', layer: 'pool', activations: 0, results: 0, unfinished: 400 },
        { source: 'm', sourceName: 'm.onnx', layer: 'relu', activations: 120, results: 3, unfinished: 0 },
      ],
    },
  ]);
});

it('names what has no name after the rest of it, or by its hash', () => {
  const nameless = { title: '', sourceName: '' };
  const [set] = keptList([thing('activations', 1, { ...nameless, layer: 'pool' }), thing('results', 2)]);
  expect([set.title, ...set.layers.map(({ sourceName }) => sourceName)]).toEqual(['A set', 'm.onnx', 'm.onnx']);
  const hash = '0123456789abcdef';
  const [other] = keptList([thing('activations', 1, { ...nameless, probing: hash, source: hash })]);
  expect([other.title, other.layers[0].sourceName]).toEqual(['0123456789ab', '0123456789ab']);
});

it('lists runs that were broken off, not those under way', () => {
  const run = (id: string): RunRecord => ({
    ...{ id, probing: { title: 'A set', contentHash: 'p' }, source: { name: 'm.onnx', hash: 'm' }, layers: ['relu'] },
    ...{ how: 'wasm', request: { samples: 7 }, total: 7, done: 3, at: '2026-01-01', cellBytes: 1, layerBytes: [2] },
  });
  expect(unfinishedRuns([run('a'), run('b')], new Set(['a']))).toEqual([
    {
      ...{ id: 'b', probing: { title: 'A set', contentHash: 'p' }, source: { name: 'm.onnx', hash: 'm' } },
      ...{ request: { samples: 7 }, total: 7, done: 3, at: '2026-01-01' },
    },
  ]);
});

it('remembers paces for the next visit, and takes nothing else for one', async () => {
  const values = new Map<string, unknown>();
  const memory = {
    recall: async (name: string) => values.get(name) ?? null,
    remember: (name: string, value: unknown) => void values.set(name, value),
  };
  const settings = { length: 3, beam: 10 } as ExplainSettings;
  const first = new Pace(memory);
  first.modelRan('m', { opening: 2, aPicture: 0.5 });
  first.labelsWereRead('p', 0.25);
  first.searchRan(10, settings, 7);
  const recalled = async (): Promise<Pace> => {
    const pace = new Pace(memory);
    await Promise.all([pace.recall('search'), pace.recall({ model: 'm' }), pace.recall({ labels: 'p' })]);
    return pace;
  };
  const next = await recalled();
  expect(next.model('m')).toEqual({ opening: 2, aPicture: 0.5 });
  expect([next.labels('p'), next.searched]).toEqual([0.25, true]);
  expect(next.search(10, settings)).toBeCloseTo(7);
  next.modelRan('m', { opening: 0, aPicture: 1 });
  await next.recall({ model: 'm' });
  expect(next.model('m')).toEqual({ opening: 0, aPicture: 1 });
  for (const name of values.keys()) values.set(name, { aPicture: 'fast' });
  const damaged = await recalled();
  expect([damaged.model('m'), damaged.labels('p'), damaged.searched]).toEqual([null, null, false]);
});
