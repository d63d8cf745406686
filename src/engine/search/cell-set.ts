import { hasBit, setBit, wordsFor } from '../bits/bitset.ts';
import type { CellSet, Node } from './node.ts';
import type { SearchTables } from './tables.ts';

/** The cells in which a node's formula holds. Work is over the posting list of its last concept, once the parent's cells are known. */
export function cellsOf(tables: SearchTables, node: Node): CellSet {
  return (node.cells ??= makeCells(tables, node));
}

function makeCells(tables: SearchTables, node: Node): CellSet {
  const { cellCount, postingStart, postings } = tables.cells;
  if (!node.parent) {
    return unionOf(tables, node.operator === 'neighbors' ? neighborsOf(tables, node.concept) : [node.concept]);
  }
  const before = cellsOf(tables, node.parent);
  const bits = node.operator === 'and' ? new Uint32Array(wordsFor(cellCount)) : before.bits.slice();
  let inBoth = 0;
  const from = postingStart[node.concept];
  const to = postingStart[node.concept + 1];
  for (let i = from; i < to; i++) {
    const cell = postings[i];
    if (hasBit(before.bits, cell)) {
      inBoth++;
      if (node.operator === 'and') setBit(bits, cell);
      else if (node.operator === 'and-not') bits[cell >>> 5] &= ~(1 << (cell & 31));
    } else if (node.operator === 'or') setBit(bits, cell);
  }
  if (node.operator === 'and') return { bits, count: inBoth };
  return { bits, count: before.count + (node.operator === 'or' ? to - from - inBoth : -inBoth) };
}

function unionOf({ cells }: SearchTables, concepts: Iterable<number>): CellSet {
  const bits = new Uint32Array(wordsFor(cells.cellCount));
  let count = 0;
  for (const concept of concepts) {
    for (let i = cells.postingStart[concept]; i < cells.postingStart[concept + 1]; i++) {
      if (hasBit(bits, cells.postings[i])) continue;
      setBit(bits, cells.postings[i]);
      count++;
    }
  }
  return { bits, count };
}

/** The concepts whose union NEIGHBORS of a concept is. */
export function neighborsOf({ neighbors, neighborStart }: SearchTables, concept: number): Uint16Array {
  return neighbors.subarray(neighborStart[concept], neighborStart[concept + 1]);
}
