import * as ort from 'onnxruntime-web';
import { runtimeFaults } from './errors.ts';
import type { ModelSession } from './model-session.ts';
import { createSession } from './ort-session.ts';
import type { SessionOptions } from './session-options.ts';

const DEFAULT_THREADS = 2;

/**
 * Opens a model in Node, by onnxruntime's WebAssembly: the same arithmetic as in a page, and no native library.
 *
 * @throws Fault
 */
export async function openSession(model: Blob | Uint8Array, options: SessionOptions): Promise<ModelSession> {
  if (options.provider === 'webgpu') throw runtimeFaults['no-webgpu']('Node has none');
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = options.threads ?? DEFAULT_THREADS;
  const threads = ort.env.wasm.numThreads;
  return createSession(ort, model, options, {
    provider: 'wasm',
    providerNote: `WebAssembly, ${threads} thread${threads === 1 ? '' : 's'}: in Node`,
  });
}
