import glueWithGpu from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasmWithGpu from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm.gz?url';
import gluePlain from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmPlain from 'onnxruntime-web/ort-wasm-simd-threaded.wasm.gz?url';
import { Fault } from '../engine/fault.ts';
import { checkedSession } from './checked-session.ts';
import { runtimeFaults } from './errors.ts';
import { findAdapter, type AdapterFinding } from './gpu-adapter.ts';
import { loadWasm } from './load-wasm.ts';
import type { ModelSession } from './model-session.ts';
import { createSession, type Ort } from './ort-session.ts';
import type { SessionOptions } from './session-options.ts';

/**
 * Opens a model in a page or in a worker of one.
 *
 * With `auto`, WebGPU is taken where there is a real graphics processor; where that fails, and on imitations in software, it is
 * WebAssembly, and `providerNote` says why. The first batch on WebGPU is checked against WebAssembly (see checked-session.ts).
 * Only one of onnxruntime's two builds is loaded: the one with WebGPU is twice as large and can do both.
 *
 * @throws Fault; after `runtime/device-lost` this thread can run nothing on WebGPU any more: end the worker and start another
 */
export async function openSession(model: Blob | Uint8Array, options: SessionOptions): Promise<ModelSession> {
  const wanted = options.provider ?? 'auto';
  if (wanted === 'wasm') return openPlain(model, options, 'as asked');
  const adapter = await findAdapter();
  if (adapter.kind === 'none') {
    if (wanted === 'webgpu') throw runtimeFaults['no-webgpu'](adapter.reason);
    return openPlain(model, options, adapter.reason);
  }
  if (wanted === 'auto' && adapter.kind === 'software') {
    return openPlain(
      model,
      options,
      `the browser's WebGPU is an imitation in software (${adapter.name}), which is slower`,
    );
  }
  return openOnGpu(model, options, adapter, wanted === 'webgpu');
}

async function openOnGpu(
  model: Blob | Uint8Array,
  options: SessionOptions,
  adapter: Exclude<AdapterFinding, { kind: 'none' }>,
  insist: boolean,
): Promise<ModelSession> {
  const ort = await loadWithGpu(options.threads);
  const openWasm = (why: string): Promise<ModelSession> =>
    createSession(ort, model, options, { provider: 'wasm', providerNote: wasmNote(ort, why) });
  try {
    const kind = adapter.kind === 'software' ? 'software ' : '';
    const session = await createSession(ort, model, options, {
      provider: 'webgpu',
      providerNote: `WebGPU (${kind}adapter ${adapter.name})`,
      whenLost: () => whenLost(ort),
    });
    return checkedSession(session, () => openWasm('as a check'));
  } catch (error) {
    const fatal =
      error instanceof Fault && (error.code === 'runtime/unknown-tap' || error.code === 'runtime/no-runtime');
    if (insist || fatal) throw error;
    return openWasm(`WebGPU could not open the model (${error instanceof Error ? error.message : 'no reason given'})`);
  }
}

async function openPlain(model: Blob | Uint8Array, options: SessionOptions, why: string): Promise<ModelSession> {
  const ort = await loadPlain(options.threads);
  return createSession(ort, model, options, { provider: 'wasm', providerNote: wasmNote(ort, why) });
}

async function loadWithGpu(threads: number | undefined): Promise<Ort> {
  const ort = await import('onnxruntime-web/webgpu').catch(failLoading);
  return prepare(ort, { mjs: glueWithGpu, wasm: wasmWithGpu }, threads);
}

async function loadPlain(threads: number | undefined): Promise<Ort> {
  const ort = await import('onnxruntime-web/wasm').catch(failLoading);
  return prepare(ort, { mjs: gluePlain, wasm: wasmPlain }, threads);
}

function failLoading(cause: unknown): never {
  const fault = runtimeFaults['no-runtime'](cause instanceof Error ? cause.message : String(cause));
  fault.cause = cause;
  throw fault;
}

async function prepare(ort: Ort, urls: { mjs: string; wasm: string }, threads: number | undefined): Promise<Ort> {
  const cores = Math.min(navigator.hardwareConcurrency || 1, 4);
  ort.env.logLevel = 'error';
  ort.env.wasm.wasmPaths = { mjs: urls.mjs };
  ort.env.wasm.wasmBinary ??= await loadWasm(urls.wasm).catch(failLoading);
  ort.env.wasm.numThreads = globalThis.crossOriginIsolated ? (threads ?? cores) : 1;
  return ort;
}

function wasmNote(ort: Ort, why: string): string {
  const threads = ort.env.wasm.numThreads ?? 1;
  const isolated = globalThis.crossOriginIsolated ? '' : ', since this page is not cross-origin isolated';
  return `WebAssembly, ${threads} thread${threads === 1 ? '' : 's'}${isolated}: ${why}`;
}

async function whenLost(ort: Ort): Promise<string> {
  const device = await ort.env.webgpu.device;
  const { reason, message } = await device.lost;
  return message || reason;
}

/** onnxruntime's version, without loading its WebAssembly. */
export async function runtimeVersion(): Promise<string> {
  const { versions } = (await import('onnxruntime-web/wasm').catch(failLoading)).env;
  return versions.web ?? versions.common;
}
