import { openActivationPart } from '../engine/activation/activation-part.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import { layers, type Layer } from '../onnx/layers.ts';
import type { ModelSummary } from '../onnx/model-summary.ts';
import type { PictureInput } from '../onnx/picture-input.ts';
import type { Preprocessing } from '../onnx/preprocess.ts';
import { tap } from '../onnx/tap.ts';
import type { FloatTensor, ModelSession, Provider } from '../runtime/model-session.ts';
import type { SessionOptions } from '../runtime/session-options.ts';
import { inputDims, type InputSpec } from './batches.ts';
import { LayerCollector } from './collect.ts';
import { collectedLayer, MOST_SNAPSHOT_BYTES, type CollectedLayer } from './collected-layer.ts';
import { pipelineFaults } from './errors.ts';
import { readingOrder } from './reading-order.ts';

/** What is to be run. Plain data. */
export interface ModelRun {
  /** Names of the tensors to collect, one or more. */
  readonly layers: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly preprocessing: Preprocessing;
  readonly threshold: ThresholdRule;
  /** Samples of the probing set. */
  readonly sampleCount: number;
  /** Samples to read: the first ones in reading order. */
  readonly samples: number;
  readonly provider: 'auto' | Provider;
}

/** A model file that was read. */
export interface OpenModel {
  readonly file: File;
  readonly summary: ModelSummary;
  readonly input: PictureInput;
}

/** A model ready to run, with some of its tensors tapped. */
export interface TappedModel {
  readonly session: ModelSession;
  readonly layers: readonly Layer[];
}

/** How pictures go into a model. */
export function inputSpec({ input }: OpenModel, { height, width, preprocessing }: ModelRun): InputSpec {
  return { input: input.name, layout: input.layout, fixedBatch: input.batch, height, width, preprocessing };
}

/** Opens a session that gives the layers of a run. @throws Fault of model or runtime */
export async function tapModel(
  { file, summary, input }: OpenModel,
  run: ModelRun,
  openSession: (model: Blob, options: SessionOptions) => Promise<ModelSession>,
): Promise<TappedModel> {
  const tapped = tap(file, summary, run.layers);
  const list = layers(summary, input, run);
  const wanted = run.layers.map((name) => {
    const layer = list.find(({ tensor }) => tensor === name);
    if (!layer) throw pipelineFaults['not-a-map'](name, 'something that does not depend on the picture');
    return layer;
  });
  return { session: await openSession(tapped, { taps: run.layers, provider: run.provider }), layers: wanted };
}

/** Runs one batch. @param values as `fillBatch` wrote them @returns the tapped tensors by name */
export function runValues(
  session: ModelSession,
  input: InputSpec,
  count: number,
  values: Float32Array,
): Promise<Record<string, FloatTensor>> {
  const dims = inputDims(input, count);
  const length = dims.reduce((product, dim) => product * dim);
  return session.run({ [input.input]: { dims, data: values.subarray(0, length) } });
}

/** A model that is shown one batch after the other, and what is collected of its layers. */
export class ModelReading {
  readonly session: ModelSession;
  readonly #input: InputSpec;
  readonly #order: Uint32Array;
  readonly #layers: readonly { readonly tensor: string; readonly collector: LayerCollector }[];

  constructor({ session, layers: tapped }: TappedModel, input: InputSpec, run: ModelRun) {
    const { threshold, sampleCount, samples } = run;
    this.session = session;
    this.#input = input;
    this.#order = readingOrder(sampleCount).subarray(0, samples);
    this.#layers = tapped.map((layer) => {
      const spec = { input, layer, threshold, layerCount: tapped.length };
      return { tensor: layer.tensor, collector: new LayerCollector(spec, sampleCount, samples) };
    });
  }

  /** Runs a batch and collects its activations. @param first its first sample in reading order */
  async runBatch(first: number, count: number, values: Float32Array): Promise<void> {
    const outputs = await runValues(this.session, this.#input, count, values);
    const samples = [...this.#order.subarray(first, first + count)];
    for (const { tensor, collector } of this.#layers) collector.add(samples, outputs[tensor]);
  }

  /** What was collected so far, in the order of the layers, or null where that is too much to be laid out twice. */
  soFar(): readonly CollectedLayer[] | null {
    const bytes = this.#layers.reduce((sum, { collector }) => sum + collector.bytes, 0);
    return bytes > MOST_SNAPSHOT_BYTES ? null : this.#layers.map(({ collector }) => collectedLayer(collector.finish()));
  }

  /** What was kept of the samples run since the last call, in the order of the layers: ActivationParts, or null where nothing was run. */
  takeParts(): readonly (ArrayBufferLike | null)[] {
    return this.#layers.map(({ collector }) => collector.takePart()?.buffer ?? null);
  }

  /**
   * Adds what the same run kept before it was broken off.
   *
   * @param parts for each layer its parts
   * @throws RangeError, if there are parts for more or fewer layers, or one is of another run
   */
  addParts(parts: readonly (readonly ArrayBufferLike[])[]): void {
    if (parts.length !== this.#layers.length)
      throw new RangeError(`There are parts for ${parts.length} layers, not ${this.#layers.length}.`);
    for (const [i, { collector }] of this.#layers.entries()) {
      for (const part of parts[i]) collector.addPart(openActivationPart(part));
    }
  }

  /** Everything collected, in the order of the layers; nothing can be run afterwards. */
  finish(): readonly CollectedLayer[] {
    return this.#layers.map(({ collector }) => collectedLayer(collector.end()));
  }
}
