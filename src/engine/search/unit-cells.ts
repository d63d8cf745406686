import type { UnitCounts } from '../activation/unit-mask.ts';
import { hasBit, setBit, wordsFor } from '../bits/bitset.ts';
import { neighborsOf } from './cell-set.ts';
import { OverlapCounts } from './overlap-counts.ts';
import type { SearchTables } from './tables.ts';

/**
 * One unit's mask laid over the cells, and what of it a search begins with. Made once a worker, with the scratch memory of all its
 * searches; {@link load} moves it to another unit.
 */
export class UnitCells {
  readonly #tables: SearchTables;
  /** `[cells]` mask positions in each cell. */
  readonly #perCell: Uint32Array;
  #loaded: UnitCounts = { cells: new Uint32Array(), counts: new Uint32Array(), area: 0, firing: 0 };
  /** `[concepts]` |M and C|. */
  readonly intersections: Float64Array;
  /** What extending formulas takes. */
  readonly overlaps: OverlapCounts;
  /** `[concepts]` |NEIGHBORS(C)|, which no unit changes; NaN where it was not asked for. */
  readonly #neighborSizes: Float64Array;
  /** Cells met in a walk over several posting lists; empty between walks. */
  readonly #met: Uint32Array;

  constructor(tables: SearchTables) {
    const { cellCount, conceptCount } = tables.cells;
    this.#tables = tables;
    this.#perCell = new Uint32Array(cellCount);
    this.intersections = new Float64Array(conceptCount);
    this.overlaps = new OverlapCounts(tables, this.#perCell, this.intersections);
    this.#neighborSizes = new Float64Array(conceptCount).fill(NaN);
    this.#met = new Uint32Array(wordsFor(cellCount));
  }

  /** |M| of the unit loaded. */
  get area(): number {
    return this.#loaded.area;
  }

  /** Takes another unit's counts; at once where they are those it has. */
  load(counts: UnitCounts): void {
    if (counts === this.#loaded) return;
    const perCell = this.#perCell;
    const intersections = this.intersections;
    for (const cell of this.#loaded.cells) perCell[cell] = 0;
    this.#loaded = counts;
    intersections.fill(0);
    const { signatureStart, signatures } = this.#tables.cells;
    for (let i = 0; i < counts.cells.length; i++) {
      const cell = counts.cells[i];
      const count = counts.counts[i];
      perCell[cell] = count;
      const to = signatureStart[cell + 1];
      for (let j = signatureStart[cell]; j < to; j++) intersections[signatures[j]] += count;
    }
  }

  /** |NEIGHBORS(C)| */
  neighborSize(concept: number): number {
    if (Number.isNaN(this.#neighborSizes[concept])) {
      this.#neighborSizes[concept] = this.#sumOverNeighbors(concept, this.#tables.cells.n);
    }
    return this.#neighborSizes[concept];
  }

  /** |M and NEIGHBORS(C)|, not above this: the sum over the concepts it is the union of. */
  neighborIntersectionAtMost(concept: number): number {
    const { neighborStart, neighbors } = this.#tables;
    let sum = 0;
    for (let i = neighborStart[concept]; i < neighborStart[concept + 1]; i++) sum += this.intersections[neighbors[i]];
    return Math.min(sum, this.area);
  }

  /** |M and NEIGHBORS(C)| */
  neighborIntersection(concept: number): number {
    return this.#sumOverNeighbors(concept, this.#perCell);
  }

  /** Sums a value of each cell over the cells of NEIGHBORS(C). */
  #sumOverNeighbors(concept: number, ofCell: Uint32Array): number {
    const { postingStart, postings } = this.#tables.cells;
    const concepts = neighborsOf(this.#tables, concept);
    const met = this.#met;
    let sum = 0;
    for (const one of concepts) {
      for (let i = postingStart[one]; i < postingStart[one + 1]; i++) {
        const cell = postings[i];
        if (hasBit(met, cell)) continue;
        setBit(met, cell);
        sum += ofCell[cell];
      }
    }
    for (const one of concepts) {
      for (let i = postingStart[one]; i < postingStart[one + 1]; i++) met[postings[i] >>> 5] = 0;
    }
    return sum;
  }
}
