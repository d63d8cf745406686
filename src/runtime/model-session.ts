import type { InputTensor } from '../onnx/input-tensor.ts';

/** Where a model runs. `wasm` in a page and in Node alike. */
export type Provider = 'webgpu' | 'wasm';

/** A float32 tensor, row-major. */
export interface FloatTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** A model ready to run, with some of its tensors tapped. One call of `run` at a time. */
export interface ModelSession {
  readonly provider: Provider;
  /** Which provider runs and why, as a sentence for the page. */
  readonly providerNote: string;
  /** onnxruntime's version. */
  readonly runtimeVersion: string;
  /**
   * Runs one batch.
   *
   * @param inputs tensors by input name
   * @returns the tapped tensors by name
   * @throws Fault, if the model fails or a tap is not float
   */
  run(inputs: Readonly<Record<string, InputTensor>>): Promise<Record<string, FloatTensor>>;
  close(): Promise<void>;
}
