import type { ActivationPart } from '../engine/activation/activation-part.ts';
import { ActivationCollector } from '../engine/activation/collector.ts';
import type { KeptActivations } from '../engine/activation/kept.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { Layer } from '../onnx/layers.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import type { EncodedBatch } from '../onnx/text/encode-batch.ts';
import type { FloatTensor, ModelSession } from '../runtime/model-session.ts';
import { batchLength, batchSize, fillBatch, type Batch, type Decode } from './batches.ts';
import { PEAKS_ONLY } from './companions.ts';
import { pipelineFaults } from './errors.ts';
import type { Feeder } from './feeder.ts';
import type { PipelineOptions } from './ingest.ts';
import { keptQuantileFor, type LayerSize } from './kept-quantile.ts';
import { poolTokens } from './pool-tokens.ts';

/** What to collect from a model. Plain data. */
export interface CollectSpec {
  /** Rows of a tensor, where the model fixes them. */
  readonly fixedBatch: number | null;
  readonly layer: Pick<Layer, 'tensor' | 'layout'>;
  /** `activations`, or the words where tokens are largest; see companions.ts. */
  readonly what?: 'activations' | 'words';
  /** Decides how many maps are kept; see kept-quantile.ts. Null: only the highest value of each sample. */
  readonly threshold: ThresholdRule | null;
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
   * @param encoded how pairs went in, where they did: a layer of their tokens is pooled by maximum
   * @throws Fault, if the tensor is neither [batch, units] nor a map, nor [batch, tokens, units] of pairs
   */
  add(samples: readonly number[], output: FloatTensor, encoded: EncodedBatch | null = null): void {
    const pooled = encoded && poolTokens(output, encoded, samples.length);
    if (pooled) {
      const values = this.#spec.what === 'words' ? pooled.words : pooled.values;
      this.#start({ unitCount: pooled.units, height: 1, width: 1 }).addSamples(samples, values, 'NCHW');
      return;
    }
    const { dims, data } = output;
    const { tensor } = this.#spec.layer;
    const rows = encoded?.axes.rows ?? this.#spec.fixedBatch ?? samples.length;
    const shape = `[batch, ${dims.slice(1).join(', ')}]`;
    if (dims.length !== 4 && dims.length !== 2) throw pipelineFaults['not-a-map'](tensor, `[${dims.join(', ')}]`);
    if (dims[0] !== rows) throw pipelineFaults['other-batch'](tensor, dims[0], rows);
    if (this.#shape !== '' && shape !== this.#shape) throw pipelineFaults['other-shape'](tensor, shape, this.#shape);
    const layout = dims.length === 4 && this.#spec.layer.layout === 'NHWC' ? 'NHWC' : 'NCHW';
    const collector = this.#start(mapSizes(dims, layout));
    this.#shape = shape;
    collector.addSamples(samples, data.subarray(0, (data.length / rows) * samples.length), layout);
  }

  /** See {@link ActivationCollector.takePart}. */
  takePart(): ActivationPart | null {
    return this.#collector?.takePart() ?? null;
  }

  /**
   * Adds what was kept of some samples when the same run was broken off; see {@link ActivationCollector.addPart}.
   *
   * @throws RangeError, if it is of another run
   */
  addPart(part: ActivationPart): void {
    this.#start(part).addPart(part);
  }

  /** Everything kept so far, in memory of its own; more may be added afterwards. */
  finish(): KeptActivations {
    return this.#begun().finish();
  }

  /** Everything kept; nothing can be added afterwards. See {@link ActivationCollector.end}. */
  end(): KeptActivations {
    return this.#begun().end();
  }

  #begun(): ActivationCollector {
    if (!this.#collector) throw new RangeError('No batch was added.');
    return this.#collector;
  }

  #start({ unitCount, height, width }: MapSizes): ActivationCollector {
    const [sampleCount, samplesToRead] = [this.#sampleCount, this.#samplesToRead];
    const { threshold, layerCount, layer } = this.#spec;
    if (this.#collector) {
      const { sizes } = this.#collector;
      if (sizes.unitCount === unitCount && sizes.height === height && sizes.width === width) return this.#collector;
      const [found, first] = [{ unitCount, height, width }, sizes].map((size) => shapeOf(size));
      throw pipelineFaults['other-shape'](layer.tensor, found, first);
    }
    const size: LayerSize = { sampleCount: samplesToRead, unitCount, height, width };
    const keptQuantile = threshold === null ? PEAKS_ONLY : keptQuantileFor(size, threshold, layerCount);
    this.#collector = new ActivationCollector({ ...size, sampleCount, samplesToRead, keptQuantile });
    return this.#collector;
  }
}

type MapSizes = Pick<LayerSize, 'unitCount' | 'height' | 'width'>;

function mapSizes([, second, third = 1, fourth = 1]: readonly number[], layout: 'NCHW' | 'NHWC'): MapSizes {
  return layout === 'NHWC'
    ? { unitCount: fourth, height: second, width: third }
    : { unitCount: second, height: third, width: fourth };
}

const shapeOf = ({ unitCount, height, width }: MapSizes): string => `[batch, ${unitCount}, ${height}, ${width}]`;

/**
 * Shows a model every sample of a probing set and collects layers. Reading the next batch overlaps with running one.
 *
 * @param specs what to collect, one or more
 * @returns what was collected, in the order of `specs`
 * @param decode the decoder at hand: a browser's or Node's
 * @throws Fault of reader, decoder or model; the signal's reason
 */
export async function collectActivations(
  probing: ProbingSet,
  session: ModelSession,
  feeder: Feeder,
  specs: readonly CollectSpec[],
  { decode, onProgress, signal }: PipelineOptions & { readonly decode: Decode },
): Promise<readonly KeptActivations[]> {
  const input = feeder.spec;
  const collectors = specs.map((spec) => new LayerCollector(spec, probing.sampleCount));
  const collect = async (samples: readonly number[], batch: Batch): Promise<void> => {
    const { tensors, encoded } = await feeder.run(session, samples.length, batch);
    for (const [i, { layer }] of specs.entries()) collectors[i].add(samples, tensors[layer.tensor], encoded);
    onProgress?.(samples[samples.length - 1] + 1, probing.sampleCount);
  };
  const slots = [new Float32Array(batchLength(input)), new Float32Array(batchLength(input))];
  const step = batchSize(input);
  let running: Promise<void> = Promise.resolve();
  for (let first = 0, slot = 0; first < probing.sampleCount; first += step, slot = 1 - slot) {
    signal?.throwIfAborted();
    const samples = Array.from({ length: Math.min(step, probing.sampleCount - first) }, (_, row) => first + row);
    const filled = fillBatch(probing, samples, input, decode, slots[slot]);
    const [batch] = await Promise.all([filled, running]);
    running = collect(samples, batch);
    // Awaited with the next batch; until then a failure must not count as unhandled.
    running.catch(() => undefined);
  }
  await running;
  return collectors.map((collector) => collector.end());
}
