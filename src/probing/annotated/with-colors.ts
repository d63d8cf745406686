import { colorConcepts, colorPlane } from '../colors/colors.ts';
import type { AnnotatedSource } from './annotated-source.ts';
import type { Pictures } from './pictures.ts';

/** Name of the category of color concepts, given or computed. */
export const COLOR = 'color';

/** A source that also has the basic color terms, computed from the pixels of each sample's picture. */
export function withColors(source: AnnotatedSource, pictures: Pictures): AnnotatedSource {
  const first = source.concepts.length;
  const terms = colorConcepts.map((name, at) => ({ number: at + 1, name, category: COLOR }));
  return {
    ...source,
    categories: [...source.categories, COLOR],
    concepts: [...source.concepts, ...terms],
    hasCategory: (sample, category) =>
      category === COLOR ? source.samples[sample].picture !== undefined : source.hasCategory?.(sample, category),
    read: async (sample, grid) => {
      if (source.samples[sample].picture === undefined) return source.read(sample, grid);
      const [labels, pixels] = await Promise.all([source.read(sample, grid), pictures.pixels(sample)]);
      const colors = colorPlane(pixels, grid).map((value) => (value === 0 ? 0 : value + first));
      return { ...labels, planes: [...labels.planes, colors] };
    },
  };
}
