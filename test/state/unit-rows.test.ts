import { describe, expect, it } from 'vitest';
import type { Concept } from '../../src/engine/concepts.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import { filterRows, sortRows, unitRow } from '../../src/state/unit-rows.ts';

const concepts: readonly Concept[] = [
  { id: 0 as ConceptId, number: 1, name: 'water', category: 'object' },
  { id: 1 as ConceptId, number: 2, name: 'blue-c', category: 'color' },
  { id: 2 as ConceptId, number: 3, name: 'roof', category: 'part' },
];

function row(unit: number, ids: readonly number[], iou: number): ReturnType<typeof unitRow> {
  const atoms = ids.map((id): Formula => ({ kind: 'concept', concept: id as ConceptId }));
  const formula = atoms.length > 0 ? atoms.reduce((left, right) => ({ kind: 'or', left, right })) : null;
  const best = formula && { formula, iou, score: iou, size: 1, intersection: 1 };
  return unitRow(
    {
      unit: unit as UnitId,
      state: best ? 'explained' : 'silent',
      threshold: 1,
      area: 1,
      firing: unit * 2,
      best,
      byLength: best ? [{ ...best, iou: iou / 2 }] : [],
      beam: [],
      top: [],
    },
    concepts,
  );
}

const rows = [row(0, [0, 1], 0.3), row(1, [2], 0.1), row(2, [], 0), row(12, [1], 0.1)];
const all = { find: '', category: '', state: '', from: 0, to: 1 };
const units = (list: readonly { readonly unit: number }[]): number[] => list.map(({ unit }) => unit);

describe('unitRow', () => {
  it('takes text, IoUs and categories from the formula', () => {
    expect(rows[0]).toMatchObject({ text: 'water OR blue-c', iou: 0.3, iou1: 0.15, categories: ['object', 'color'] });
    expect(rows[2]).toMatchObject({ text: '', iou: 0, categories: [] });
  });
});

describe('filterRows', () => {
  it.each([
    [{ find: 'blue' }, [0, 12]],
    [{ find: 'BLUE water' }, [0]],
    [{ find: '1' }, [1]],
    [{ find: '12' }, [12]],
    [{ category: 'part' }, [1]],
    [{ state: 'silent' }, [2]],
    [{ from: 0.05, to: 0.2 }, [1, 12]],
    [{ to: 0.2 }, [1, 12]],
    [{}, [0, 1, 2, 12]],
  ])('%o', (filter, left) => {
    expect(units(filterRows(rows, { ...all, ...filter }))).toEqual(left);
  });
});

describe('sortRows', () => {
  it('sorts either way, equal ones by unit', () => {
    expect(units(sortRows(rows, 'iou', 'down'))).toEqual([0, 1, 12, 2]);
    expect(units(sortRows(rows, 'iou', 'up'))).toEqual([2, 1, 12, 0]);
    expect(units(sortRows(rows, 'formula', 'up'))).toEqual([2, 12, 1, 0]);
    expect(units(sortRows(rows, 'firing', 'down'))).toEqual([12, 2, 1, 0]);
  });
});
