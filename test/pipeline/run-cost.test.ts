import { expect, it } from 'vitest';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import { activationBytes, memoryOf, storageOf, type RunSize } from '../../src/pipeline/run-cost.ts';

const layer = { units: 6, values: 6 * 5 * 4, operator: 'Conv' };
const size: RunSize = {
  ...{ samples: 40, sampleCount: 40, positions: 112 * 112, layers: [layer], keptBytes: 0, units: 6 },
  ...{ threshold: { kind: 'quantile', quantile: 0.005 }, cellsKept: false, modelBytes: 5e6, batchBytes: 2e6 },
  ...{ hasPictures: true, searchWorkers: 2 },
};

it('knows the bytes of activations that are all kept', () => {
  const sizes = { unitCount: 6, sampleCount: 40, height: 5, width: 4, keptQuantile: 1 };
  const collector = new ActivationCollector(sizes);
  collector.add(0, 40, new Float32Array(40 * 120));
  const { maps, highest } = collector.finish();
  expect(activationBytes(size)).toBe(maps.byteLength + highest.byteLength);
  expect(activationBytes({ ...size, layers: [layer, layer] })).toBe(2 * activationBytes(size));
});

it('expects fewer bytes where maps are dropped', () => {
  const large = { ...size, samples: 20_000, layers: [{ ...layer, units: 512, values: 512 * 49 }] };
  const all = activationBytes({ ...large, threshold: { kind: 'fixed', above: 0 } });
  expect(activationBytes(large)).toBeLessThan(all / 2);
});

it('asks for more memory and room the more is read, and for less the more is kept', () => {
  const more: readonly Partial<RunSize>[] = [
    { samples: 4000, sampleCount: 4000 },
    { layers: [layer, { ...layer, units: 100, values: 100_000 }] },
    { positions: 500 * 500 },
  ];
  for (const change of more) {
    expect(memoryOf({ ...size, ...change })).toBeGreaterThan(memoryOf(size));
    expect(storageOf({ ...size, ...change })).toBeGreaterThan(storageOf(size));
  }
  expect(storageOf({ ...size, layers: [{ ...layer, operator: 'Relu' }] })).toBeLessThan(storageOf(size));
  expect(memoryOf({ ...size, modelBytes: 50e6 })).toBe(memoryOf(size) + 3 * 45e6);
  const kept = { ...size, layers: [], modelBytes: 0, batchBytes: 0, cellsKept: true };
  expect(memoryOf(kept)).toBeLessThan(memoryOf(size));
  expect(storageOf(kept)).toBeLessThan(storageOf(size));
});
