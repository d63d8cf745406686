import type { SampleLabels } from '../../engine/concepts.ts';
import type { FileTree } from '../file-tree.ts';
import { sha256 } from '../hash.ts';
import type { ProbingOptions, ProbingTools } from '../probing-options.ts';
import type { ProbingSet, ProbingSurvey } from '../probing-set.ts';
import type { AnnotatedSource } from './annotated-source.ts';
import { checkSizes } from './check-sizes.ts';
import { choose, inIds, splitsOf, type Choice } from './choose.ts';
import { GRID } from './grid.ts';
import { Pictures } from './pictures.ts';
import { withSceneLabels } from './scene-labels.ts';
import { COLOR, withColors } from './with-colors.ts';

/** Changes whenever the same files would give other labels than before. */
const RULES = 'annotated 1';

type Colors = ProbingSurvey['colors'];

/**
 * Makes the probing set of annotated pictures: scenes of a label file and computed colors are added where the source has none of its own,
 * categories and splits are chosen, and every annotation is checked to have its picture's proportions.
 *
 * Colors are computed where there is a decoder and pictures, `options.colors` is not false, and the categories asked for, if any, name
 * `color` or `options.colors` is true. Ids of concepts are dense over the probed ones, in the source's order; samples of other splits are
 * left out. Labels and pictures of the same sample are best asked for in this order: the picture is then decoded once.
 *
 * The content hash covers these rules, the choice, the digests of the source's tables, and path, size and stamp of every file of every
 * sample.
 *
 * @param tree where a file of scene labels may lie
 * @throws Fault, if nothing is left to probe, or the file of scene labels is damaged
 */
export async function annotatedSet(
  source: AnnotatedSource,
  tree: FileTree,
  options: ProbingOptions,
  tools: ProbingTools | undefined,
): Promise<ProbingSet> {
  const pictures = new Pictures(source.samples, tools?.decode);
  const hasPictures = source.samples.some(({ picture }) => picture !== undefined);
  const labelled = await withSceneLabels(source, tree);
  const colors = colorsOf(labelled, hasPictures && tools !== undefined, options);
  const whole = colors === 'computed' || colors === 'off' ? withColors(labelled, pictures) : labelled;
  const choice = choose(whole, { ...options, categories: wantedCategories(whole, colors, options) });
  const { samples } = choice;
  const probed = colors === 'off' || !choice.categories.includes(COLOR) ? labelled : whole;

  return {
    format: source.format,
    title: source.title,
    concepts: choice.concepts,
    categories: choice.categories,
    sampleCount: samples.length,
    grid: GRID,
    contentHash: await hashContents(whole, choice, colors),
    survey: surveyOf(whole, choice, colors),
    notes: [
      ...labelled.notes,
      ...choice.notes,
      ...(hasPictures ? [] : ['There are annotations but no pictures, so a model cannot be run on this probing set.']),
    ],
    sampleName: (sample) => source.samples[samples[sample]].name,
    labels: (sample) => readLabels(samples[sample], probed, choice, pictures),
    picture: (sample) => pictures.take(samples[sample]),
  };
}

function colorsOf(source: AnnotatedSource, canCompute: boolean, { categories, colors }: ProbingOptions): Colors {
  if (source.categories.includes(COLOR)) return 'given';
  if (!canCompute) return 'none';
  return (colors ?? categories?.includes(COLOR) ?? true) ? 'computed' : 'off';
}

function wantedCategories(source: AnnotatedSource, colors: Colors, { categories }: ProbingOptions): readonly string[] {
  const wanted = categories ?? source.categories;
  if (colors === 'off') return wanted.filter((category) => category !== COLOR);
  return colors === 'computed' && !wanted.includes(COLOR) ? [...wanted, COLOR] : wanted;
}

async function readLabels(
  sample: number,
  source: AnnotatedSource,
  choice: Choice,
  pictures: Pictures,
): Promise<SampleLabels> {
  const { name, picture } = source.samples[sample];
  const labels = await source.read(sample, GRID);
  const size = labels.size && (await pictures.size(sample));
  if (labels.size && size) checkSizes(labels.size, picture?.path ?? name, size);
  return inIds(labels, choice);
}

function surveyOf(source: AnnotatedSource, choice: Choice, colors: Colors): ProbingSurvey {
  const { samples, splits } = choice;
  const categories = source.categories.map((name) => ({
    name,
    concepts: source.concepts.filter(({ category }) => category === name).length,
    samples: countSamples(source, samples, name),
    probed: choice.categories.includes(name),
  }));
  return {
    layout: source.layout,
    categories: categories.filter(({ concepts }) => concepts > 0),
    splits: splitsOf(source).map((name) => ({
      name,
      samples: source.samples.filter(({ split }) => split === name).length,
      chosen: splits?.includes(name) ?? false,
    })),
    colors,
  };
}

function countSamples(source: AnnotatedSource, samples: Uint32Array, category: string): number | null {
  let count = 0;
  for (const sample of samples) {
    const has = source.hasCategory?.(sample, category);
    if (has === undefined) return null;
    if (has) count += 1;
  }
  return count;
}

function hashContents(source: AnnotatedSource, choice: Choice, colors: Colors): Promise<string> {
  const files = Array.from(choice.samples, (sample) => {
    const { name, picture } = source.samples[sample];
    const all = [...(picture ? [picture] : []), ...source.filesOf(sample)];
    return [name, ...all.map(({ path, size, stamp }) => `${path} ${size} ${stamp}`)].join(' ');
  });
  const chosen = [choice.categories.join(','), choice.splits?.join(',') ?? 'no splits', `colors ${colors}`];
  return sha256([`${source.format} ${RULES}`, ...chosen, ...source.digests, ...files].join('\n'));
}
