import type { Formula } from './formula.ts';

/** A formula's length: the number of concepts in it (paper, section 3). */
export function formulaLength(formula: Formula): number {
  switch (formula.kind) {
    case 'concept':
    case 'neighbors':
      return 1;
    case 'not':
      return formulaLength(formula.of);
    default:
      return formulaLength(formula.left) + formulaLength(formula.right);
  }
}

/**
 * The length as the reference program counts it for its penalty and its tables: NOT and NEIGHBORS count one more each.
 */
export function referenceLength(formula: Formula): number {
  switch (formula.kind) {
    case 'concept':
      return 1;
    case 'neighbors':
      return 2;
    case 'not':
      return 1 + referenceLength(formula.of);
    default:
      return referenceLength(formula.left) + referenceLength(formula.right);
  }
}

/** The concepts a formula names, in the order of writing, repeated ones too. */
export function formulaConcepts(formula: Formula): readonly number[] {
  switch (formula.kind) {
    case 'concept':
      return [formula.concept];
    case 'neighbors':
      return [formula.of];
    case 'not':
      return formulaConcepts(formula.of);
    default:
      return [...formulaConcepts(formula.left), ...formulaConcepts(formula.right)];
  }
}
