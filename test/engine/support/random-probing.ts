import fc from 'fast-check';
import type { Concept, Grid, SampleLabels } from '../../../src/engine/concepts.ts';
import type { ConceptId } from '../../../src/engine/ids.ts';
import type { Formula } from '../../../src/engine/formula/formula.ts';
import { prepareSearch } from '../../../src/engine/search/tables.ts';
import { cellsOf } from './cells-of.ts';

/** A small probing set with a unit mask, drawn at random. */
export interface RandomProbing {
  readonly grid: Grid;
  readonly conceptCount: number;
  readonly samples: readonly SampleLabels[];
  /** For each sample the unit's mask. */
  readonly masks: readonly Uint8Array[];
}

/** Probing sets of up to 4 samples on up to 6 x 6 positions, with overlapping, equal and empty concepts. */
export const randomProbing: fc.Arbitrary<RandomProbing> = fc
  .record({
    height: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 6 }),
    conceptCount: fc.integer({ min: 1, max: 8 }),
    sampleCount: fc.integer({ min: 1, max: 4 }),
    planeCount: fc.integer({ min: 0, max: 3 }),
  })
  .chain(({ height, width, conceptCount, sampleCount, planeCount }) => {
    const plane = fc
      .array(fc.integer({ min: 0, max: conceptCount }), { minLength: height * width, maxLength: height * width })
      .map((values) => Uint16Array.from(values));
    const sample = fc.record({
      planes: fc.array(plane, { minLength: planeCount, maxLength: planeCount }),
      everywhere: fc.uniqueArray(
        fc.integer({ min: 0, max: conceptCount - 1 }).map((id) => id as ConceptId),
        { maxLength: 2 },
      ),
    });
    const mask = fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: height * width, maxLength: height * width })
      .map((values) => Uint8Array.from(values));
    return fc.record({
      grid: fc.constant({ height, width }),
      conceptCount: fc.constant(conceptCount),
      samples: fc.array(sample, { minLength: sampleCount, maxLength: sampleCount }),
      masks: fc.array(mask, { minLength: sampleCount, maxLength: sampleCount }),
    });
  });

/** Formulas over `conceptCount` concepts, freely nested. */
export const randomFormula = (conceptCount: number): fc.Arbitrary<Formula> =>
  fc.letrec<{ formula: Formula }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 4 },
      fc
        .integer({ min: 0, max: conceptCount - 1 })
        .map((concept): Formula => ({ kind: 'concept', concept: concept as ConceptId })),
      tie('formula').map((of): Formula => ({ kind: 'not', of })),
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('formula'), right: tie('formula') }),
    ),
  })).formula;

/** Is a formula true where the given concepts are? */
export function holds(formula: Formula, concepts: ReadonlySet<number>): boolean {
  switch (formula.kind) {
    case 'concept':
      return concepts.has(formula.concept);
    case 'neighbors':
      return concepts.has(formula.of);
    case 'not':
      return !holds(formula.of, concepts);
    case 'and':
      return holds(formula.left, concepts) && holds(formula.right, concepts);
    case 'or':
      return holds(formula.left, concepts) || holds(formula.right, concepts);
  }
}

/** The concepts at every position of every sample, one set a position. */
export const positionsOf = ({ grid, samples }: RandomProbing): ReadonlySet<number>[] =>
  samples.flatMap(({ planes, everywhere }) =>
    Array.from({ length: grid.height * grid.width }, (_, at) => {
      const here = planes.map((plane) => plane[at] - 1).filter((concept) => concept >= 0);
      return new Set<number>([...everywhere, ...here]);
    }),
  );

/** The unit's mask over all positions. */
export const maskOf = ({ masks }: RandomProbing): number[] => masks.flatMap((mask) => [...mask]);

/** Size and intersection of a formula by walking all positions. */
export function countByPositions(probing: RandomProbing, formula: Formula): { size: number; intersection: number } {
  const mask = maskOf(probing);
  const inside = positionsOf(probing).map((concepts) => holds(formula, concepts));
  return {
    size: inside.filter(Boolean).length,
    intersection: inside.filter((is, at) => is && mask[at] === 1).length,
  };
}

/** Concept `id` is of category `id` modulo 3. */
export const categoryNames = ['object', 'color', 'scene'] as const;

/** Cells, search tables and the unit's counts per cell of a random probing set. */
export function build(probing: RandomProbing) {
  const { table, maps } = cellsOf(probing.grid, probing.conceptCount, probing.samples);
  const concepts: readonly Concept[] = Array.from({ length: probing.conceptCount }, (_, id) => ({
    id: id as ConceptId,
    number: id + 1,
    name: `c${id}`,
    category: categoryNames[id % categoryNames.length],
  }));
  // A grid of one position would mean text; these are pictures whatever their size.
  const tables = prepareSearch(table, concepts, { grid: { height: 2, width: 2 } });
  return { table, maps, tables, concepts };
}
