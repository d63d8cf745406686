import { describe, expect, it } from 'vitest';
import type { Concept } from '../../src/engine/concepts.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import { unitRow } from '../../src/state/unit-rows.ts';
import {
  companions,
  conceptRoles,
  conceptRows,
  conceptUsers,
  findConcepts,
  sortConcepts,
} from '../../src/ui/pages/concept/concept-users.ts';

const concepts: readonly Concept[] = ['water', 'river', 'blue-c', 'street-s'].map((name, id) => ({
  id: id as ConceptId,
  number: id + 1,
  name,
  category: name.endsWith('-c') ? 'color' : name.endsWith('-s') ? 'scene' : 'object',
}));
const [water, river, blue, street] = concepts.map(({ id }): Formula => ({ kind: 'concept', concept: id }));
const or = (left: Formula, right: Formula): Formula => ({ kind: 'or', left, right });
const and = (left: Formula, right: Formula): Formula => ({ kind: 'and', left, right });
const not = (of: Formula): Formula => ({ kind: 'not', of });

function unit(number: number, formula: Formula | null, iou: number): UnitExplanation {
  const best = formula && { formula, iou, score: iou, size: 10, intersection: 5 };
  return {
    unit: number as UnitId,
    state: best ? 'explained' : 'unrelated',
    threshold: 1,
    area: 10,
    firing: 3,
    best,
    byLength: best ? [best] : [],
    beam: [],
    top: [],
  };
}

const rows = [
  unit(0, and(or(water, river), not(blue)), 0.2),
  unit(1, null, 0),
  unit(2, water, 0.3),
  unit(3, or(and(river, street), water), 0.2),
  unit(4, blue, 0.1),
].map((explanation) => unitRow(explanation, concepts));

describe('units that use a concept', () => {
  it('are told with what it does in their formulas', () => {
    const formula = and(or(water, river), not(blue));
    expect([0, 1, 2, 3].map((concept) => conceptRoles(formula, concept))).toEqual([['or'], ['or'], ['and not'], []]);
    expect(conceptRoles(water, 0)).toEqual(['alone']);
    expect(conceptRoles(and(or(water, river), water), 0)).toEqual(['or', 'and']);
    expect(conceptRoles(and(river, not(or(water, not(street)))), 0)).toEqual(['and not']);
    expect(conceptRoles(and(river, not(or(water, not(street)))), 3)).toEqual(['or']);
    expect(conceptRoles({ kind: 'neighbors', of: 2 as ConceptId }, 2)).toEqual(['alone']);
  });

  it('stand by falling IoU, then by unit, and name the concepts beside it', () => {
    const users = conceptUsers(rows, 0);
    expect(users.map(({ row }) => row.unit)).toEqual([2, 0, 3]);
    expect(companions(users, 0)).toEqual([
      { concept: 1, units: 2 },
      { concept: 2, units: 1 },
      { concept: 3, units: 1 },
    ]);
    expect(conceptUsers(rows, 3).map(({ row }) => row.unit)).toEqual([3]);
  });
});

describe('the list of concepts', () => {
  const list = conceptRows(concepts, rows, {
    positions: 100,
    samplesRead: 4,
    sizes: Float64Array.of(10, 40, 5, 40),
    samples: Uint32Array.of(1, 3, 2, 4),
  });

  it('counts units and knows what each concept covers', () => {
    expect(list.map(({ units }) => units)).toEqual([3, 2, 2, 1]);
    expect(list.map(({ positions }) => positions)).toEqual([10, 40, 5, 40]);
  });

  it('is sorted by any column, equal ones by name', () => {
    const names = (sorted: typeof list): readonly string[] => sorted.map(({ name }) => name);
    expect(names(sortConcepts(list, 'positions', 'down'))).toEqual(['river', 'street', 'water', 'blue']);
    expect(names(sortConcepts(list, 'units', 'up'))).toEqual(['street', 'blue', 'river', 'water']);
    expect(names(sortConcepts(list, 'category', 'up'))).toEqual(['blue', 'river', 'water', 'street']);
  });

  it('is searched by name and category, names that start with the text first', () => {
    const names = (text: string): readonly string[] => findConcepts(list, text).map(({ name }) => name);
    expect(names('')).toHaveLength(4);
    expect(names('r')).toEqual(['river', 'water', 'blue', 'street']);
    expect(names('OBJ')).toEqual(['water', 'river']);
    expect(names('object riv')).toEqual(['river']);
    expect(names('zebra')).toEqual([]);
  });
});
