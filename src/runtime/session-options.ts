import type { Provider } from './model-session.ts';

/** How a model is to be opened. */
export interface SessionOptions {
  /** Tensors to return, by name: outputs of the model, or tapped (see onnx/tap.ts). */
  readonly taps: readonly string[];
  /**
   * Which provider to use. `auto`: WebGPU where the browser has it on real hardware, else WebAssembly. A provider's name:
   * that one, and a {@link Fault} where it cannot run.
   */
  readonly provider?: 'auto' | Provider;
  /** Threads of WebAssembly; by default as many as there are cores, up to 4 (in Node 2). Only the first session of a worker sets them. */
  readonly threads?: number;
}
