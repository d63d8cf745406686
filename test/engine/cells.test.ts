import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasBit } from '../../src/engine/bits/bitset.ts';
import { openCellMaps, sampleCells } from '../../src/engine/cells/cell-maps.ts';
import { openCellTable } from '../../src/engine/cells/cell-table.ts';
import { CellPartBuilder } from '../../src/engine/cells/cell-part-builder.ts';
import { formulaBits } from '../../src/engine/formula/evaluate.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import { cellsOf } from './support/cells-of.ts';
import { build, countByPositions, positionsOf, randomFormula, randomProbing } from './support/random-probing.ts';

describe('cells', () => {
  it('group positions by signature: counts, concept sizes and posting lists are those of the positions', () => {
    fc.assert(
      fc.property(randomProbing, (probing) => {
        const { table } = build(probing);
        const positions = positionsOf(probing);
        const signature = (concepts: ReadonlySet<number>): string => [...concepts].sort((a, b) => a - b).join();
        const expected = new Map<string, number>();
        for (const concepts of positions)
          expected.set(signature(concepts), (expected.get(signature(concepts)) ?? 0) + 1);
        const found = new Map<string, number>();
        for (let cell = 0; cell < table.cellCount; cell++) {
          const key = table.signatures.subarray(table.signatureStart[cell], table.signatureStart[cell + 1]).join();
          expect(found.has(key)).toBe(false);
          found.set(key, table.n[cell]);
        }
        expect(found).toEqual(expected);
        expect(table.positionCount).toBe(positions.length);
        for (let concept = 0; concept < probing.conceptCount; concept++) {
          expect(table.sizes[concept]).toBe(positions.filter((concepts) => concepts.has(concept)).length);
          const cells = [...table.postings.subarray(table.postingStart[concept], table.postingStart[concept + 1])];
          expect(cells).toEqual([...cells].sort((a, b) => a - b));
          expect(cells.reduce((sum, cell) => sum + table.n[cell], 0)).toBe(table.sizes[concept]);
        }
      }),
    );
  });

  it('lead back from every position to its signature', () => {
    fc.assert(
      fc.property(randomProbing, (probing) => {
        const { table, maps } = build(probing);
        const positions = positionsOf(probing);
        const perSample = probing.grid.height * probing.grid.width;
        for (let sample = 0; sample < probing.samples.length; sample++) {
          const { palette, index } = sampleCells(maps, sample);
          for (let at = 0; at < perSample; at++) {
            const cell = palette[index[at]];
            const signature = table.signatures.subarray(table.signatureStart[cell], table.signatureStart[cell + 1]);
            expect(new Set(signature)).toEqual(positions[sample * perSample + at]);
          }
        }
      }),
    );
  });

  it('give every formula the size and the intersection it has over positions', () => {
    const withFormula = randomProbing.chain((probing) =>
      fc.record({ probing: fc.constant(probing), formula: randomFormula(probing.conceptCount) }),
    );
    fc.assert(
      fc.property(withFormula, ({ probing, formula }) => {
        const { table, maps, tables } = build(probing);
        const bits = formulaBits(formula, tables);
        let size = 0;
        for (let cell = 0; cell < table.cellCount; cell++) if (hasBit(bits, cell)) size += table.n[cell];
        let intersection = 0;
        for (const [sample, mask] of probing.masks.entries()) {
          const { palette, index } = sampleCells(maps, sample);
          for (const [at, inMask] of mask.entries()) if (inMask && hasBit(bits, palette[index[at]])) intersection++;
        }
        expect({ size, intersection }).toEqual(countByPositions(probing, formula));
      }),
      { numRuns: 300 },
    );
  });

  it('are read from their buffers as they were written', () => {
    fc.assert(
      fc.property(randomProbing, (probing) => {
        const { table, maps } = build(probing);
        expect(openCellTable(table.buffer)).toEqual(table);
        expect(openCellMaps(maps.buffer)).toEqual(maps);
      }),
      { numRuns: 20 },
    );
  });

  it('take two bytes a position where a sample has more than 256 of them', () => {
    const positions = 20 * 20;
    const labels = { planes: [Uint16Array.from({ length: positions }, (_, at) => at + 1)], everywhere: [] };
    const { table, maps } = cellsOf({ height: 20, width: 20 }, positions, [labels]);
    const { palette, index } = sampleCells(maps, 0);
    expect(index).toBeInstanceOf(Uint16Array);
    expect(Array.from(index, (i) => table.signatures[table.signatureStart[palette[i]]])).toEqual(
      Array.from({ length: positions }, (_, at) => at),
    );
  });

  it('refuse labels that do not fit', () => {
    const builder = new CellPartBuilder({ height: 2, width: 2 }, 3, 2);
    expect(() => builder.add({ planes: [new Uint16Array(3)], everywhere: [] })).toThrow(
      'A label map has 3 values, not 4.',
    );
    expect(() => builder.add({ planes: [], everywhere: [3 as ConceptId] })).toThrow(
      'Concept 3 is out of range; there are 3.',
    );
  });
});
