import type { Formula } from '../../engine/formula/formula.ts';

/** Whether two formulas are written alike. */
export function sameFormula(one: Formula, other: Formula): boolean {
  switch (one.kind) {
    case 'concept':
      return other.kind === 'concept' && one.concept === other.concept;
    case 'neighbors':
      return other.kind === 'neighbors' && one.of === other.of;
    case 'not':
      return other.kind === 'not' && sameFormula(one.of, other.of);
    default:
      return other.kind === one.kind && sameFormula(one.left, other.left) && sameFormula(one.right, other.right);
  }
}

/** Whether one formula is a part of another, or the whole. */
export function isPartOf(part: Formula, whole: Formula): boolean {
  if (sameFormula(part, whole)) return true;
  switch (whole.kind) {
    case 'not':
      return isPartOf(part, whole.of);
    case 'and':
    case 'or':
      return isPartOf(part, whole.left) || isPartOf(part, whole.right);
    default:
      return false;
  }
}
