import type { ConceptId } from '../ids.ts';
import type { Formula } from '../formula/formula.ts';
import type { ScoredFormula } from '../results/explanation.ts';

/** How a formula in the beam came about: a start, or its parent and one concept more. */
export type Operator = 'concept' | 'neighbors' | 'or' | 'and' | 'and-not';

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
  bits: Uint32Array | undefined;
  /** `[concepts]` |L and C|; made when first needed. */
  sizeWith: Float64Array | undefined;
  /** `[concepts]` |M and L and C|; made when first needed. */
  intersectionWith: Float64Array | undefined;
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
