import { describe, expect, it } from 'vitest';
import { findAdapter } from '../../src/runtime/gpu-adapter.ts';

function gpu(info: Partial<GPUAdapterInfo> | null): GPU {
  return { requestAdapter: () => Promise.resolve(info && { info }) } as unknown as GPU;
}

describe('what the browser offers for WebGPU', () => {
  it.each([
    [
      { description: 'NVIDIA GeForce RTX 3060', vendor: 'nvidia' },
      { kind: 'hardware', name: 'NVIDIA GeForce RTX 3060' },
    ],
    [
      { vendor: 'apple', architecture: 'common-3' },
      { kind: 'hardware', name: 'apple common-3' },
    ],
    [
      { vendor: 'google', architecture: 'swiftshader' },
      { kind: 'software', name: 'google swiftshader' },
    ],
    [
      { vendor: 'mesa', architecture: 'llvmpipe' },
      { kind: 'software', name: 'mesa llvmpipe' },
    ],
    [
      { vendor: 'microsoft', isFallbackAdapter: true },
      { kind: 'software', name: 'microsoft' },
    ],
    [{}, { kind: 'hardware', name: 'unnamed' }],
  ])('%o', async (info, finding) => {
    expect(await findAdapter(gpu(info))).toEqual(finding);
  });

  it('gives the reason where there is none', async () => {
    expect(await findAdapter(undefined)).toEqual({ kind: 'none', reason: 'this browser has no WebGPU' });
    expect(await findAdapter(gpu(null))).toEqual({
      kind: 'none',
      reason: 'WebGPU found no graphics processor it can use',
    });
    const failing = { requestAdapter: () => Promise.reject(new Error('blocked')) } as unknown as GPU;
    expect(await findAdapter(failing)).toEqual({ kind: 'none', reason: 'WebGPU failed (blocked)' });
  });
});
