import { expect, it, vi } from 'vitest';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { answers, type LayerMeta } from '../../src/jobs/keeper.ts';
import { cellsKey, fileGroup, groupOf, modelGroup, resultsKey } from '../../src/jobs/keys.ts';
import { Pace } from '../../src/jobs/pace.ts';
import { Reopening } from '../../src/jobs/reopening.ts';
import { poolSize } from '../../src/jobs/search-pool.ts';
import { TimeLeft } from '../../src/jobs/time-left.ts';
import type { PictureFeed } from '../../src/onnx/feed.ts';
import { presets } from '../../src/onnx/preprocess.ts';

it('estimates the time left from the pace so far', () => {
  let now = 5000;
  const left = new TimeLeft(1, () => now);
  expect(left.seconds(0, 10)).toBeNull();
  now += 500;
  expect(left.seconds(1, 10)).toBeNull();
  now += 3500;
  expect(left.seconds(2, 10)).toBe(16);
  expect(left.seconds(10, 10)).toBe(0);
});

it.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 3],
  [9, 8],
  [64, 8],
])('uses, of %i cores, %i to search', (cores, workers) => {
  expect(poolSize(cores)).toBe(workers);
  expect(poolSize(cores, false)).toBe(1);
});

it('expects of the next search the pace of the last', () => {
  const pace = new Pace();
  const settings = { length: 3, beam: 10 } as ExplainSettings;
  const typical = pace.search(100, settings);
  expect(pace.search(200, settings)).toBeCloseTo(2 * typical);
  expect(pace.search(100, { ...settings, length: 10 })).toBeGreaterThan(2 * typical);
  pace.searchRan(50, settings, 3 * pace.search(50, settings));
  expect(pace.search(100, settings)).toBeCloseTo(3 * typical);
});

it('opens again only when the worker was started afresh, and once for all who wait', async () => {
  const link = { generation: 1, alive: true };
  const open = vi.fn(async () => {
    link.alive = true;
    return 'info';
  });
  const opened = await Reopening.first(link, open);
  expect(opened.info).toBe('info');
  await opened.ready();
  expect(open).toHaveBeenCalledTimes(1);
  Object.assign(link, { generation: 2, alive: true });
  await Promise.all([opened.ready(), opened.ready()]);
  expect(open).toHaveBeenCalledTimes(2);
  link.alive = false;
  open.mockRejectedValueOnce(new Error('gone'));
  await expect(opened.ready()).rejects.toThrow('gone');
  await opened.ready();
  expect(open).toHaveBeenCalledTimes(4);
});

const meta: LayerMeta = {
  ...{ unitCount: 3, keptQuantile: 0.02, highestFloor: 1.5, provider: 'wasm', providerNote: '', runtimeVersion: '1' },
};

it.each([
  ['another runtime', meta, { runtimeVersion: '2', threshold: { kind: 'quantile', quantile: 0.01 } }, false],
  ['a smaller quantile', meta, { runtimeVersion: '1', threshold: { kind: 'quantile', quantile: 0.01 } }, true],
  ['the same quantile', meta, { runtimeVersion: '1', threshold: { kind: 'quantile', quantile: 0.02 } }, true],
  ['a larger quantile', meta, { runtimeVersion: '1', threshold: { kind: 'quantile', quantile: 0.03 } }, false],
  ['a threshold below the floor', meta, { runtimeVersion: '1', threshold: { kind: 'fixed', above: 1.4 } }, false],
  ['a threshold at the floor', meta, { runtimeVersion: '1', threshold: { kind: 'fixed', above: 1.5 } }, true],
  [
    'one threshold below the floor',
    meta,
    { runtimeVersion: '1', threshold: { kind: 'given', thresholds: [2, 1] } },
    false,
  ],
  ['thresholds above the floor', meta, { runtimeVersion: '1', threshold: { kind: 'given', thresholds: [2, 3] } }, true],
  [
    'anything, where all was kept',
    { ...meta, keptQuantile: 1, highestFloor: -Infinity },
    { runtimeVersion: '1', threshold: { kind: 'fixed', above: -5 } },
    true,
  ],
] as const)('asks kept activations for %s', (_, kept, question, enough) => {
  expect(answers(kept, question)).toBe(enough);
});

const feed: PictureFeed = { kind: 'pictures', preprocessing: presets.imagenet, height: 224, width: 224 };
const request = { layer: 'relu', feed };

const all = { probing: 'p', samples: null };
const some = { probing: 'p', samples: 4 };

it('finds the activations behind results under the key they were kept under', () => {
  const results = {
    probing: { contentHash: 'p', sampleCount: 9 },
    samplesRead: 9,
    activations: {
      kind: 'model',
      hash: 'm',
      layer: 'relu',
      feed,
    },
  } as unknown as LayerResults;
  expect(groupOf(results)).toBe(modelGroup(all, 'm', request));
  expect(groupOf({ ...results, samplesRead: 4 })).toBe(modelGroup({ probing: 'p', samples: 4 }, 'm', request));
});

it('tells apart whatever changes activations, and nothing else', () => {
  const groups = [
    modelGroup(all, 'm', request),
    modelGroup(some, 'm', request),
    modelGroup({ probing: 'q', samples: null }, 'm', request),
    modelGroup(all, 'n', request),
    modelGroup(all, 'm', { ...request, layer: 'pool' }),
    modelGroup(all, 'm', { ...request, feed: { ...feed, width: 200 } }),
    modelGroup(all, 'm', { ...request, feed: { ...feed, preprocessing: presets.caffe } }),
    fileGroup(all, 'm'),
    fileGroup(some, 'm'),
  ];
  expect(new Set(groups).size).toBe(groups.length);
  expect(
    modelGroup(all, 'm', { ...request, feed: { ...feed, preprocessing: { ...presets.imagenet, preset: 'custom' } } }),
  ).toBe(groups[0]);
  expect(cellsKey(all)).not.toBe(cellsKey(some));
});

it('gives results of the same question the same key', async () => {
  const settings: ExplainSettings = {
    ...{ threshold: { kind: 'quantile', quantile: 0.005 }, length: 3, beam: 10, penalty: 1, candidates: null },
    ...{ mode: 'default', minActive: 0, minConcept: 0, operators: ['or', 'and', 'and-not'], without: [] },
  };
  const key = await resultsKey('layer', settings, [0, 9]);
  expect(key).toMatch(/^[0-9a-f]{16}$/);
  expect(await resultsKey('layer', { ...settings }, [0, 9])).toBe(key);
  expect(await resultsKey('layer', { ...settings, length: 4 }, [0, 9])).not.toBe(key);
  expect(await resultsKey('layer', { ...settings, minConcept: 4 }, [0, 9])).not.toBe(key);
  expect(await resultsKey('layer', settings, [0, 8])).not.toBe(key);
});
