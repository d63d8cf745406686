import type { ConceptId } from '../ids.ts';
import type { Formula } from './formula.ts';

/** Gives a concept's text: its name, its category, its number. */
export type NameOf = (concept: ConceptId) => string;

/**
 * A formula in the reference's notation, every operator in brackets: `((water OR river) AND (NOT blue-c))`, `(NEIGHBORS pre:run)`.
 */
export function referenceText(formula: Formula, name: NameOf): string {
  switch (formula.kind) {
    case 'concept':
      return name(formula.concept);
    case 'neighbors':
      return `(NEIGHBORS ${name(formula.of)})`;
    case 'not':
      return `(NOT ${referenceText(formula.of, name)})`;
    default:
      return `(${referenceText(formula.left, name)} ${formula.kind.toUpperCase()} ${referenceText(formula.right, name)})`;
  }
}

/** A formula for people, brackets only where needed: `(water OR river) AND NOT blue-c`; chains of one operator have none. */
export function formulaText(formula: Formula, name: NameOf): string {
  const part = (inner: Formula, outer: 'and' | 'or'): string => {
    const bracketed = (inner.kind === 'and' || inner.kind === 'or') && inner.kind !== outer;
    return bracketed ? `(${formulaText(inner, name)})` : formulaText(inner, name);
  };
  switch (formula.kind) {
    case 'concept':
      return name(formula.concept);
    case 'neighbors':
      return `NEIGHBORS(${name(formula.of)})`;
    case 'not':
      return formula.of.kind === 'and' || formula.of.kind === 'or'
        ? `NOT (${formulaText(formula.of, name)})`
        : `NOT ${formulaText(formula.of, name)}`;
    default:
      return `${part(formula.left, formula.kind)} ${formula.kind.toUpperCase()} ${part(formula.right, formula.kind)}`;
  }
}
