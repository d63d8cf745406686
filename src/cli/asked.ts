import { defaultPairSettings } from '../engine/results/default-settings.ts';
import type { ExplainSettings } from '../engine/results/explanation.ts';
import type { ProbingProvenance } from '../engine/results/layer-results.ts';
import { readVector } from '../probing/npy.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import type { Arguments } from './arguments.ts';
import { givenFile, givenProbing, sampleModel, sampleProbing, type GivenFile } from './sources.ts';

/** Opens the probing set asked for. @throws Fault of its reader */
export async function askedProbing({
  sample,
  probing,
  categories,
  splits,
  colors,
  pairs,
  vectors,
}: Pick<
  Arguments,
  'sample' | 'probing' | 'categories' | 'splits' | 'colors' | 'pairs' | 'vectors'
>): Promise<ProbingSet> {
  if (sample !== undefined) return sampleProbing(sample);
  const options = {
    ...(categories && { categories }),
    ...(splits && { splits }),
    ...(colors ? {} : { colors }),
    ...(pairs && { pairs }),
  };
  return givenProbing(probing ?? '', options, vectors);
}

/** What results say of a probing set. */
export function provenanceOf(
  { format, title, contentHash, sampleCount, grid, notes }: ProbingSet,
  { sample }: Pick<Arguments, 'sample'>,
): ProbingProvenance {
  return { format, title, contentHash, sampleCount, grid, notes, synthetic: sample !== undefined };
}

/** The model asked for. @throws Fault naming the path */
export async function askedModel({ sample, model }: Pick<Arguments, 'sample' | 'model'>): Promise<GivenFile> {
  return sample === undefined ? givenFile(model ?? '') : sampleModel(sample);
}

/**
 * The settings asked for, with thresholds out of their file. What was not asked for follows from the probing set, where one is given: sentence
 * pairs have defaults of their own.
 *
 * @throws Fault of the file
 */
export async function askedSettings(
  {
    settings: given,
    explicit,
    thresholds,
  }: Pick<Arguments, 'settings' | 'thresholds'> & Partial<Pick<Arguments, 'explicit'>>,
  probing?: Pick<ProbingSet, 'pair' | 'sampleCount'>,
): Promise<ExplainSettings> {
  const settings = probing?.pair && explicit ? { ...defaultPairSettings(probing.sampleCount), ...explicit } : given;
  if (thresholds === undefined) return settings;
  const { blob, name } = await givenFile(thresholds);
  const values = readVector(new Uint8Array(await blob.arrayBuffer()), name);
  return { ...settings, threshold: { kind: 'given', thresholds: [...values] } };
}
