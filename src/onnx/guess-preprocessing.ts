import type { ModelSummary } from './model-summary.ts';
import { isPresetName, presets, type PictureLayout, type Preprocessing, type PresetName } from './preprocess.ts';

/** A proposal and what it rests on, as a sentence for people. It is a guess unless the file says so itself: show it. */
export interface PreprocessingGuess {
  readonly preprocessing: Preprocessing;
  readonly why: string;
}

/** Keys under which a model's metadata may name its preset. */
const PRESET_KEYS = ['preprocessing', 'preprocess'];

/** Guesses from the file how the model wants its pictures. */
export function guessPreprocessing(
  summary: ModelSummary,
  input: { name: string; layout: PictureLayout },
): PreprocessingGuess {
  const named = PRESET_KEYS.map((key) => summary.metadata.get(key) ?? '').find(isPresetName);
  if (named !== undefined) return guess(named, `The file's own metadata names ${named}.`);
  const range = summary.metadata.get('Image.NominalPixelRange');
  if (range === 'Normalized_0_1')
    return guess('zero-to-one', "The file's metadata says that pixels lie between 0 and 1.");
  if (range === 'Normalized_1_1')
    return guess('minus-one-to-one', "The file's metadata says that pixels lie between -1 and 1.");
  if (/tf2onnx|tensorflow|keras/i.test(summary.producer) || input.layout === 'NHWC') {
    return guess(
      'minus-one-to-one',
      'A guess: the network comes from TensorFlow, where pixels mostly lie between -1 and 1.',
    );
  }
  const pytorch = /pytorch/i.test(summary.producer);
  if (/^data(_\d+)?$/.test(input.name) && !pytorch && !/mxnet/i.test(summary.producer)) {
    return guess('caffe', `A guess: Caffe's networks call their input ${input.name}.`);
  }
  if (summary.outputs.some((output) => output.dims?.at(-1) === 365)) {
    return guess('places365', 'A guess: 365 outputs, as networks trained on Places365 have.');
  }
  return guess('imagenet', 'A guess: what most networks from PyTorch are trained with.');
}

function guess(name: PresetName, why: string): PreprocessingGuess {
  return { preprocessing: presets[name], why };
}
