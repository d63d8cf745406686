import type { ConceptId } from '../../engine/ids.ts';
import { COLOR } from '../annotated/with-colors.ts';
import type { Pictures } from '../annotated/pictures.ts';
import { colorConcepts, colorPlane } from '../colors/colors.ts';
import { sha256 } from '../hash.ts';
import type { ProbingSet } from '../probing-set.ts';

/** Changes whenever the same pictures would give other colors than before. */
const RULES = 'colors 1';

/** A set without colors, and the basic color terms computed from the pixels of its pictures; their numbers follow the largest of the set. */
export async function withComputedColors(set: ProbingSet, pictures: Pictures): Promise<ProbingSet> {
  const first = set.concepts.length;
  const last = set.concepts.reduce((most, { number }) => Math.max(most, number), 0);
  const terms = colorConcepts.map((name, at) => ({
    id: (first + at) as ConceptId,
    number: last + 1 + at,
    name,
    category: COLOR,
  }));
  const category = { name: COLOR, concepts: terms.length, samples: set.sampleCount, probed: true };
  return {
    ...set,
    concepts: [...set.concepts, ...terms],
    categories: [...set.categories, COLOR],
    contentHash: await sha256(`${set.contentHash} ${RULES}`),
    survey: { ...set.survey, categories: [...set.survey.categories, category], colors: 'computed' },
    labels: async (sample) => {
      const [labels, pixels] = await Promise.all([set.labels(sample), pictures.pixels(sample)]);
      const plane = colorPlane(pixels, set.grid).map((value) => (value === 0 ? 0 : value + first));
      return { ...labels, planes: [...labels.planes, plane] };
    },
    picture: (sample) => pictures.take(sample),
  };
}
