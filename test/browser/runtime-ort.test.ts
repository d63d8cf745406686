import * as ort from 'onnxruntime-web/webgpu';
import { expect, it } from 'vitest';
import { openSession } from '../../src/runtime/ort-browser.ts';
import { plainNetwork, wave } from '../onnx/support/networks.ts';
import { runtimeSuite } from '../runtime/support/runtime-suite.ts';

const picture = { dims: [1, 3, 16, 20], data: wave(960) };

runtimeSuite('WebAssembly in the page', 'wasm', (model, options) =>
  openSession(model, { ...options, provider: 'wasm' }),
);
runtimeSuite('WebGPU', 'webgpu', (model, options) => openSession(model, { ...options, provider: 'webgpu' }));

it('says which provider runs and why', async () => {
  const threads = Math.min(navigator.hardwareConcurrency, 4);
  const asked = await openSession(plainNetwork(), { taps: ['logits'], provider: 'wasm' });
  expect(asked.providerNote).toBe(`WebAssembly, ${threads} threads: as asked`);
  await asked.close();
  const chosen = await openSession(plainNetwork(), { taps: ['logits'] });
  expect(chosen.provider).toBe('wasm');
  expect(chosen.providerNote).toMatch(
    /^WebAssembly, \d threads: the browser's WebGPU is an imitation in software \(.*\), which is slower$/,
  );
  await chosen.close();
  const gpu = await openSession(plainNetwork(), { taps: ['logits'], provider: 'webgpu' });
  expect(gpu.providerNote).toMatch(/^WebGPU \(software adapter .*\)$/);
  await gpu.run({ picture });
  expect(gpu.providerNote).toMatch(/^WebGPU \(software adapter .*\); agrees with WebAssembly within \de[-+]\d+$/);
  await gpu.close();
});

it('says that the graphics processor was lost, and does not hang when asked again', async () => {
  const session = await openSession(plainNetwork(), { taps: ['logits'], provider: 'webgpu' });
  await session.run({ picture });
  (await ort.env.webgpu.device).destroy();
  await expect(session.run({ picture })).rejects.toThrow('The graphics processor was lost while the model ran');
  await expect(session.run({ picture })).rejects.toMatchObject({ code: 'runtime/device-lost' });
  await session.close();
});
