import { setBit, wordsFor } from '../bits/bitset.ts';
import type { SearchTables } from '../search/tables.ts';
import type { Formula } from './formula.ts';

/**
 * The cells in which a formula holds.
 *
 * @returns a bitset over cells; bits beyond the last cell are clear
 */
export function formulaBits(formula: Formula, tables: SearchTables): Uint32Array {
  const { cellCount, postingStart, postings } = tables.cells;
  const bits = new Uint32Array(wordsFor(cellCount));
  const mark = (concept: number): void => {
    for (let i = postingStart[concept]; i < postingStart[concept + 1]; i++) setBit(bits, postings[i]);
  };
  switch (formula.kind) {
    case 'concept':
      mark(formula.concept);
      return bits;
    case 'neighbors':
      for (let i = tables.neighborStart[formula.of]; i < tables.neighborStart[formula.of + 1]; i++)
        mark(tables.neighbors[i]);
      return bits;
    case 'not': {
      const inner = formulaBits(formula.of, tables);
      for (let i = 0; i < bits.length; i++) bits[i] = ~inner[i];
      const beyond = cellCount & 31;
      if (beyond !== 0) bits[bits.length - 1] &= 2 ** beyond - 1;
      return bits;
    }
    default: {
      const left = formulaBits(formula.left, tables);
      const right = formulaBits(formula.right, tables);
      const and = formula.kind === 'and';
      for (let i = 0; i < bits.length; i++) bits[i] = and ? left[i] & right[i] : left[i] | right[i];
      return bits;
    }
  }
}
