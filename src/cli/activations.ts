import { ActivationCollector } from '../engine/activation/collector.ts';
import type { KeptActivations } from '../engine/activation/kept.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { ActivationProvenance, LayerClasses } from '../engine/results/layer-results.ts';
import { predictedClasses } from '../engine/results/samples-facts.ts';
import { defaultLayer } from '../onnx/default-layer.ts';
import { layers, type Layer } from '../onnx/layers.ts';
import { modelInput } from '../onnx/model-input.ts';
import { DEFAULT_SIDE } from '../onnx/picture-input.ts';
import { readModel } from '../onnx/read-model.ts';
import { collectActivations, type CollectSpec } from '../pipeline/collect.ts';
import { pipelineFaults } from '../pipeline/errors.ts';
import { hashFile } from '../pipeline/hash-file.ts';
import { keptQuantileFor } from '../pipeline/kept-quantile.ts';
import { openActivations } from '../probing/activation-file.ts';
import type { ActivationFile } from '../probing/activation-values.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { decodePicture } from '../runtime/decode-node.ts';
import type { Arguments } from './arguments.ts';
import { cliFaults } from './errors.ts';
import { planModel, type AskedOfModel } from './model-plan.ts';
import type { Progress } from './progress.ts';
import type { GivenFile } from './sources.ts';

/** A layer's activations and where they came from. */
export interface GivenActivations {
  readonly activations: KeptActivations;
  readonly provenance: ActivationProvenance;
  /** See wordsLayer; absent where the layer has no tokens. */
  readonly words?: KeptActivations | undefined;
  readonly classes?: LayerClasses | undefined;
  /** The model's output of classes on the same samples, in place of units; absent where it has none. */
  readonly outputs?: KeptActivations | undefined;
}

/** A model's layers in the order of computation, and the tensor name of the one proposed. */
export async function modelLayers({
  blob,
  name,
}: GivenFile): Promise<{ readonly list: readonly Layer[]; readonly chosen: string | undefined }> {
  const summary = await readModel(blob, name);
  const list = layers(summary, modelInput(summary), { height: DEFAULT_SIDE, width: DEFAULT_SIDE });
  return { list, chosen: defaultLayer(summary, list)?.tensor };
}

/** Runs a model over a probing set. @throws Fault of reader, decoder or model */
export async function activationsOfModel(
  given: GivenFile,
  probing: ProbingSet,
  asked: AskedOfModel & Pick<Arguments, 'settings'> & Partial<Pick<Arguments, 'threads'>>,
  progress: Progress,
): Promise<GivenActivations> {
  const { feeder, layer, classes, classWeights, open } = await planModel(given, asked);
  if (feeder.spec.kind === 'pairs' && !probing.pair) throw pipelineFaults['no-pairs'](probing.title);
  const { session, provenance } = await open(asked.threads);
  const { fixedBatch } = feeder.spec;
  const specs: CollectSpec[] = [{ fixedBatch, layer, threshold: asked.settings.threshold }];
  if (layer.layout === 'tokens') specs.push({ fixedBatch, layer, what: 'words', threshold: null });
  if (classes) specs.push({ fixedBatch, layer: classes.output, threshold: null });
  const collected = await collectActivations(probing, session, feeder, specs, {
    decode: decodePicture,
    onProgress: (done, total) => progress('Samples through the model', done, total),
  });
  await session.close();
  const words = layer.layout === 'tokens' ? collected[1] : undefined;
  const [activations] = collected;
  if (!classes) return { activations, provenance, words };
  const outputs = collected[collected.length - 1];
  const predicted = predictedClasses(outputs);
  const weights = await classWeights();
  const { names, output } = classes;
  return { activations, provenance, words, classes: { output: output.tensor, names, weights, predicted }, outputs };
}

/** Opens activations of the samples of a probing set. @throws Fault of the reader, or if they are of other samples */
export async function openFileFor({ blob, name }: GivenFile, probing: ProbingSet): Promise<ActivationFile> {
  const file = await openActivations(blob, name);
  if (file.samples !== probing.sampleCount) {
    throw cliFaults['samples-differ'](name, file.samples, probing.title, probing.sampleCount);
  }
  return file;
}

/** Reads activations from a file. @throws Fault of the reader, or if they are of other samples */
export async function activationsOfFile(
  given: GivenFile,
  probing: ProbingSet,
  threshold: ThresholdRule,
  progress: Progress,
): Promise<GivenActivations> {
  const file = await openFileFor(given, probing);
  const sizes = { sampleCount: file.samples, unitCount: file.units, height: file.height, width: file.width };
  const collector = new ActivationCollector({ ...sizes, keptQuantile: keptQuantileFor(sizes, threshold) });
  const step = Math.max(1, Math.floor(2 ** 22 / (file.units * file.height * file.width)));
  for (let first = 0; first < file.samples; first += step) {
    const count = Math.min(step, file.samples - first);
    collector.add(first, count, await file.read(first, count));
    progress('Activations of samples', first + count, file.samples);
  }
  const { name, blob } = given;
  return { activations: collector.end(), provenance: { kind: 'file', name, hash: await hashFile(blob) } };
}
