import type { ActivationProvenance } from '../engine/results/layer-results.ts';
import { chooseLayer } from '../onnx/choose-layer.ts';
import { guessPreprocessing } from '../onnx/guess-preprocessing.ts';
import { layers, type Layer } from '../onnx/layers.ts';
import { DEFAULT_SIDE, pictureInput } from '../onnx/picture-input.ts';
import { presets, type PresetName } from '../onnx/preprocess.ts';
import { readModel } from '../onnx/read-model.ts';
import { tap } from '../onnx/tap.ts';
import type { InputSpec } from '../pipeline/batches.ts';
import type { ModelSession } from '../runtime/model-session.ts';
import { openSession } from '../runtime/ort-node.ts';
import type { GivenFile } from './sources.ts';

type ModelProvenance = Extract<ActivationProvenance, { kind: 'model' }>;

/** A model's layer as it shall be run. */
export interface ModelPlan {
  readonly input: InputSpec;
  readonly layer: Layer;
  /** Where activations come from, as far as it is known before the model is loaded. */
  readonly question: Omit<ModelProvenance, 'provider' | 'providerNote' | 'runtimeVersion'>;
  /** Loads the model, the layer tapped. @throws Fault of model or runtime */
  open(threads: number | undefined): Promise<{ readonly session: ModelSession; readonly provenance: ModelProvenance }>;
}

/**
 * Reads what a model is, and decides how it is run.
 *
 * @param asked layer and preprocessing as asked for, or what is guessed
 * @throws Fault of the model's reader, or if it has no such layer
 */
export async function planModel(
  { blob, name }: GivenFile,
  asked: { readonly layer: string | undefined; readonly preprocess: PresetName | undefined },
): Promise<ModelPlan> {
  const summary = await readModel(blob, name);
  const input = pictureInput(summary);
  const height = input.height ?? DEFAULT_SIDE;
  const width = input.width ?? DEFAULT_SIDE;
  const layer = chooseLayer(summary, layers(summary, input, { height, width }), asked.layer);
  const preprocessing = asked.preprocess ? presets[asked.preprocess] : guessPreprocessing(summary, input).preprocessing;
  const question = {
    kind: 'model',
    name,
    hash: summary.hash,
    layer: layer.tensor,
    operator: layer.op,
    preprocessing,
    inputHeight: height,
    inputWidth: width,
  } as const;
  return {
    input: { input: input.name, layout: input.layout, fixedBatch: input.batch, height, width, preprocessing },
    layer,
    question,
    async open(threads) {
      const taps = [layer.tensor];
      const session = await openSession(tap(blob, summary, taps), { taps, ...(threads && { threads }) });
      const { provider, providerNote, runtimeVersion } = session;
      return { session, provenance: { ...question, provider, providerNote, runtimeVersion } };
    },
  };
}
