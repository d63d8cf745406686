import type { ConceptId } from '../../engine/ids.ts';
import type { Formula } from '../../engine/formula/formula.ts';

/** A formula's written parts: a chip, an operator in capitals, or a bracket. */
export type Token =
  | { readonly kind: 'concept'; readonly concept: ConceptId; readonly formula: Formula }
  | { readonly kind: 'operator'; readonly text: 'AND' | 'OR' | 'NOT' | 'AND NOT' | 'NEIGHBORS' }
  | { readonly kind: 'bracket'; readonly text: '(' | ')' };

/** A formula as tokens, with brackets only where its meaning needs them. */
export function tokens(formula: Formula): readonly Token[] {
  switch (formula.kind) {
    case 'concept':
      return [{ kind: 'concept', concept: formula.concept, formula }];
    case 'neighbors':
      return [operator('NEIGHBORS'), { kind: 'concept', concept: formula.of, formula }];
    case 'not':
      return [operator('NOT'), ...operand(formula.of, 'not')];
    default: {
      const { left, right, kind } = formula;
      if (kind === 'and' && right.kind === 'not') {
        return [...operand(left, kind), operator('AND NOT'), ...operand(right.of, 'not')];
      }
      return [...operand(left, kind), operator(kind === 'and' ? 'AND' : 'OR'), ...operand(right, kind)];
    }
  }
}

function operand(inner: Formula, outer: Formula['kind']): readonly Token[] {
  const plain = (inner.kind !== 'and' && inner.kind !== 'or') || inner.kind === outer;
  return plain ? tokens(inner) : [{ kind: 'bracket', text: '(' }, ...tokens(inner), { kind: 'bracket', text: ')' }];
}

function operator(text: 'AND' | 'OR' | 'NOT' | 'AND NOT' | 'NEIGHBORS'): Token {
  return { kind: 'operator', text };
}
