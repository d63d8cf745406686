import type { InputTensor } from '../onnx/input-tensor.ts';
import { encodeBatch, type EncodedBatch } from '../onnx/text/encode-batch.ts';
import type { PairTokenizer } from '../onnx/text/tokenizer.ts';
import type { FloatTensor, ModelSession } from '../runtime/model-session.ts';
import { inputDims, type Batch, type InputSpec } from './batches.ts';
import { pipelineFaults } from './errors.ts';

/** What a model gave for a batch. */
export interface BatchOutput {
  /** The tapped tensors by name. */
  readonly tensors: Readonly<Record<string, FloatTensor>>;
  /** How the pairs went in; null for pictures. */
  readonly encoded: EncodedBatch | null;
  /** What went in, by the names of the model's inputs. */
  readonly inputs: Readonly<Record<string, InputTensor>>;
}

/** Runs batches of samples through a session. */
export class Feeder {
  readonly spec: InputSpec;
  readonly #tokenizer: PairTokenizer | null;

  /** @param tokenizer for pairs; null for pictures */
  constructor(spec: InputSpec, tokenizer: PairTokenizer | null) {
    this.spec = spec;
    this.#tokenizer = tokenizer;
  }

  /**
   * Runs one batch.
   *
   * @param count samples in it
   * @throws Fault of the model; `pipeline/no-tokenizer`
   */
  async run(session: ModelSession, count: number, batch: Batch): Promise<BatchOutput> {
    const { inputs, encoded } = this.#inputs(count, batch);
    return { tensors: await session.run(inputs), encoded, inputs };
  }

  #inputs(
    count: number,
    { values, pairs }: Batch,
  ): { inputs: Record<string, InputTensor>; encoded: EncodedBatch | null } {
    const { spec } = this;
    if (spec.kind === 'pairs') {
      if (!this.#tokenizer || !pairs) throw pipelineFaults['no-tokenizer']();
      const encoded = encodeBatch(pairs, spec.input, spec.encoding, this.#tokenizer);
      return { inputs: { ...encoded.tensors }, encoded };
    }
    const dims = inputDims(spec, count);
    const length = dims.reduce((product, dim) => product * dim);
    return { inputs: { [spec.input]: { dims, data: values.subarray(0, length) } }, encoded: null };
  }
}
