import { readClassNames } from '../engine/results/class-names-file.ts';
import type { ActivationProvenance } from '../engine/results/layer-results.ts';
import { classOutput } from '../onnx/class-head.ts';
import { pictureClasses } from '../onnx/class-names.ts';
import { chooseLayer } from '../onnx/choose-layer.ts';
import type { Feed } from '../onnx/feed.ts';
import { guessPreprocessing } from '../onnx/guess-preprocessing.ts';
import { layers, type Layer } from '../onnx/layers.ts';
import { DEFAULT_SIDE } from '../onnx/picture-input.ts';
import type { ModelSummary } from '../onnx/model-summary.ts';
import { presets, type PresetName } from '../onnx/preprocess.ts';
import { readModel } from '../onnx/read-model.ts';
import { tap } from '../onnx/tap.ts';
import { openTokenizer } from '../onnx/text/open-tokenizer.ts';
import { suggestEncoding } from '../onnx/text/suggest-encoding.ts';
import { cliFaults } from './errors.ts';
import { AblationBench, type BenchAsk } from '../pipeline/ablation-bench.ts';
import { classWeights } from '../pipeline/class-weights.ts';
import type { Feeder } from '../pipeline/feeder.ts';
import { feederOf, openModel, type OpenModel } from '../pipeline/open-model.ts';
import type { ModelSession } from '../runtime/model-session.ts';
import { openSession } from '../runtime/ort-node.ts';
import { givenFile, type GivenFile } from './sources.ts';

type ModelProvenance = Extract<ActivationProvenance, { kind: 'model' }>;

/** What was asked about a model; undefined: what is guessed. */
export interface AskedOfModel {
  readonly layer?: string | undefined;
  readonly preprocess?: PresetName | undefined;
  /** Path of a vocabulary or a tokenizer.json. */
  readonly tokenizer?: string | undefined;
  /** Names of the classes in the order of the output. */
  readonly classes?: readonly string[] | undefined;
  /** Path of a file of names of the classes of a model of pictures. */
  readonly classNames?: string | undefined;
  readonly maxTokens?: number | undefined;
  /** Whether the classes of a model of pictures are wanted; those of a model of sentence pairs always are. */
  readonly predictions?: boolean | undefined;
}

/** A model's layer as it shall be run. */
export interface ModelPlan {
  readonly feeder: Feeder;
  readonly layer: Layer;
  /** The tensor with a number for each class, and how the classes are called; null where there is none, or it is not wanted. */
  readonly classes: { readonly output: Pick<Layer, 'tensor' | 'layout'>; readonly names: readonly string[] } | null;
  /** `[units][classes]` weights of the linear layer that reads the layer; null where none does. */
  classWeights(): Promise<readonly (readonly number[])[] | null>;
  /** Where activations come from, as far as it is known before the model is loaded. */
  readonly question: Omit<ModelProvenance, 'provider' | 'providerNote' | 'runtimeVersion'>;
  /** Makes ready to switch the layer's units off. @throws Fault as AblationBench.open does */
  openBench(names: readonly string[], threads: number | undefined): Promise<AblationBench>;
  /** Loads the model, the layer tapped, and the classes, if there are any. @throws Fault of model or runtime */
  open(threads: number | undefined): Promise<{ readonly session: ModelSession; readonly provenance: ModelProvenance }>;
}

/**
 * Reads what a model is, and decides how it is run.
 *
 * @throws Fault of the model's reader, or if it has no such layer
 */
export async function planModel({ blob, name }: GivenFile, asked: AskedOfModel): Promise<ModelPlan> {
  const summary = await readModel(blob, name);
  const model = await openModel(blob, summary);
  const given = asked.tokenizer === undefined ? null : await givenFile(asked.tokenizer);
  const feed = await feedOf(model, asked, given);
  const feeder = await feederOf(model, feed, given);
  const all = layers(summary, model.input, feed.kind === 'pictures' ? feed : undefined);
  const layer = chooseLayer(summary, all, asked.layer);
  const classes = await classesOf(summary, all, feed, asked);
  const question: ModelPlan['question'] = {
    ...{ kind: 'model', name, hash: summary.hash, layer: layer.tensor, operator: layer.op, feed },
  };
  return {
    feeder,
    layer,
    classes,
    question,
    classWeights: () => classWeights(model, layer.tensor),
    openBench: (names, threads) => {
      const output = classes?.output.tensor ?? null;
      const ask: BenchAsk = { layer: layer.tensor, provider: 'wasm', output, names };
      return AblationBench.open(model, feeder, ask, (file, options) =>
        openSession(file, { ...options, ...(threads && { threads }) }),
      );
    },
    async open(threads) {
      const taps = [...new Set([layer.tensor, ...(classes === null ? [] : [classes.output.tensor])])];
      const session = await openSession(tap(blob, summary, taps), { taps, ...(threads && { threads }) });
      const { provider, providerNote, runtimeVersion } = session;
      return { session, provenance: { ...question, provider, providerNote, runtimeVersion } };
    },
  };
}

/** The classes whose scores are collected besides the layer. @throws Fault, if another number of them was named, or of the file of names */
async function classesOf(
  summary: ModelSummary,
  all: readonly Layer[],
  feed: Feed,
  { predictions = false, classes: named, classNames }: AskedOfModel,
): Promise<ModelPlan['classes']> {
  if (feed.kind === 'pairs') {
    if (classNames !== undefined)
      throw cliFaults.usage('--class-names is for models that take pictures. Give --classes.');
    const tensor = classOutput(summary, all);
    return tensor === null ? null : { output: { tensor, layout: 'flat' }, names: feed.encoding.classes };
  }
  const found = predictions ? pictureClasses(summary, all) : null;
  if (found && classNames !== undefined) {
    const { blob, name } = await givenFile(classNames);
    return { ...found, names: readClassNames(await blob.text(), name, found.names.length) };
  }
  if (!found || named === undefined) return found;
  if (named.length !== found.names.length)
    throw cliFaults.usage(`--classes has ${named.length} names, but the model ${found.names.length} classes.`);
  return { ...found, names: named };
}

/** How samples go into a model, as asked for or guessed. @throws Fault of the tokenizer */
async function feedOf(
  { summary, input, tokenizer }: OpenModel,
  asked: AskedOfModel,
  given: GivenFile | null,
): Promise<Feed> {
  if (input.kind === 'pictures') {
    const { preprocess } = asked;
    const preprocessing = preprocess ? presets[preprocess] : guessPreprocessing(summary, input).preprocessing;
    return {
      kind: 'pictures',
      preprocessing,
      height: input.height ?? DEFAULT_SIDE,
      width: input.width ?? DEFAULT_SIDE,
    };
  }
  if (asked.preprocess !== undefined) throw cliFaults.usage('--preprocess is for models that take pictures.');
  const opened = given && (await openTokenizer(new Uint8Array(await given.blob.arrayBuffer()), given.name));
  const encoding = suggestEncoding(summary, input, (opened ?? tokenizer)?.info ?? null);
  const { classes = encoding.classes, maxTokens = encoding.maxTokens } = asked;
  return { kind: 'pairs', encoding: { ...encoding, classes, maxTokens } };
}
