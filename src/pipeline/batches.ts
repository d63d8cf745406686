import type { PairEncoding } from '../engine/text/pair-encoding.ts';
import type { SentencePair } from '../engine/text/sentence-pair.ts';
import { toInput, type PictureLayout, type Preprocessing } from '../onnx/preprocess.ts';
import type { PairInput } from '../onnx/text/pair-input.ts';
import type { Picture, PixelImage, ProbingSet } from '../probing/probing-set.ts';
import { pipelineFaults } from './errors.ts';
import { readAhead } from './read-ahead.ts';

/** Turns a picture into pixels: a file's bytes by the decoder at hand, pixels as they are. @throws Fault naming the picture */
export type Decode = (picture: Picture) => Promise<PixelImage>;

/** How samples go into a model. Plain data. */
export type InputSpec = PictureSpec | PairSpec;

/** How pictures go into a model. */
export interface PictureSpec {
  readonly kind: 'pictures';
  /** Name of the model's input. */
  readonly input: string;
  readonly layout: PictureLayout;
  /** Pictures in a batch, where the model fixes it. */
  readonly fixedBatch: number | null;
  readonly height: number;
  readonly width: number;
  readonly preprocessing: Preprocessing;
}

/** How sentence pairs go into a model. */
export interface PairSpec {
  readonly kind: 'pairs';
  readonly input: PairInput;
  readonly encoding: PairEncoding;
  /** Pairs in a batch: what the model fixes, or one where padding would change what it says. */
  readonly fixedBatch: number | null;
}

/** Samples as they are read for a model: pictures become values at once, sentences become tokens where the tokenizer is. */
export interface Batch {
  /** Of pictures; of pairs, nothing of it is used. */
  readonly values: Float32Array;
  /** Null for pictures. */
  readonly pairs: readonly SentencePair[] | null;
}

const PIXELS_A_BATCH = 8 * 224 * 224;
const LARGEST_BATCH = 32;
const PAIRS_A_BATCH = 64;

/** Samples in a batch: what the model fixes, else 64 pairs, or 8 pictures at 224 px and as many pixels at other sizes, 1 to 32. */
export function batchSize(spec: InputSpec): number {
  if (spec.kind === 'pairs') return spec.fixedBatch ?? PAIRS_A_BATCH;
  const { fixedBatch, height, width } = spec;
  return fixedBatch ?? Math.min(LARGEST_BATCH, Math.max(1, Math.floor(PIXELS_A_BATCH / (height * width))));
}

/** Shape of a model's input for a batch of `count` pictures; what the model fixes stays. */
export function inputDims({ layout, fixedBatch, height, width }: PictureSpec, count: number): readonly number[] {
  const batch = fixedBatch ?? count;
  return layout === 'NCHW' ? [batch, 3, height, width] : [batch, height, width, 3];
}

/** Values of a full batch; none of pairs. */
export function batchLength(spec: InputSpec): number {
  return spec.kind === 'pairs' ? 0 : batchSize(spec) * 3 * spec.height * spec.width;
}

/**
 * Reads samples for a model: decodes, resizes and normalises pictures into a batch, rows beyond the pictures zero; or gives the sentence pairs.
 *
 * @param samples sample of each row, at most {@link batchSize}
 * @param out {@link batchLength} values; may lie in shared memory
 * @param alongside called with each sample just before it is read, and awaited with it: readers may have both at hand then
 * @throws Fault naming the sample or the picture
 */
export async function fillBatch(
  probing: ProbingSet,
  samples: readonly number[],
  spec: InputSpec,
  decode: Decode,
  out: Float32Array,
  alongside?: (sample: number) => Promise<void>,
): Promise<Batch> {
  if (spec.kind === 'pairs') return { values: out, pairs: await readPairs(probing, samples, alongside) };
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
  return { values: out, pairs: null };
}

async function readPairs(
  { pair, title }: ProbingSet,
  samples: readonly number[],
  alongside: ((sample: number) => Promise<void>) | undefined,
): Promise<readonly SentencePair[]> {
  if (!pair) throw pipelineFaults['no-pairs'](title);
  for (const sample of samples) await alongside?.(sample);
  return samples.map((sample) => pair(sample));
}
