import { ActivationCollector } from '../engine/activation/collector.ts';
import type { KeptActivations } from '../engine/activation/kept.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { Layer } from '../onnx/layers.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import type { FloatTensor, ModelSession } from '../runtime/model-session.ts';
import { batchLength, batchSize, fillBatch, inputDims, type Decode, type InputSpec } from './batches.ts';
import { pipelineFaults } from './errors.ts';
import type { PipelineOptions } from './ingest.ts';
import { keptQuantileFor, type LayerSize } from './kept-quantile.ts';

/** What to collect from a model. Plain data. */
export interface CollectSpec {
  readonly input: InputSpec;
  readonly layer: Pick<Layer, 'tensor' | 'layout'>;
  /** Decides how many maps are kept; see kept-quantile.ts. */
  readonly threshold: ThresholdRule;
  /** Layers collected at the same time, this one among them; one, unless told. */
  readonly layerCount?: number;
}

/** Collects a layer's activations from the tensors a model gives; their shape is known from the first batch on. */
export class LayerCollector {
  readonly #spec: CollectSpec;
  readonly #sampleCount: number;
  readonly #samplesToRead: number;
  #collector: ActivationCollector | undefined;
  #shape = '';

  /**
   * @param sampleCount samples of the probing set
   * @param samplesToRead samples that will be added
   */
  constructor(spec: CollectSpec, sampleCount: number, samplesToRead: number = sampleCount) {
    this.#spec = spec;
    this.#sampleCount = sampleCount;
    this.#samplesToRead = samplesToRead;
  }

  /** Bytes of the maps kept so far. */
  get bytes(): number {
    return this.#collector?.bytes ?? 0;
  }

  /**
   * Adds a batch; samples come in any order.
   *
   * @param samples sample of each row that counts; a model that fixes its batch gives more rows
   * @throws Fault, if the tensor is neither [batch, units] nor a map
   */
  add(samples: readonly number[], { dims, data }: FloatTensor): void {
    const { tensor } = this.#spec.layer;
    const rows = this.#spec.input.fixedBatch ?? samples.length;
    const shape = `[batch, ${dims.slice(1).join(', ')}]`;
    if (dims.length !== 4 && dims.length !== 2) throw pipelineFaults['not-a-map'](tensor, `[${dims.join(', ')}]`);
    if (dims[0] !== rows) throw pipelineFaults['other-batch'](tensor, dims[0], rows);
    if (this.#collector && shape !== this.#shape) throw pipelineFaults['other-shape'](tensor, shape, this.#shape);
    const layout = dims.length === 4 && this.#spec.layer.layout === 'NHWC' ? 'NHWC' : 'NCHW';
    this.#collector ??= this.#start(dims, layout);
    this.#shape = shape;
    this.#collector.addSamples(samples, data.subarray(0, (data.length / rows) * samples.length), layout);
  }

  /** Everything kept so far; more may be added afterwards. */
  finish(): KeptActivations {
    if (!this.#collector) throw new RangeError('No batch was added.');
    return this.#collector.finish();
  }

  #start(dims: readonly number[], layout: 'NCHW' | 'NHWC'): ActivationCollector {
    const [, second, third = 1, fourth = 1] = dims;
    const sizes = layout === 'NHWC' ? [fourth, second, third] : [second, third, fourth];
    const [unitCount, height, width] = sizes;
    const size: LayerSize = { sampleCount: this.#samplesToRead, unitCount, height, width };
    const { threshold, layerCount } = this.#spec;
    const keptQuantile = keptQuantileFor(size, threshold, layerCount);
    const [sampleCount, samplesToRead] = [this.#sampleCount, this.#samplesToRead];
    return new ActivationCollector({ unitCount, height, width, sampleCount, samplesToRead, keptQuantile });
  }
}

/**
 * Shows a model every picture of a probing set and collects a layer's activations. Decoding the next batch overlaps with running one.
 *
 * @param decode the decoder at hand: a browser's or Node's
 * @throws Fault of reader, decoder or model; the signal's reason
 */
export async function collectActivations(
  probing: ProbingSet,
  session: ModelSession,
  spec: CollectSpec,
  { decode, onProgress, signal }: PipelineOptions & { readonly decode: Decode },
): Promise<KeptActivations> {
  const { input, layer } = spec;
  const collector = new LayerCollector(spec, probing.sampleCount);
  const slots = [new Float32Array(batchLength(input)), new Float32Array(batchLength(input))];
  const step = batchSize(input);
  let running: Promise<void> = Promise.resolve();
  for (let first = 0, slot = 0; first < probing.sampleCount; first += step, slot = 1 - slot) {
    signal?.throwIfAborted();
    const samples = Array.from({ length: Math.min(step, probing.sampleCount - first) }, (_, row) => first + row);
    const filled = fillBatch(probing, samples, input, decode, slots[slot]);
    await Promise.all([filled, running]);
    const dims = inputDims(input, samples.length);
    const data = slots[slot].subarray(
      0,
      dims.reduce((product, dim) => product * dim),
    );
    running = session.run({ [input.input]: { dims, data } }).then((outputs) => {
      collector.add(samples, outputs[layer.tensor]);
      onProgress?.(first + samples.length, probing.sampleCount);
    });
    // Awaited with the next batch; until then a failure must not count as unhandled.
    running.catch(() => undefined);
  }
  await running;
  return collector.finish();
}
