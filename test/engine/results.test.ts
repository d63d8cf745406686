import { csvParse } from 'd3-dsv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBundle, packBundle } from '../../src/engine/bits/bundle.ts';
import { Fault, faultTable } from '../../src/engine/fault.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import { formulaConcepts, formulaLength, referenceLength } from '../../src/engine/formula/length.ts';
import { formulaText, referenceText } from '../../src/engine/formula/print.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import { csvText } from '../../src/engine/results/csv.ts';
import { tallyCsv } from '../../src/engine/results/tally.ts';

const concept = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });
const names = ['water', 'river', 'blue-c', '=SUM(A1)', '<b>bold</b>'];
const name = (id: ConceptId): string => names[id];
const waterNotBlue: Formula = {
  kind: 'and',
  left: { kind: 'or', left: concept(0), right: concept(1) },
  right: { kind: 'not', of: concept(2) },
};

describe('formulas in words', () => {
  it("have every bracket in the reference's notation, and only the needed ones for people", () => {
    expect(referenceText(waterNotBlue, name)).toBe('((water OR river) AND (NOT blue-c))');
    expect(formulaText(waterNotBlue, name)).toBe('(water OR river) AND NOT blue-c');
    const chain: Formula = { kind: 'or', left: { kind: 'or', left: concept(0), right: concept(1) }, right: concept(2) };
    expect(formulaText(chain, name)).toBe('water OR river OR blue-c');
    const neighbors: Formula = { kind: 'neighbors', of: 1 as ConceptId };
    expect(referenceText(neighbors, name)).toBe('(NEIGHBORS river)');
    expect(formulaText(neighbors, name)).toBe('NEIGHBORS(river)');
    expect(formulaText({ kind: 'not', of: chain }, name)).toBe('NOT (water OR river OR blue-c)');
  });

  it('count concepts, and in the reference NOT and NEIGHBORS too', () => {
    expect([formulaLength(waterNotBlue), referenceLength(waterNotBlue)]).toEqual([3, 4]);
    expect(referenceLength({ kind: 'neighbors', of: 1 as ConceptId })).toBe(2);
    expect(formulaConcepts(waterNotBlue)).toEqual([0, 1, 2]);
  });
});

describe('tables', () => {
  it('read back as the text they were, except for what a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }), (cells) => {
        const [row] = csvParse(csvText([cells.map((_, i) => `column ${i}`), cells]));
        const found = cells.map((_, i) => row[`column ${i}`]);
        expect(found).toEqual(cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)));
      }),
    );
    expect(csvText([[-1.5, null, '-1.5']])).toBe("-1.5,,'-1.5\n");
  });

  it('have one row a unit, NONE for units without a formula, and labels as text', () => {
    const scored = (formula: Formula) => ({ formula, size: 10, intersection: 4, iou: 0.4, score: 0.1 + 0.2 });
    const common = { threshold: 1, area: 4, firing: 1, top: [], beam: [] };
    const csv = tallyCsv({
      concepts: names.map((text, id) => ({ id: id as ConceptId, number: id, name: text, category: 'object' })),
      units: [
        {
          ...common,
          unit: 0 as UnitId,
          state: 'explained',
          best: scored(waterNotBlue),
          byLength: [scored(concept(3)), scored(waterNotBlue)],
        },
        { ...common, unit: 1 as UnitId, state: 'silent', best: null, byLength: [] },
      ],
    });
    expect(csv.split('\n')).toEqual([
      'unit,category,label,score,length,category_noncomp,label_noncomp,score_noncomp',
      "0,((object OR object) AND (NOT object)),((water OR river) AND (NOT blue-c)),0.30000000000000004,4,object,'=SUM(A1),0.30000000000000004",
      '1,NONE,NONE,0,1,NONE,NONE,0',
      '',
    ]);
  });
});

describe('bundles', () => {
  it('give back every array, aligned, and the values beside them', () => {
    const arrays = fc.dictionary(
      fc.string({ maxLength: 8 }).filter((key) => key !== '__proto__'),
      fc.oneof(
        fc.uint8Array({ maxLength: 9 }),
        fc.uint16Array({ maxLength: 9 }),
        fc.uint32Array({ maxLength: 9 }),
        fc.float32Array({ maxLength: 9 }),
        fc.float64Array({ maxLength: 9 }),
      ),
      { maxKeys: 6 },
    );
    fc.assert(
      fc.property(arrays, fc.string(), (packed, title) => {
        const { arrays: found, meta } = openBundle(packBundle({ meta: { title }, arrays: { ...packed } }));
        expect(meta).toEqual({ title });
        expect({ ...found }).toEqual({ ...packed });
      }),
    );
  });
});

describe('faults', () => {
  it('carry a code of room and kind, and the sentence with its details', () => {
    const faults = faultTable('room', { 'no-row': (file: string, row: number) => `${file} has no row ${row}.` });
    const fault = faults['no-row']('index.csv', 3);
    expect(fault).toBeInstanceOf(Fault);
    expect([fault.code, fault.message]).toEqual(['room/no-row', 'index.csv has no row 3.']);
  });
});
