import { describe, expect, it } from 'vitest';
import { checkedSession } from '../../src/runtime/checked-session.ts';
import { crossCheck } from '../../src/runtime/cross-check.ts';
import type { FloatTensor, ModelSession, Provider } from '../../src/runtime/model-session.ts';

const tensor = (...data: number[]): FloatTensor => ({ dims: [data.length], data: Float32Array.from(data) });

describe('the distance of two runs', () => {
  it('is the largest difference over the largest magnitude of the reference, of the worst tensor', () => {
    expect(crossCheck({ a: tensor(1, -4, 2) }, { a: tensor(1, -4, 2) })).toBe(0);
    expect(crossCheck({ a: tensor(1, -4, 2.5) }, { a: tensor(1, -4, 2) })).toBe(0.125);
    expect(crossCheck({ a: tensor(8), b: tensor(1, 2) }, { a: tensor(8), b: tensor(2, 2) })).toBe(0.5);
    expect(crossCheck({ a: tensor(0, 0) }, { a: tensor(0, 0) })).toBe(0);
  });

  it('takes NaN and infinities for equal only to themselves', () => {
    expect(crossCheck({ a: tensor(NaN, Infinity, 1) }, { a: tensor(NaN, Infinity, 1) })).toBe(0);
    expect(crossCheck({ a: tensor(NaN, 1) }, { a: tensor(0, 1) })).toBe(Infinity);
    expect(crossCheck({ a: tensor(0, 1) }, { a: tensor(NaN, 1) })).toBe(Infinity);
    expect(crossCheck({ a: tensor(-Infinity) }, { a: tensor(Infinity) })).toBe(Infinity);
    expect(crossCheck({ a: tensor(1) }, { a: tensor(0) })).toBe(Infinity);
  });

  it('is infinite where a tensor is missing or has another shape', () => {
    expect(crossCheck({}, { a: tensor(1) })).toBe(Infinity);
    expect(
      crossCheck(
        { a: { dims: [1, 2], data: new Float32Array(2) } },
        { a: { dims: [2, 1], data: new Float32Array(2) } },
      ),
    ).toBe(Infinity);
  });
});

interface Fake extends ModelSession {
  runs: number;
  closed: boolean;
}

function fake(provider: Provider, value: number): Fake {
  return {
    provider,
    providerNote: provider === 'webgpu' ? 'WebGPU (adapter fake)' : 'WebAssembly, 2 threads: as a check',
    runtimeVersion: '1',
    runs: 0,
    closed: false,
    run() {
      this.runs += 1;
      return Promise.resolve({ a: tensor(1, value) });
    },
    close() {
      this.closed = true;
      return Promise.resolve();
    },
  };
}

describe('the check of the first batch', () => {
  it('closes WebAssembly again where they agree', async () => {
    const [gpu, wasm] = [fake('webgpu', 0.50001), fake('wasm', 0.5)];
    const session = checkedSession(gpu, () => Promise.resolve(wasm));
    await session.run({});
    await session.run({});
    expect([gpu.runs, wasm.runs, gpu.closed, wasm.closed]).toEqual([2, 1, false, true]);
    expect(session.provider).toBe('webgpu');
    expect(session.providerNote).toBe('WebGPU (adapter fake); agrees with WebAssembly within 1e-5');
  });

  it('goes over to WebAssembly where they do not, and says so', async () => {
    const [gpu, wasm] = [fake('webgpu', 0.51), fake('wasm', 0.5)];
    const session = checkedSession(gpu, () => Promise.resolve(wasm));
    const [first, second] = await Promise.all([session.run({}), session.run({})]);
    expect([first['a'].data[1], second['a'].data[1]]).toEqual([0.5, 0.5]);
    expect([gpu.runs, wasm.runs, gpu.closed, wasm.closed]).toEqual([1, 2, true, false]);
    expect(session.provider).toBe('wasm');
    expect(session.providerNote).toBe(
      'WebAssembly, 2 threads: as a check; WebGPU was left because its first batch differed by 0.010 of the largest value',
    );
    await session.close();
    expect(wasm.closed).toBe(true);
  });

  it('goes on unchecked, and says so, where WebAssembly cannot open the model', async () => {
    const gpu = fake('webgpu', 0.5);
    const session = checkedSession(gpu, () => Promise.reject(new Error('no memory')));
    await session.run({});
    expect(session.providerNote).toBe(
      'WebGPU (adapter fake); not checked against WebAssembly, which could not open the model',
    );
  });
});
