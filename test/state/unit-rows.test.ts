import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Concept } from '../../src/engine/concepts.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import type { SortableColumn } from '../../src/state/columns.ts';
import { columnNames } from '../../src/state/columns.ts';
import { formulaOperators } from '../../src/engine/formula/operators.ts';
import { filterRows, findParts, noFilter, sortRows, unitRow } from '../../src/state/unit-rows.ts';
import type { RowFilter, UnitRow } from '../../src/state/unit-rows.ts';

const concepts: readonly Concept[] = [
  { id: 0 as ConceptId, number: 1, name: 'water', category: 'object' },
  { id: 1 as ConceptId, number: 2, name: 'blue-c', category: 'color' },
  { id: 2 as ConceptId, number: 3, name: 'roof', category: 'part' },
  { id: 3 as ConceptId, number: 4, name: 'traffic_light', category: 'object' },
  { id: 4 as ConceptId, number: 5, name: 'waterfall', category: 'object' },
];

const atom = (concept: number): Formula => ({ kind: 'concept', concept: concept as ConceptId });
const or = (left: Formula, right: Formula): Formula => ({ kind: 'or', left, right });
const and = (left: Formula, right: Formula): Formula => ({ kind: 'and', left, right });
const not = (of: Formula): Formula => ({ kind: 'not', of });

function row(unit: number, formula: Formula | null, iou: number): UnitRow {
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
      top: best ? [{ sample: 3, peak: 2 + unit }] : [],
    },
    concepts,
  );
}

const rows = [
  row(0, or(atom(0), atom(1)), 0.3),
  row(1, atom(2), 0.1),
  row(2, null, 0),
  row(12, atom(1), 0.1),
  row(20, and(or(atom(3), atom(4)), not(atom(1))), 0.2),
];
const units = (list: readonly { readonly unit: number }[]): number[] => list.map(({ unit }) => unit);
const left = (filter: Partial<RowFilter>): number[] => units(filterRows(rows, { ...noFilter, ...filter }, concepts));

describe('unitRow', () => {
  it('takes text, IoUs, concepts, categories and operators from the formula', () => {
    expect(rows[0]).toMatchObject({
      text: 'water OR blue-c',
      iou: 0.3,
      iou1: 0.15,
      length: 2,
      concepts: [0, 1],
      categories: ['object', 'color'],
      operators: ['or'],
      peak: 2,
      share: 1,
    });
    expect(rows[2]).toMatchObject({ text: '', iou: 0, length: 0, categories: [], operators: [], peak: null });
    expect(rows[4]).toMatchObject({ length: 3, operators: ['or', 'and-not'] });
  });
});

describe('formulaOperators', () => {
  it('tells AND from AND NOT, and finds NEIGHBORS', () => {
    const near: Formula = { kind: 'neighbors', of: 0 as ConceptId };
    expect(formulaOperators(and(atom(0), atom(1)))).toEqual(['and']);
    expect(formulaOperators(and(or(near, atom(2)), not(atom(1))))).toEqual(['neighbors', 'or', 'and-not']);
    expect(formulaOperators(atom(1))).toEqual([]);
  });
});

describe('findParts', () => {
  it.each([
    ['', [], []],
    ['water Blue', ['water', 'blue'], []],
    ['unit 12', ['12'], []],
    ['uses:water sky', ['sky'], ['water']],
    ['uses:"traffic light" USES:blue x', ['x'], ['traffic light', 'blue']],
    ['uses:', [], []],
  ])('%j', (find, words, uses) => {
    expect(findParts(find)).toEqual({ words, uses });
  });
});

describe('filterRows', () => {
  it.each<[Partial<RowFilter>, number[]]>([
    [{ find: 'blue' }, [0, 12, 20]],
    [{ find: 'BLUE water' }, [0, 20]],
    [{ find: '1' }, [1]],
    [{ find: '12' }, [12]],
    [{ find: 'unit 12' }, [12]],
    [{ find: 'traffic light' }, [20]],
    [{ find: 'uses:water' }, [0]],
    [{ find: 'uses:wat' }, [0, 20]],
    [{ find: 'uses:blue' }, [0, 12, 20]],
    [{ find: 'uses:traffic_light' }, [20]],
    [{ find: 'uses:sky' }, []],
    [{ category: 'part' }, [1]],
    [{ operator: 'or' }, [0, 20]],
    [{ operator: 'and-not' }, [20]],
    [{ operator: 'and' }, []],
    [{ operator: 'single' }, [1, 12]],
    [{ state: 'silent' }, [2]],
    [{ from: 0.05, to: 0.2 }, [1, 12, 20]],
    [{ to: 0.15 }, [1, 12]],
    [{ uses: 1 }, [0, 12, 20]],
    [{ uses: 1, operator: 'or', from: 0.25 }, [0]],
    [{}, [0, 1, 2, 12, 20]],
  ])('%o', (filter, expected) => {
    expect(left(filter)).toEqual(expected);
  });

  it('leaves no more when a filter is added', () => {
    const filters: Partial<RowFilter>[] = [
      { find: 'water' },
      { category: 'object' },
      { operator: 'or' },
      { state: 'explained' },
      { from: 0.15 },
      { uses: 0 },
    ];
    fc.assert(
      fc.property(fc.subarray(filters), fc.constantFrom(...filters), (some, one) => {
        const before = left(Object.assign({}, ...some) as Partial<RowFilter>);
        const after = left(Object.assign({}, ...some, one) as Partial<RowFilter>);
        expect(after).toEqual(before.filter((unit) => left(one).includes(unit)));
      }),
    );
  });
});

describe('sortRows', () => {
  it('sorts either way, those without a value last, equal ones by unit', () => {
    expect(units(sortRows(rows, 'iou', 'down'))).toEqual([0, 20, 1, 12, 2]);
    expect(units(sortRows(rows, 'iou', 'up'))).toEqual([1, 12, 20, 0, 2]);
    expect(units(sortRows(rows, 'formula', 'up'))).toEqual([20, 12, 1, 0, 2]);
    expect(units(sortRows(rows, 'firing', 'down'))).toEqual([20, 12, 2, 1, 0]);
    expect(units(sortRows(rows, 'peak', 'down'))).toEqual([20, 12, 1, 0, 2]);
    expect(units(sortRows(rows, 'length', 'up'))).toEqual([1, 12, 0, 20, 2]);
  });

  it.each(columnNames.filter((name): name is SortableColumn => name !== 'picture'))(
    'keeps every row and puts units without a formula last by what formulas decide: %s',
    (column) => {
      const up = sortRows(rows, column, 'up');
      expect([...units(up)].sort((one, other) => one - other)).toEqual(units(rows));
      expect([...units(sortRows(rows, column, 'down'))].sort((one, other) => one - other)).toEqual(units(rows));
    },
  );
});
