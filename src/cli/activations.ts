import { ActivationCollector } from '../engine/activation/collector.ts';
import type { KeptActivations } from '../engine/activation/kept.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { ActivationProvenance } from '../engine/results/layer-results.ts';
import { chooseLayer } from '../onnx/choose-layer.ts';
import { defaultLayer } from '../onnx/default-layer.ts';
import { guessPreprocessing } from '../onnx/guess-preprocessing.ts';
import { layers, type Layer } from '../onnx/layers.ts';
import { DEFAULT_SIDE, pictureInput } from '../onnx/picture-input.ts';
import { presets } from '../onnx/preprocess.ts';
import { readModel } from '../onnx/read-model.ts';
import { tap } from '../onnx/tap.ts';
import { collectActivations } from '../pipeline/collect.ts';
import { hashFile } from '../pipeline/hash-file.ts';
import { keptQuantileFor } from '../pipeline/kept-quantile.ts';
import { openActivations } from '../probing/activation-file.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { decodePicture } from '../runtime/decode-node.ts';
import { openSession } from '../runtime/ort-node.ts';
import type { Arguments } from './arguments.ts';
import { cliFaults } from './errors.ts';
import type { GivenFile } from './sources.ts';

/** A layer's activations and where they came from. */
export interface GivenActivations {
  readonly activations: KeptActivations;
  readonly provenance: ActivationProvenance;
}

/** Says how far something is; silent where nobody watches. */
export type Progress = (what: string, done: number, total: number) => void;

/** A model's layers in the order of computation, and the tensor name of the one proposed. */
export async function modelLayers({
  blob,
  name,
}: GivenFile): Promise<{ readonly list: readonly Layer[]; readonly chosen: string | undefined }> {
  const summary = await readModel(blob, name);
  const list = layers(summary, pictureInput(summary), { height: DEFAULT_SIDE, width: DEFAULT_SIDE });
  return { list, chosen: defaultLayer(summary, list)?.tensor };
}

/** Runs a model over a probing set. @throws Fault of reader, decoder or model */
export async function activationsOfModel(
  { blob, name }: GivenFile,
  probing: ProbingSet,
  { layer: tensor, preprocess, settings }: Pick<Arguments, 'layer' | 'preprocess' | 'settings'>,
  progress: Progress,
): Promise<GivenActivations> {
  const summary = await readModel(blob, name);
  const input = pictureInput(summary);
  const height = input.height ?? DEFAULT_SIDE;
  const width = input.width ?? DEFAULT_SIDE;
  const layer = chooseLayer(summary, layers(summary, input, { height, width }), tensor);
  const preprocessing = preprocess ? presets[preprocess] : guessPreprocessing(summary, input).preprocessing;
  const session = await openSession(tap(blob, summary, [layer.tensor]), { taps: [layer.tensor] });
  const spec = {
    input: { input: input.name, layout: input.layout, fixedBatch: input.batch, height, width, preprocessing },
    layer,
    threshold: settings.threshold,
  };
  const activations = await collectActivations(probing, session, spec, {
    decode: decodePicture,
    onProgress: (done, total) => progress('Pictures through the model', done, total),
  });
  await session.close();
  const provenance: ActivationProvenance = {
    kind: 'model',
    name,
    hash: summary.hash,
    layer: layer.tensor,
    operator: layer.op,
    preprocessing,
    inputHeight: height,
    inputWidth: width,
    provider: session.provider,
    providerNote: session.providerNote,
    runtimeVersion: session.runtimeVersion,
  };
  return { activations, provenance };
}

/** Reads activations from a file. @throws Fault of the reader, or if they are of other samples */
export async function activationsOfFile(
  { blob, name }: GivenFile,
  probing: ProbingSet,
  threshold: ThresholdRule,
): Promise<GivenActivations> {
  const file = await openActivations(blob, name);
  if (file.samples !== probing.sampleCount) {
    throw cliFaults['samples-differ'](name, file.samples, probing.title, probing.sampleCount);
  }
  const sizes = { sampleCount: file.samples, unitCount: file.units, height: file.height, width: file.width };
  const collector = new ActivationCollector({ ...sizes, keptQuantile: keptQuantileFor(sizes, threshold) });
  const step = Math.max(1, Math.floor(2 ** 22 / (file.units * file.height * file.width)));
  for (let first = 0; first < file.samples; first += step) {
    const count = Math.min(step, file.samples - first);
    collector.add(first, count, await file.read(first, count));
  }
  return { activations: collector.finish(), provenance: { kind: 'file', name, hash: await hashFile(blob) } };
}
