import type { Concept } from '../../engine/concepts.ts';

/** Concepts under their category. */
export interface ConceptGroup {
  readonly category: string;
  readonly concepts: readonly Concept[];
}

/** Concepts by category, categories and concepts in the order of the probing set. */
export function conceptsByCategory(
  ids: readonly number[],
  concepts: readonly Concept[],
  categories: readonly string[],
): readonly ConceptGroup[] {
  const here = [...new Set(ids)].sort((one, other) => one - other).map((id) => concepts[id]);
  return categories
    .map((category) => ({ category, concepts: here.filter((concept) => concept.category === category) }))
    .filter((group) => group.concepts.length > 0);
}
