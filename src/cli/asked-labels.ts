import { readLabelFile } from '../probing/labels/label-file.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import type { Arguments } from './arguments.ts';
import { givenFile } from './sources.ts';

/**
 * The gold labels of all samples out of the file of `--labels`; null where none is given.
 *
 * @throws Fault naming the file and the row
 */
export async function askedLabels(
  { labels }: Pick<Arguments, 'labels'>,
  probing: Pick<ProbingSet, 'sampleCount' | 'sampleName'>,
): Promise<readonly (string | null)[] | null> {
  if (labels === undefined) return null;
  const { blob, name } = await givenFile(labels);
  const names = Array.from({ length: probing.sampleCount }, (_, sample) => probing.sampleName(sample));
  return readLabelFile(new Uint8Array(await blob.arrayBuffer()), name, names).labels;
}
