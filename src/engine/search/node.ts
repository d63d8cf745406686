import type { ConceptId } from '../ids.ts';
import type { Formula } from '../formula/formula.ts';
import type { ScoredFormula } from '../results/explanation.ts';

/** A set of cells. */
export interface CellSet {
  /** One bit a cell; those beyond the last cell are 0. */
  readonly bits: Uint32Array;
  /** Cells in it. */
  readonly count: number;
}

/** How a formula in the beam came about: a start, or its parent and one concept more. */
export type Operator = 'concept' | 'neighbors' | 'or' | 'and' | 'and-not';

/** How the positions of a formula L meet every concept; summed up, |L and C|. */
export interface Overlaps {
  /** `[concepts]` |M and L and C|. */
  readonly inMask: Float64Array;
  /** `[concepts]` |L and C|, less what is in the mask. */
  readonly offMask: Float64Array;
}

/** A formula in the beam, with what extending it takes. */
export interface Node {
  readonly parent: Node | undefined;
  readonly operator: Operator;
  readonly concept: number;
  /** Concepts in the formula. */
  readonly length: number;
  /** The reference's length: NOT and NEIGHBORS count too. */
  readonly referenceLength: number;
  /** |L| */
  readonly size: number;
  /** |M and L| */
  readonly intersection: number;
  readonly iou: number;
  readonly score: number;
  /** Cells in which the formula holds; made when first needed. */
  cells: CellSet | undefined;
  /** Made before the node is extended, and taken back when it no longer will be. */
  overlaps: Overlaps | undefined;
}

/** The formula a node stands for. */
export function nodeFormula(node: Node): Formula {
  const concept = node.concept as ConceptId;
  if (!node.parent)
    return node.operator === 'neighbors' ? { kind: 'neighbors', of: concept } : { kind: 'concept', concept };
  const left = nodeFormula(node.parent);
  const right: Formula = { kind: 'concept', concept };
  switch (node.operator) {
    case 'or':
      return { kind: 'or', left, right };
    case 'and':
      return { kind: 'and', left, right };
    default:
      return { kind: 'and', left, right: { kind: 'not', of: right } };
  }
}

/** A node as results keep it. */
export const scoredFormula = (node: Node): ScoredFormula => ({
  formula: nodeFormula(node),
  size: node.size,
  intersection: node.intersection,
  iou: node.iou,
  score: node.score,
});
