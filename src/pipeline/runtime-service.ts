import { defaultLayer } from '../onnx/default-layer.ts';
import { guessPreprocessing } from '../onnx/guess-preprocessing.ts';
import { layerWeights, type LayerWeights, type NoLayerWeights } from '../onnx/layer-weights.ts';
import { layers } from '../onnx/layers.ts';
import { classOutput } from '../onnx/class-head.ts';
import { namesOfClasses } from '../onnx/class-names.ts';
import type { Preprocessing } from '../onnx/preprocess.ts';
import { readModel } from '../onnx/read-model.ts';
import { openActivations } from '../probing/activation-file.ts';
import type { ActivationFile } from '../probing/activation-values.ts';
import type { ModelSession, Provider } from '../runtime/model-session.ts';
import type { SessionOptions } from '../runtime/session-options.ts';
import type { AblationOutcome, FormulaStandIn } from '../engine/ablation/outcome.ts';
import type { PairEncoding } from '../engine/text/pair-encoding.ts';
import type { PairInput } from '../onnx/text/pair-input.ts';
import { openTokenizer } from '../onnx/text/open-tokenizer.ts';
import { suggestEncoding } from '../onnx/text/suggest-encoding.ts';
import type { TokenizerInfo } from '../onnx/text/tokenizer.ts';
import { AblationBench, type BenchAsk, type BenchReady } from './ablation-bench.ts';
import { batchLength, batchSize, type Batch, type InputSpec } from './batches.ts';
import { classWeights } from './class-weights.ts';
import type { CollectedLayer } from './collected-layer.ts';
import { tensorOf } from './companions.ts';
import { pipelineFaults } from './errors.ts';
import { FileReading, type FileRun } from './file-run.ts';
import { hashFile } from './hash-file.ts';
import { ModelReading, tapModel, type ModelRun, type TappedModel } from './model-run.ts';
import { feederOf, inputSpec, openModel, type OpenModel } from './open-model.ts';
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
    /** Whether it has a value for each token, to be pooled. */
    readonly tokens: boolean;
  }[];
  readonly defaultLayer: string | null;
  readonly input: InputOverview;
  /** The tensor with a number for each class; null where there is none. */
  readonly classOutput: string | null;
  readonly producer: string;
}

/** What a model takes, and a guess at how it is fed. */
export type InputOverview =
  | {
      readonly kind: 'pictures';
      readonly name: string;
      /** Size fixed by the model, or null: it is asked for. */
      readonly height: number | null;
      readonly width: number | null;
      readonly preprocessing: Preprocessing;
    }
  | {
      readonly kind: 'pairs';
      readonly input: PairInput;
      /** Its tokenizer is the one in the model's file, or null. */
      readonly encoding: PairEncoding;
      /** The vocabulary in the model's file; null: one must be dropped. */
      readonly tokenizer: TokenizerInfo | null;
    };

/** Where a model runs. */
export interface RunningOn {
  readonly provider: Provider;
  readonly providerNote: string;
  readonly runtimeVersion: string;
}

/** A batch that was run: where, and the memory it came in, which was handed over where memory is not shared. */
export interface BatchRun {
  readonly where: RunningOn;
  readonly values: Float32Array;
}

/** A layer whose units are to be switched off, and how samples go into the model. */
export type BenchRun = BenchAsk & Pick<ModelRun, 'feed' | 'tokenizer'>;

/** A batch that is held: its memory, which was handed over where memory is not shared, and how many samples fit in all. */
export interface BatchHeld {
  readonly values: Float32Array;
  readonly most: number;
}

/** How the samples of a run are batched. */
export interface BatchPlan {
  readonly spec: InputSpec;
  /** Samples in a batch. */
  readonly samples: number;
  /** Values of a batch. */
  readonly length: number;
}

/** What a batch that was only tried told. */
export interface BatchTrial {
  /** Seconds to open the model, with the first batch; 0 where it was open already. */
  readonly opening: number;
  /** Seconds a batch takes. */
  readonly seconds: number;
  /** Sizes of the tapped tensors without their first, in the order of the layers. */
  readonly sizes: readonly (readonly number[])[];
}

/** A dropped file of activations. */
export interface ActivationsOverview {
  readonly name: string;
  readonly hash: string;
  readonly sampleCount: number;
  readonly unitCount: number;
  readonly grid: { readonly height: number; readonly width: number };
  /** Read it in the order `ascending`; see ActivationFile. */
  readonly sequential: boolean;
}

/** What a runtime service cannot do by itself. */
export interface RuntimeTools {
  openSession(model: Blob, options: SessionOptions): Promise<ModelSession>;
  /** onnxruntime's version, without starting it. */
  runtimeVersion(): Promise<string>;
}

/** Seconds of a first batch beyond which a trial takes it for the pace and runs no second. */
const LONG_BATCH = 3;

/** Models and files of activations behind plain calls: what the runtime worker offers. One run at a time. */
export class RuntimeService {
  readonly #tools: RuntimeTools;
  #model: OpenModel | undefined;
  #tapped: { readonly key: string; readonly model: Promise<TappedModel> } | undefined;
  #running: ModelReading | undefined;
  #file: ActivationFile | undefined;
  #fileReading: FileReading | undefined;
  #bench: AblationBench | undefined;

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
    const model = await openModel(file, summary);
    const list = layers(summary, model.input);
    await this.#close();
    this.#model = model;
    return {
      name: summary.fileName,
      hash: summary.hash,
      bytes: summary.size,
      layers: list.map(({ tensor, op, shape, units, probeable, layout }) => ({
        tensor,
        operator: op,
        shape,
        unitCount: units,
        probeable,
        tokens: layout === 'tokens',
      })),
      defaultLayer: defaultLayer(summary, list)?.tensor ?? null,
      input: inputOverview(model),
      classOutput: classOutput(summary, list),
      producer: summary.producer,
    };
  }

  /** What a vocabulary or a tokenizer.json is. @throws Fault that says what is wrong with it */
  async describeTokenizer(file: File): Promise<TokenizerInfo> {
    return (await openTokenizer(new Uint8Array(await file.arrayBuffer()), file.name)).info;
  }

  /** See classWeights. */
  async classWeights(layer: string): Promise<readonly (readonly number[])[] | null> {
    return classWeights(this.#open(), layer);
  }

  /** Names of the open model's classes, in the order of its output; see namesOfClasses. */
  classNames(count: number): readonly string[] {
    return namesOfClasses(this.#open().summary, count);
  }

  /** The weights by which the units of a layer of the open model make those of a later one; see layerWeights. */
  async layerWeights(lower: string, upper: string): Promise<LayerWeights | NoLayerWeights> {
    const { file, summary } = this.#open();
    return layerWeights(file, summary, lower, upper);
  }

  /** How samples go into the open model. */
  plan({ feed }: Pick<ModelRun, 'feed'>): BatchPlan {
    const spec = inputSpec(this.#open().input, feed);
    return { spec, samples: batchSize(spec), length: batchLength(spec) };
  }

  /** Makes a session that gives some layers of the open model, or takes the one a trial made. @throws Fault of model or runtime */
  async start(run: ModelRun): Promise<RunningOn> {
    const tapped = await this.#tap(run);
    this.#running = new ModelReading(tapped, run);
    return runningOn(tapped.session);
  }

  /**
   * Runs a batch and collects its activations.
   *
   * @param first first sample of the batch in reading order
   * @param batch as `fillBatch` gave it
   * @returns where it ran: after the first batch on WebGPU that may have changed
   */
  async runBatch(first: number, count: number, batch: Batch): Promise<BatchRun> {
    const running = this.#run();
    await running.runBatch(first, count, batch);
    return { where: runningOn(running.session), values: batch.values };
  }

  /** What was collected so far, in the order of the layers, or null where that is too much to be laid out before the end. */
  soFar(): readonly CollectedLayer[] | null {
    return this.#run().soFar();
  }

  /**
   * What was kept of the samples run since the last call, in the order of the layers: ActivationParts, or null where nothing was run.
   * Together with the parts before they are all that is needed to go on later; see {@link addParts}.
   */
  takeParts(): readonly (ArrayBufferLike | null)[] {
    return this.#run().takeParts();
  }

  /**
   * Adds what the same run kept before it was broken off; only samples that are in none of the parts may be run then.
   *
   * @param parts for each layer its parts, in any order
   * @throws RangeError, if they are of another run
   */
  addParts(parts: readonly (readonly ArrayBufferLike[])[]): void {
    this.#run().addParts(parts);
  }

  /** Everything collected, in the order of the layers; the session is closed. */
  async finish(): Promise<readonly CollectedLayer[]> {
    const collected = this.#run().finish();
    await this.#close();
    return collected;
  }

  /** Runs a batch only to see how long it takes. The session stays open for a run of the same layers. @throws Fault of model or runtime */
  async tryBatch(run: ModelRun, count: number, batch: Batch): Promise<BatchTrial> {
    const wasOpen = this.#tapped?.key === keyOf(run);
    const started = performance.now();
    const { session, feeder } = await this.#tap(run);
    const opened = performance.now();
    const { tensors: outputs } = await feeder.run(session, count, batch);
    const first = performance.now();
    const sizes = run.layers.map((layer) => sizesOf(outputs[tensorOf(layer)].dims));
    const firstSeconds = (first - opened) / 1000;
    const opening = wasOpen ? 0 : (first - started) / 1000;
    if (firstSeconds > LONG_BATCH || this.#running) return { opening, seconds: firstSeconds, sizes };
    await feeder.run(session, count, batch);
    return { opening, seconds: (performance.now() - first) / 1000, sizes };
  }

  /** Makes ready to hold activations of a layer; see {@link AblationBench.open}. */
  async openBench(run: BenchRun): Promise<void> {
    const model = this.#open();
    const { feed, tokenizer } = run;
    const feeder = await feederOf(model, feed, tokenizer && { blob: tokenizer, name: tokenizer.name });
    this.#bench = await AblationBench.open(model, feeder, run, this.#tools.openSession.bind(this.#tools));
  }

  /** See {@link AblationBench.hold}. */
  async holdBatch(samples: readonly number[], batch: Batch): Promise<BatchHeld> {
    return { most: await this.#openBench().hold(samples, batch), values: batch.values };
  }

  /** See {@link AblationBench.ready}. */
  benchReady(): Promise<BenchReady> {
    return this.#openBench().ready();
  }

  /** See {@link AblationBench.tryOff}. */
  tryOff(units: readonly number[]): Promise<AblationOutcome> {
    return this.#openBench().tryOff(units);
  }

  /** See {@link AblationBench.beginLines}. */
  beginLines(units: readonly number[]): void {
    this.#openBench().beginLines(units);
  }

  /** See {@link AblationBench.addLines}. */
  addLines(at: number, shares: Float32Array): void {
    this.#openBench().addLines(at, shares);
  }

  /** See {@link AblationBench.endLines}. */
  endLines(): readonly FormulaStandIn[] {
    return this.#openBench().endLines();
  }

  /** See {@link AblationBench.beginReplaced}. */
  beginReplaced(lines: readonly FormulaStandIn[], others: 'stay' | 'off'): void {
    this.#openBench().beginReplaced(lines, others);
  }

  /** See {@link AblationBench.addReplaced}. */
  addReplaced(at: number, shares: Float32Array): Promise<void> {
    return this.#openBench().addReplaced(at, shares);
  }

  /** See {@link AblationBench.endReplaced}. */
  endReplaced(): AblationOutcome {
    return this.#openBench().endReplaced();
  }

  /** Opens a file of activations. @throws Fault naming the file */
  async openActivations(file: File): Promise<ActivationsOverview> {
    const opened = await openActivations(file, file.name);
    this.#file = opened;
    this.#fileReading = undefined;
    const { samples, units, height, width, sequential } = opened;
    return {
      name: file.name,
      hash: await hashFile(file),
      sampleCount: samples,
      unitCount: units,
      grid: { height, width },
      sequential,
    };
  }

  /** Begins to collect from the open file of activations. @returns samples to be read at a time */
  startFile(run: FileRun): number {
    if (!this.#file) throw pipelineFaults['nothing-open']('file of activations');
    this.#fileReading = new FileReading(this.#file, run);
    return this.#fileReading.step;
  }

  /** Reads samples of the open file of activations, by their places in its order. @throws Fault naming the file */
  async readFile(first: number, count: number): Promise<void> {
    await this.#readingFile().read(first, count);
  }

  /** What was read of the file so far, or null where that is too much to be laid out before the end. */
  fileSoFar(): readonly CollectedLayer[] | null {
    return this.#readingFile().soFar();
  }

  /** {@link takeParts} for a file of activations. */
  takeFilePart(): ArrayBufferLike | null {
    return this.#readingFile().takePart();
  }

  /** {@link addParts} for a file of activations. */
  addFileParts(parts: readonly ArrayBufferLike[]): void {
    this.#readingFile().addParts(parts);
  }

  /** Everything collected from the file. */
  finishFile(): CollectedLayer {
    const collected = this.#readingFile().finish();
    this.#fileReading = undefined;
    return collected;
  }

  async #tap(run: ModelRun): Promise<TappedModel> {
    const key = keyOf(run);
    const model = this.#open();
    const openSession = this.#tools.openSession.bind(this.#tools);
    if (this.#tapped?.key !== key) {
      const closed = this.#close();
      const opened = async (): Promise<TappedModel> => {
        const { tokenizer } = run;
        await closed;
        const feeder = await feederOf(model, run.feed, tokenizer && { blob: tokenizer, name: tokenizer.name });
        return tapModel(model, run, feeder, openSession);
      };
      this.#tapped = { key, model: opened() };
    }
    const tapped = this.#tapped;
    return tapped.model.catch((error: unknown) => {
      if (this.#tapped === tapped) this.#tapped = undefined;
      throw error;
    });
  }

  async #close(): Promise<void> {
    const tapped = this.#tapped;
    this.#running = undefined;
    this.#tapped = undefined;
    const model = await tapped?.model.catch(() => undefined);
    await model?.session.close();
  }

  #open(): OpenModel {
    if (!this.#model) throw pipelineFaults['nothing-open']('model');
    return this.#model;
  }

  #openBench(): AblationBench {
    if (!this.#bench) throw pipelineFaults['nothing-open']('model');
    return this.#bench;
  }

  #run(): ModelReading {
    if (!this.#running) throw pipelineFaults['nothing-open']('model');
    return this.#running;
  }

  #readingFile(): FileReading {
    if (!this.#fileReading) throw pipelineFaults['nothing-open']('file of activations');
    return this.#fileReading;
  }
}

/** What decides a session. */
function keyOf({ layers: names, feed, provider }: ModelRun): string {
  return JSON.stringify([names, feed, provider]);
}

/** Sizes of a tapped tensor without its first; of a layer of tokens those of its pooled rows. */
function sizesOf(dims: readonly number[]): readonly number[] {
  return dims.length === 3 ? dims.slice(2) : dims.slice(1);
}

function inputOverview({ summary, input, tokenizer }: OpenModel): InputOverview {
  if (input.kind === 'pictures') {
    const { name, height, width } = input;
    return { kind: 'pictures', name, height, width, preprocessing: guessPreprocessing(summary, input).preprocessing };
  }
  const info = tokenizer?.info ?? null;
  return { kind: 'pairs', input, encoding: suggestEncoding(summary, input, info), tokenizer: info };
}

function runningOn({ provider, providerNote, runtimeVersion }: ModelSession): RunningOn {
  return { provider, providerNote, runtimeVersion };
}
