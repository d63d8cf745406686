import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeKeptActivations } from '../../src/engine/activation/kept.ts';
import { makeCellMaps } from '../../src/engine/cells/cell-maps.ts';

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** One sample whose map of one value covers both positions of its grid. */
function small() {
  const sizes = { unitCount: 1, sampleCount: 1, samplesRead: 1, height: 1, width: 1, keptQuantile: 1 };
  const activations = makeKeptActivations(sizes, 1);
  activations.start[1] = 1;
  activations.maps[0] = 2;
  activations.peaks[0] = 2;
  const maps = makeCellMaps({ height: 1, width: 2 }, [{ palette: Uint32Array.of(3, 7), index: Uint8Array.of(1, 0) }]);
  return { activations, maps };
}

it.each([
  ['WebAssembly', undefined],
  ['its SIMD instructions', { ...WebAssembly, validate: (): boolean => false }],
  [
    'the right to compile',
    {
      validate: (): boolean => true,
      Module: class {
        constructor() {
          throw new Error('Refused by the policy of the page.');
        }
      },
    },
  ],
])('a browser without %s counts in plain TypeScript', async (_what, stub) => {
  vi.stubGlobal('WebAssembly', stub);
  const { KernelCounter } = await import('../../src/engine/activation/kernel/kernel-counter.ts');
  const { UnitCounter } = await import('../../src/engine/activation/unit-mask.ts');
  const { activations, maps } = small();
  expect(KernelCounter.make(activations, maps)).toBeNull();
  const counter = new UnitCounter(activations, maps, 8);
  expect(counter.count(counter.bySample(0, 1))).toEqual({
    cells: Uint32Array.of(3, 7),
    counts: Uint32Array.of(1, 1),
    area: 2,
    firing: 1,
  });
});

it('where there is all of it, the kernel counts', async () => {
  const { KernelCounter } = await import('../../src/engine/activation/kernel/kernel-counter.ts');
  const { activations, maps } = small();
  expect(KernelCounter.make(activations, maps)).not.toBeNull();
});
