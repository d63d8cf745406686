import type { ConceptId } from '../ids.ts';

/**
 * A formula over concepts. Search builds it to the left from a concept: `L OR C`, `L AND C`, `L AND (NOT C)`, with C a concept;
 * text adds the unary NEIGHBORS on a concept (paper, sections 2 and 4.2). Typed formulas may nest freely.
 */
export type Formula =
  | { readonly kind: 'concept'; readonly concept: ConceptId }
  | { readonly kind: 'neighbors'; readonly of: ConceptId }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'and' | 'or'; readonly left: Formula; readonly right: Formula };
