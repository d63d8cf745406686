import type { Formula } from '../../engine/formula/formula.ts';
import type { ConceptId } from '../../engine/ids.ts';
import type { SampleConcepts } from '../../engine/results/measures.ts';

/** A part of a formula that is true or false at a position by itself: a concept, or NEIGHBORS of one. */
export type Leaf = Extract<Formula, { kind: 'concept' | 'neighbors' }>;

/** The concepts and NEIGHBORS of a formula, in the order of writing. */
export function leaves(formula: Formula): readonly Leaf[] {
  switch (formula.kind) {
    case 'concept':
    case 'neighbors':
      return [formula];
    case 'not':
      return leaves(formula.of);
    default:
      return [...leaves(formula.left), ...leaves(formula.right)];
  }
}

/** Whether a formula holds where its parts are true or false as told. */
export function holdsWhere(formula: Formula, isTrue: (leaf: Leaf) => boolean): boolean {
  switch (formula.kind) {
    case 'concept':
    case 'neighbors':
      return isTrue(formula);
    case 'not':
      return !holdsWhere(formula.of, isTrue);
    case 'and':
      return holdsWhere(formula.left, isTrue) && holdsWhere(formula.right, isTrue);
    case 'or':
      return holdsWhere(formula.left, isTrue) || holdsWhere(formula.right, isTrue);
  }
}

/** The concepts true at a position, ascending; none where the sample was not read. */
export function conceptsAt({ palette, index }: SampleConcepts, position: number): readonly number[] {
  return palette[index[position]] ?? [];
}

/** The concepts of a sample with the positions each has, by falling number; equal ones by concept. */
export function conceptAreas({
  palette,
  index,
}: SampleConcepts): readonly { readonly concept: ConceptId; readonly positions: number }[] {
  const positions = new Uint32Array(palette.length);
  for (const entry of index) positions[entry] += 1;
  const areas = new Map<number, number>();
  palette.forEach((concepts, entry) => {
    for (const concept of concepts) areas.set(concept, (areas.get(concept) ?? 0) + positions[entry]);
  });
  return [...areas]
    .filter(([, count]) => count > 0)
    .sort(([one, few], [other, many]) => many - few || one - other)
    .map(([concept, count]) => ({ concept: concept as ConceptId, positions: count }));
}
