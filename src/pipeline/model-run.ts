import { openActivationPart } from '../engine/activation/activation-part.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { Feed } from '../onnx/feed.ts';
import { layers, type Layer } from '../onnx/layers.ts';
import { tap } from '../onnx/tap.ts';
import type { ModelSession, Provider } from '../runtime/model-session.ts';
import type { SessionOptions } from '../runtime/session-options.ts';
import type { Batch } from './batches.ts';
import { LayerCollector, type CollectSpec } from './collect.ts';
import { collectedLayer, MOST_SNAPSHOT_BYTES, type CollectedLayer } from './collected-layer.ts';
import { isWordsLayer, tensorOf } from './companions.ts';
import { pipelineFaults } from './errors.ts';
import type { Feeder } from './feeder.ts';
import type { OpenModel } from './open-model.ts';
import { readingOrder } from './reading-order.ts';

/** What is to be run. Plain data. */
export interface ModelRun {
  /** Names of the layers to collect, one or more: tensors, or the words of one (see companions.ts). */
  readonly layers: readonly string[];
  /** Those of them of which only the highest value of each sample is of use. */
  readonly peaksOnly: readonly string[];
  readonly feed: Feed;
  /** The tokenizer that the feed names, where it is not the model's own. */
  readonly tokenizer: File | null;
  readonly threshold: ThresholdRule;
  /** Samples of the probing set. */
  readonly sampleCount: number;
  /** Samples to read: the first ones in reading order. */
  readonly samples: number;
  readonly provider: 'auto' | Provider;
}

/** A model ready to run, with some of its tensors tapped. */
export interface TappedModel {
  readonly session: ModelSession;
  readonly feeder: Feeder;
  /** The tensor of each layer of the run, in its order. */
  readonly layers: readonly Layer[];
}

/** Opens a session that gives the layers of a run. @throws Fault of model or runtime */
export async function tapModel(
  { file, summary, input }: OpenModel,
  run: ModelRun,
  feeder: Feeder,
  openSession: (model: Blob, options: SessionOptions) => Promise<ModelSession>,
): Promise<TappedModel> {
  const taps = [...new Set(run.layers.map(tensorOf))];
  const tapped = tap(file, summary, taps);
  const list = layers(summary, input, run.feed.kind === 'pictures' ? run.feed : undefined);
  const wanted = run.layers.map((name) => {
    const layer = list.find(({ tensor }) => tensor === tensorOf(name));
    if (!layer) throw pipelineFaults['not-a-map'](name, `something that does not depend on the ${input.kind}`);
    return layer;
  });
  return { session: await openSession(tapped, { taps, provider: run.provider }), feeder, layers: wanted };
}

/** A model that is shown one batch after the other, and what is collected of its layers. */
export class ModelReading {
  readonly session: ModelSession;
  readonly #feeder: Feeder;
  readonly #order: Uint32Array;
  readonly #layers: readonly { readonly tensor: string; readonly collector: LayerCollector }[];

  constructor({ session, feeder, layers: tapped }: TappedModel, run: ModelRun) {
    const { sampleCount, samples, peaksOnly } = run;
    const { fixedBatch } = feeder.spec;
    const layerCount = run.layers.length - peaksOnly.length;
    this.session = session;
    this.#feeder = feeder;
    this.#order = readingOrder(sampleCount).subarray(0, samples);
    this.#layers = tapped.map((layer, i) => {
      const name = run.layers[i];
      const what = isWordsLayer(name) ? 'words' : 'activations';
      const threshold = peaksOnly.includes(name) ? null : run.threshold;
      const spec: CollectSpec = { fixedBatch, layer, what, threshold, layerCount };
      return { tensor: layer.tensor, collector: new LayerCollector(spec, sampleCount, samples) };
    });
  }

  /** Runs a batch and collects its activations. @param first its first sample in reading order */
  async runBatch(first: number, count: number, batch: Batch): Promise<void> {
    const { tensors, encoded } = await this.#feeder.run(this.session, count, batch);
    const samples = [...this.#order.subarray(first, first + count)];
    for (const { tensor, collector } of this.#layers) collector.add(samples, tensors[tensor], encoded);
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
