import type { Concept } from '../concepts.ts';
import type { ConceptId } from '../ids.ts';
import { bareName } from './bare-name.ts';
import { ConceptNames } from './concept-names.ts';
import type { Formula } from './formula.ts';
import { FormulaReader, ReadingStopped } from './reader.ts';
import { Scan } from './scan.ts';

const made = new WeakMap<ConceptNames, Map<ConceptId, string>>();

/**
 * A concept's name as parseFormula reads it: as people see it where that is enough, with its category where another has the same name,
 * in quotes where it would be taken for something else.
 */
export function writtenName(concept: ConceptId, concepts: readonly Concept[]): string {
  const names = ConceptNames.of(concepts);
  let written = made.get(names);
  if (!written) made.set(names, (written = new Map()));
  const known = written.get(concept);
  if (known !== undefined) return known;
  const { name, category } = concepts[concept];
  const bare = bareName(concepts[concept]);
  const inCategory = (text: string): string => `${text} [${category}]`;
  const ways = [bare, name, inCategory(bare), inCategory(name), quote(name), `${quote(name)} [${quote(category)}]`];
  const found = ways.find((way) => means(way, concept, names)) ?? `${quote(name)} [#${concept}]`;
  written.set(concept, found);
  return found;
}

/** A formula as a text that parseFormula reads back to the very same tree. */
export function writtenText(formula: Formula, concepts: readonly Concept[]): string {
  const part = (inner: Formula, bracketed: boolean): string =>
    bracketed ? `(${writtenText(inner, concepts)})` : writtenText(inner, concepts);
  switch (formula.kind) {
    case 'concept':
      return writtenName(formula.concept, concepts);
    case 'neighbors':
      return `NEIGHBORS(${writtenName(formula.of, concepts)})`;
    case 'not':
      return `NOT ${part(formula.of, joins(formula.of))}`;
    default: {
      // A chain grows to the left; whatever is on the right has brackets of its own.
      const left = part(formula.left, joins(formula.left) && formula.left.kind !== formula.kind);
      return `${left} ${formula.kind.toUpperCase()} ${part(formula.right, joins(formula.right))}`;
    }
  }
}

const joins = ({ kind }: Formula): boolean => kind === 'and' || kind === 'or';

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function means(text: string, concept: ConceptId, names: ConceptNames): boolean {
  try {
    const formula = new FormulaReader(new Scan(text, names)).read();
    return formula.kind === 'concept' && formula.concept === concept;
  } catch (error) {
    if (error instanceof ReadingStopped) return false;
    throw error;
  }
}
