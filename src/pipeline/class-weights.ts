import { classHead } from '../onnx/class-head.ts';
import type { OpenModel } from './open-model.ts';

/**
 * How a model's classes weigh the units of a layer: `[units][classes]` weights of the linear layer that reads it; null where none does.
 *
 * @param layer name of its tensor
 */
export async function classWeights(
  { file, summary }: Pick<OpenModel, 'file' | 'summary'>,
  layer: string,
): Promise<readonly (readonly number[])[] | null> {
  const head = await classHead(file, summary, layer);
  if (!head) return null;
  const { weights, classes } = head;
  const units = weights.length / classes;
  return Array.from({ length: units }, (_, unit) => [...weights.subarray(unit * classes, (unit + 1) * classes)]);
}
