/** A tensor that goes into a model, row-major. */
export interface InputTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array | Int32Array | BigInt64Array;
}
