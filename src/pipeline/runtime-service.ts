import { ActivationCollector } from '../engine/activation/collector.ts';
import type { KeptActivations } from '../engine/activation/kept.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import { defaultLayer } from '../onnx/default-layer.ts';
import { guessPreprocessing } from '../onnx/guess-preprocessing.ts';
import { layers, type Layer } from '../onnx/layers.ts';
import type { ModelSummary } from '../onnx/model-summary.ts';
import { pictureInput, type PictureInput } from '../onnx/picture-input.ts';
import type { Preprocessing } from '../onnx/preprocess.ts';
import { readModel } from '../onnx/read-model.ts';
import { tap } from '../onnx/tap.ts';
import { openActivations, type ActivationFile } from '../probing/npy.ts';
import type { ModelSession, Provider } from '../runtime/model-session.ts';
import type { SessionOptions } from '../runtime/session-options.ts';
import { batchLength, batchSize, inputDims, type InputSpec } from './batches.ts';
import { LayerCollector } from './collect.ts';
import { pipelineFaults } from './errors.ts';
import { hashFile } from './hash-file.ts';
import { keptQuantileFor } from './kept-quantile.ts';
import { loadSample } from './samples.ts';

/** Where a model comes from: a file, or an embedded sample and the absolute address of the page. */
export type ModelSource = File | { readonly sample: string; readonly base: string };

/** What a page needs to know of a model. Plain data. */
export interface ModelOverview {
  readonly name: string;
  readonly hash: string;
  readonly bytes: number;
  readonly layers: readonly {
    readonly tensor: string;
    readonly operator: string;
    readonly shape: readonly (number | string | null)[] | null;
    readonly unitCount: number | null;
    readonly probeable: boolean;
  }[];
  readonly defaultLayer: string | null;
  readonly inputName: string;
  readonly inputHeight: number | null;
  readonly inputWidth: number | null;
  readonly preprocessing: Preprocessing;
  readonly producer: string;
}

/** What is to be run. Plain data. */
export interface ModelRun {
  readonly layer: string;
  readonly height: number;
  readonly width: number;
  readonly preprocessing: Preprocessing;
  readonly threshold: ThresholdRule;
  readonly sampleCount: number;
  readonly provider: 'auto' | Provider;
}

/** Where a model runs. */
export interface RunningOn {
  readonly provider: Provider;
  readonly providerNote: string;
  readonly runtimeVersion: string;
}

/** How the pictures of a run are batched. */
export interface BatchPlan {
  readonly spec: InputSpec;
  /** Pictures in a batch. */
  readonly pictures: number;
  /** Values of a batch. */
  readonly length: number;
}

/** What a page needs to know of collected activations. */
export interface CollectedLayer {
  /** See KeptActivations. */
  readonly buffer: ArrayBufferLike;
  readonly unitCount: number;
  /** Thresholds of this quantile and of smaller ones are exact; 1 where every map was kept. */
  readonly keptQuantile: number;
  /** No map of any unit with a value above this was left out; minus infinity where every map was kept. */
  readonly highestFloor: number;
}

/** A dropped file of activations. */
export interface ActivationsOverview {
  readonly name: string;
  readonly hash: string;
  readonly sampleCount: number;
  readonly unitCount: number;
  readonly grid: { readonly height: number; readonly width: number };
}

/** What a runtime service cannot do by itself. */
export interface RuntimeTools {
  openSession(model: Blob, options: SessionOptions): Promise<ModelSession>;
  /** onnxruntime's version, without starting it. */
  runtimeVersion(): Promise<string>;
}

interface OpenModel {
  readonly file: File;
  readonly summary: ModelSummary;
  readonly input: PictureInput;
}

interface Running {
  readonly session: ModelSession;
  readonly input: InputSpec;
  readonly layer: Layer;
  readonly collector: LayerCollector;
}

/** Models and files of activations behind plain calls: what the runtime worker offers. One run at a time. */
export class RuntimeService {
  readonly #tools: RuntimeTools;
  #model: OpenModel | undefined;
  #running: Running | undefined;
  #file: ActivationFile | undefined;
  #fileCollector: ActivationCollector | undefined;

  constructor(tools: RuntimeTools) {
    this.#tools = tools;
  }

  runtimeVersion(): Promise<string> {
    return this.#tools.runtimeVersion();
  }

  /** Reads a model; the one before stays open if this fails. @throws Fault that says what is wrong with the file */
  async openModel(source: ModelSource): Promise<ModelOverview> {
    const file =
      source instanceof File
        ? source
        : await loadSample(source.base, `${source.sample}/model.onnx`, `${source.sample}.onnx`);
    const summary = await readModel(file);
    const input = pictureInput(summary);
    const list = layers(summary, input);
    await this.#end();
    this.#model = { file, summary, input };
    return {
      name: summary.fileName,
      hash: summary.hash,
      bytes: summary.size,
      layers: list.map(({ tensor, op, shape, units, probeable }) => ({
        tensor,
        operator: op,
        shape,
        unitCount: units,
        probeable,
      })),
      defaultLayer: defaultLayer(summary, list)?.tensor ?? null,
      inputName: input.name,
      inputHeight: input.height,
      inputWidth: input.width,
      preprocessing: guessPreprocessing(summary, input).preprocessing,
      producer: summary.producer,
    };
  }

  /** How pictures go into the open model. */
  plan(run: ModelRun): BatchPlan {
    const spec = this.#inputSpec(run);
    return { spec, pictures: batchSize(spec), length: batchLength(spec) };
  }

  /** Makes a session that gives one layer of the open model. @throws Fault of model or runtime */
  async start(run: ModelRun): Promise<RunningOn> {
    await this.#end();
    const { file, summary, input: picture } = this.#open();
    const input = this.#inputSpec(run);
    const tapped = tap(file, summary, [run.layer]);
    const layer = layers(summary, picture, run).find(({ tensor }) => tensor === run.layer);
    if (!layer) throw pipelineFaults['not-a-map'](run.layer, 'something that does not depend on the picture');
    const session = await this.#tools.openSession(tapped, { taps: [run.layer], provider: run.provider });
    const collector = new LayerCollector({ input, layer, threshold: run.threshold }, run.sampleCount);
    this.#running = { session, input, layer, collector };
    return runningOn(session);
  }

  /**
   * Runs a batch and collects its activations.
   *
   * @param values the batch as `fillBatch` wrote it
   * @returns where it ran: after the first batch on WebGPU that may have changed
   */
  async runBatch(first: number, count: number, values: Float32Array): Promise<RunningOn> {
    if (!this.#running) throw pipelineFaults['nothing-open']('model');
    const { session, input, layer, collector } = this.#running;
    const dims = inputDims(input, count);
    const data = values.subarray(
      0,
      dims.reduce((product, dim) => product * dim),
    );
    const outputs = await session.run({ [input.input]: { dims, data } });
    collector.add(first, count, outputs[layer.tensor]);
    return runningOn(session);
  }

  /** Everything collected; the session is closed. */
  async finish(): Promise<CollectedLayer> {
    if (!this.#running) throw pipelineFaults['nothing-open']('model');
    const collected = collectedLayer(this.#running.collector.finish());
    await this.#end();
    return collected;
  }

  /** Opens a `.npy` of activations. @throws Fault naming the file */
  async openActivations(file: File): Promise<ActivationsOverview> {
    const opened = await openActivations(file, file.name);
    this.#file = opened;
    this.#fileCollector = undefined;
    const { samples, units, height, width } = opened;
    return {
      name: file.name,
      hash: await hashFile(file),
      sampleCount: samples,
      unitCount: units,
      grid: { height, width },
    };
  }

  /** Begins to collect from the open file of activations. @returns samples to be read at a time */
  startFile(threshold: ThresholdRule): number {
    const { samples, units, height, width } = this.#openFile();
    const size = { sampleCount: samples, unitCount: units, height, width };
    this.#fileCollector = new ActivationCollector({ ...size, keptQuantile: keptQuantileFor(size, threshold) });
    return Math.max(1, Math.floor((4 * 2 ** 20) / (units * height * width)));
  }

  /** Reads samples of the open file of activations. @throws Fault naming the file */
  async readFile(first: number, count: number): Promise<void> {
    this.#fileCollector?.add(first, count, await this.#openFile().read(first, count));
  }

  /** Everything collected from the file. */
  finishFile(): CollectedLayer {
    const collector = this.#fileCollector;
    if (!collector) throw pipelineFaults['nothing-open']('file of activations');
    this.#fileCollector = undefined;
    return collectedLayer(collector.finish());
  }

  async #end(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.session.close();
  }

  #inputSpec({ height, width, preprocessing }: ModelRun): InputSpec {
    const { input } = this.#open();
    return { input: input.name, layout: input.layout, fixedBatch: input.batch, height, width, preprocessing };
  }

  #open(): OpenModel {
    if (!this.#model) throw pipelineFaults['nothing-open']('model');
    return this.#model;
  }

  #openFile(): ActivationFile {
    if (!this.#file) throw pipelineFaults['nothing-open']('file of activations');
    return this.#file;
  }
}

function runningOn({ provider, providerNote, runtimeVersion }: ModelSession): RunningOn {
  return { provider, providerNote, runtimeVersion };
}

function collectedLayer({ buffer, unitCount, keptQuantile, floor }: KeptActivations): CollectedLayer {
  return {
    buffer,
    unitCount,
    keptQuantile,
    highestFloor: floor.reduce((high, value) => Math.max(high, value), -Infinity),
  };
}
