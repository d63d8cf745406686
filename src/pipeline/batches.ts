import { toInput, type PictureLayout, type Preprocessing } from '../onnx/preprocess.ts';
import type { Picture, PixelImage, ProbingSet } from '../probing/probing-set.ts';
import { pipelineFaults } from './errors.ts';
import { readAhead } from './read-ahead.ts';

/** Turns a picture into pixels: a file's bytes by the decoder at hand, pixels as they are. @throws Fault naming the picture */
export type Decode = (picture: Picture) => Promise<PixelImage>;

/** How pictures go into a model. Plain data. */
export interface InputSpec {
  /** Name of the model's input. */
  readonly input: string;
  readonly layout: PictureLayout;
  /** Pictures in a batch, where the model fixes it. */
  readonly fixedBatch: number | null;
  readonly height: number;
  readonly width: number;
  readonly preprocessing: Preprocessing;
}

const PIXELS_A_BATCH = 8 * 224 * 224;
const LARGEST_BATCH = 32;

/** Pictures in a batch: what the model fixes, else 8 at 224 px and as many pixels at other sizes, 1 to 32. */
export function batchSize({ fixedBatch, height, width }: InputSpec): number {
  return fixedBatch ?? Math.min(LARGEST_BATCH, Math.max(1, Math.floor(PIXELS_A_BATCH / (height * width))));
}

/** Shape of a model's input for a batch of `count` pictures; what the model fixes stays. */
export function inputDims({ layout, fixedBatch, height, width }: InputSpec, count: number): readonly number[] {
  const batch = fixedBatch ?? count;
  return layout === 'NCHW' ? [batch, 3, height, width] : [batch, height, width, 3];
}

/** Values of a full batch. */
export function batchLength(spec: InputSpec): number {
  return batchSize(spec) * 3 * spec.height * spec.width;
}

/**
 * Decodes, resizes and normalises pictures into a batch. Rows beyond the pictures are zero.
 *
 * @param samples sample of each row, at most {@link batchSize}
 * @param out {@link batchLength} values; may lie in shared memory
 * @param alongside called with each sample just before its picture is read, and awaited with it: readers may have both at hand then
 * @throws Fault naming the sample or the picture
 */
export async function fillBatch(
  probing: ProbingSet,
  samples: readonly number[],
  spec: InputSpec,
  decode: Decode,
  out: Float32Array,
  alongside?: (sample: number) => Promise<void>,
): Promise<void> {
  const { height, width, layout, preprocessing } = spec;
  const size = 3 * height * width;
  const read = async (sample: number): Promise<Picture> => {
    const [, picture] = await Promise.all([alongside?.(sample), probing.picture(sample)]);
    if (!picture) throw pipelineFaults['no-picture'](probing.sampleName(sample), probing.title);
    return picture;
  };
  let row = 0;
  for await (const picture of readAhead(samples, read)) {
    toInput(await decode(picture), preprocessing, height, width, layout, out, row * size);
    row++;
  }
  out.fill(0, samples.length * size);
}
