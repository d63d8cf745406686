import { expect, it } from 'vitest';

it('runs in a cross-origin isolated page with shared memory', () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
  expect(new SharedArrayBuffer(8).byteLength).toBe(8);
});

it('has a WebGPU adapter without a GPU', async () => {
  const adapter = await navigator.gpu.requestAdapter();
  expect(adapter?.limits.maxBufferSize).toBeGreaterThan(2 ** 27);
});
