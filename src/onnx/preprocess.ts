import type { PixelImage } from '../probing/probing-set.ts';
import { resizeBilinear } from './resize.ts';

/** Where the channels of a picture lie in a tensor of four dimensions. */
export type PictureLayout = 'NCHW' | 'NHWC';

export type PresetName = 'imagenet' | 'places365' | 'caffe' | 'minus-one-to-one' | 'zero-to-one';

/**
 * How a picture becomes a model's input. Plain data, stored with the results.
 *
 * The picture is stretched as a whole to the model's input size (see {@link resizeBilinear}), so that every position of the
 * input is a position of the picture and masks stay aligned. Then each value, from 0 to 255, becomes
 * `(value * scale - mean[c]) / std[c]`, where c counts the channels in the model's own order.
 */
export interface Preprocessing {
  /** The preset this is; `custom` once any value was changed. */
  readonly preset: PresetName | 'custom';
  /** Order in which the model expects the colour channels. */
  readonly order: 'RGB' | 'BGR';
  /** Factor of the 8-bit value, before the mean is taken off. */
  readonly scale: number;
  /** Taken off, one for each channel in the order of {@link order}, in units of the scaled value. */
  readonly mean: readonly [number, number, number];
  /** Divided by, likewise. */
  readonly std: readonly [number, number, number];
}

/**
 * The presets.
 *
 * - `imagenet`: as torchvision's networks were trained: RGB from 0 to 1, mean and deviation of ImageNet.
 * - `places365`: what the reference program feeds (jayelm/compexp, vision/dissection/neuron.py and
 *   vision/loader/data_loader/broden.py): it takes the mean (BGR 109.5388, 118.6897, 124.6901) off the BGR picture,
 *   turns it back to RGB, and divides every channel by 255 * 0.224.
 * - `caffe`: BGR from 0 to 255, minus 104, 117, 123.
 * - `minus-one-to-one` and `zero-to-one`: RGB in that range, as TensorFlow's networks often want.
 */
export const presets: Readonly<Record<PresetName, Preprocessing>> = {
  imagenet: {
    preset: 'imagenet',
    order: 'RGB',
    scale: 1 / 255,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  places365: {
    preset: 'places365',
    order: 'RGB',
    scale: 1,
    mean: [124.6901, 118.6897, 109.5388],
    std: [57.12, 57.12, 57.12],
  },
  caffe: { preset: 'caffe', order: 'BGR', scale: 1, mean: [104, 117, 123], std: [1, 1, 1] },
  'minus-one-to-one': { preset: 'minus-one-to-one', order: 'RGB', scale: 1 / 127.5, mean: [1, 1, 1], std: [1, 1, 1] },
  'zero-to-one': { preset: 'zero-to-one', order: 'RGB', scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] },
};

/** Names of the presets, in the order in which a page offers them. */
export const presetNames = Object.keys(presets) as readonly PresetName[];

/** Whether a word names a preset. */
export function isPresetName(word: string): word is PresetName {
  return Object.hasOwn(presets, word);
}

/** A changed copy, renamed: to the preset it equals, or else to `custom`. */
export function editPreprocessing(spec: Preprocessing, change: Partial<Omit<Preprocessing, 'preset'>>): Preprocessing {
  const edited = { ...spec, ...change };
  const same = presetNames.find((name) => {
    const { order, scale, mean, std } = presets[name];
    return (
      order === edited.order &&
      scale === edited.scale &&
      mean.every((value, c) => value === edited.mean[c]) &&
      std.every((value, c) => value === edited.std[c])
    );
  });
  return { ...edited, preset: same ?? 'custom' };
}

/** The settings in one line for people, for example `RGB, value / 255, minus 0.485 0.456 0.406, divided by 0.229 0.224 0.225`. */
export function describePreprocessing({ order, scale, mean, std }: Preprocessing): string {
  const parts: string[] = [order];
  if (scale !== 1) parts.push(`value / ${Number((1 / scale).toPrecision(6))}`);
  if (mean.some((value) => value !== 0)) parts.push(`minus ${spell(mean)}`);
  if (std.some((value) => value !== 1)) parts.push(`divided by ${spell(std)}`);
  return parts.join(', ');
}

function spell(values: readonly number[]): string {
  return values.every((value) => value === values[0]) ? String(values[0]) : values.join(' ');
}

/**
 * Writes one picture into a model's input tensor.
 *
 * @param pixels the decoded picture; alpha is not looked at
 * @param height rows of the model's input
 * @param width columns of the model's input
 * @param out the batch's tensor, float32
 * @param offset where in `out` this picture begins; 3 * height * width values are written from there
 */
export function toInput(
  pixels: PixelImage,
  spec: Preprocessing,
  height: number,
  width: number,
  layout: PictureLayout,
  out: Float32Array,
  offset: number,
): void {
  const planes = resizeBilinear(pixels, height, width);
  const area = height * width;
  const channelStep = layout === 'NCHW' ? area : 1;
  const positionStep = layout === 'NCHW' ? 1 : 3;
  for (let c = 0; c < 3; c += 1) {
    const from = (spec.order === 'RGB' ? c : 2 - c) * area;
    const mean = spec.mean[c];
    const std = spec.std[c];
    let to = offset + c * channelStep;
    for (let p = 0; p < area; p += 1, to += positionStep) out[to] = (planes[from + p] * spec.scale - mean) / std;
  }
}
