import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import sharp from 'sharp';
import { pictureSize } from './canvas.ts';

/** A model's input for one picture: RGB in [-1, 1], pixel by pixel. */
export async function modelInput(picture: Uint8Array): Promise<Float32Array> {
  const bytes = await sharp(picture).removeAlpha().raw().toBuffer();
  return Float32Array.from(bytes, (value) => value / 127.5 - 1);
}

/** Loads a model to run in this process, one thread, with the features of its layer `Conv_1/Relu6` as a second output. */
export async function openModel(path: string): Promise<InferenceSession> {
  const name = new TextEncoder().encode(featureTensor);
  const output = [0x3a, name.length + 4, 0x62, name.length + 2, 0x0a, name.length, ...name];
  return InferenceSession.create(Uint8Array.from([...readFileSync(path), ...output]));
}

const featureTensor = 'Conv_1/Relu6';

/** Scores and features for one picture. */
export interface Answer {
  readonly scores: Float32Array;
  readonly features: Float32Array;
}

/** Runs the model on one picture. */
export async function ask(session: InferenceSession, input: Float32Array): Promise<Answer> {
  const planes = new Float32Array(input.length);
  const pixels = pictureSize * pictureSize;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) planes[channel * pixels + pixel] = input[3 * pixel + channel];
  }
  const image = new Tensor('float32', planes, [1, 3, pictureSize, pictureSize]);
  const { scores, [featureTensor]: features } = await session.run({ image });
  return { scores: scores.data as Float32Array, features: features.data as Float32Array };
}

/** The original graph's answer, from `evaluate.py`: NumPy on the TensorFlow nodes, without the converter. */
export function askOriginal(python: string, modelFolder: string, input: Float32Array, folder: string): Answer {
  const picture = join(folder, 'picture.bin');
  writeFileSync(picture, input);
  execFileSync(python, ['-B', join(import.meta.dirname, 'evaluate.py'), modelFolder, picture, folder]);
  return { scores: readFloats(join(folder, 'scores.bin')), features: readFloats(join(folder, 'features.bin')) };
}

/** The largest difference between two arrays of the same length. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new Error(`${a.length} values cannot be compared with ${b.length}.`);
  return a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - b[at])), 0);
}

function readFloats(path: string): Float32Array {
  return new Float32Array(Uint8Array.from(readFileSync(path)).buffer);
}
