import type { Concept } from '../../../engine/concepts.ts';
import type { Formula } from '../../../engine/formula/formula.ts';
import type { ConceptCoverage } from '../../../engine/results/measures.ts';
import type { UnitRow } from '../../../state/unit-rows.ts';
import { conceptName } from '../../../figures/text/concept-name.ts';

/** What a concept does in a formula: it is the whole, one of the sides of an OR or an AND, or what is left out. */
export type ConceptRole = 'alone' | 'or' | 'and' | 'and not';

/** A unit whose formula uses a concept. */
export interface ConceptUser {
  readonly row: UnitRow;
  readonly formula: Formula;
  /** Each once, in the order of writing. */
  readonly roles: readonly ConceptRole[];
}

/** What a concept does in a formula, each role once, in the order of writing; none where the formula does not use it. */
export function conceptRoles(formula: Formula, concept: number): readonly ConceptRole[] {
  const roles = new Set<ConceptRole>();
  const visit = (part: Formula, role: ConceptRole, negated: boolean): void => {
    switch (part.kind) {
      case 'concept':
      case 'neighbors':
        if ((part.kind === 'concept' ? part.concept : part.of) === concept) roles.add(negated ? 'and not' : role);
        return;
      case 'not':
        visit(part.of, role, !negated);
        return;
      default:
        visit(part.left, part.kind, negated);
        visit(part.right, part.kind, negated);
    }
  };
  visit(formula, 'alone', false);
  return [...roles];
}

/** The units whose best formula uses a concept, by falling IoU; equal ones by unit. */
export function conceptUsers(rows: readonly UnitRow[], concept: number): readonly ConceptUser[] {
  const users: ConceptUser[] = [];
  for (const row of rows) {
    const formula = row.explanation.best?.formula;
    if (formula && row.concepts.includes(concept)) users.push({ row, formula, roles: conceptRoles(formula, concept) });
  }
  return users.sort((one, other) => other.row.iou - one.row.iou || one.row.unit - other.row.unit);
}

/** The concepts that stand in formulas together with one, with the number of those formulas, by falling number; equal ones by concept. */
export function companions(
  users: readonly ConceptUser[],
  concept: number,
): readonly { readonly concept: number; readonly units: number }[] {
  const counts = new Map<number, number>();
  for (const { row } of users) {
    for (const other of row.concepts) if (other !== concept) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  return [...counts]
    .map(([other, units]) => ({ concept: other, units }))
    .sort((one, other) => other.units - one.units || one.concept - other.concept);
}

/** A concept as the list of all concepts shows it. */
export interface ConceptRow {
  readonly concept: Concept;
  readonly name: string;
  /** Units whose best formula uses it. */
  readonly units: number;
  /** Positions and samples it has in what was read; 0 while that is not known. */
  readonly positions: number;
  readonly samples: number;
}

/** Rows of all concepts, in the order of the probing set. */
export function conceptRows(
  concepts: readonly Concept[],
  units: readonly UnitRow[],
  coverage: ConceptCoverage | null,
): readonly ConceptRow[] {
  const counts = new Uint32Array(concepts.length);
  for (const row of units) for (const concept of row.concepts) counts[concept] += 1;
  return concepts.map((concept, id) => ({
    concept,
    name: conceptName(concept),
    units: counts[id],
    positions: coverage?.sizes[id] ?? 0,
    samples: coverage?.samples[id] ?? 0,
  }));
}

/** Columns the list of concepts is sorted by. */
export type ConceptColumn = 'name' | 'category' | 'positions' | 'samples' | 'units';

const compare: Readonly<Record<ConceptColumn, (one: ConceptRow, other: ConceptRow) => number>> = {
  name: (one, other) => one.name.localeCompare(other.name),
  category: (one, other) => one.concept.category.localeCompare(other.concept.category),
  positions: (one, other) => one.positions - other.positions,
  samples: (one, other) => one.samples - other.samples,
  units: (one, other) => one.units - other.units,
};

/** Rows in an order; equal ones by name. */
export function sortConcepts(
  rows: readonly ConceptRow[],
  column: ConceptColumn,
  order: 'up' | 'down',
): readonly ConceptRow[] {
  const sign = order === 'up' ? 1 : -1;
  return [...rows].sort((one, other) => sign * compare[column](one, other) || compare.name(one, other));
}

/** The concepts whose name or category has all words of a text, those whose name starts with it first. */
export function findConcepts(rows: readonly ConceptRow[], text: string): readonly ConceptRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return rows;
  const starts = ({ name }: ConceptRow): boolean => name.toLowerCase().startsWith(words[0]);
  const found = rows.filter(({ concept, name }) => {
    const all = `${name} ${concept.name} ${concept.category}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  return [...found.filter(starts), ...found.filter((row) => !starts(row))];
}
