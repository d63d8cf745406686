import { wordsFor } from '../bits/bitset.ts';
import { cellsOf } from './cell-set.ts';
import type { CellSet, Node, Overlaps } from './node.ts';
import type { SearchTables } from './tables.ts';

/** Memory for |C and C'| of single concepts kept between units. */
const keptBytes = 64 * 2 ** 20;

/** A set of cells whose overlaps are known, from which another's follow. */
interface Base {
  readonly bits: Uint32Array;
  readonly overlaps: Overlaps | undefined;
  /** Cells in which the other set differs: all are in it, or none is. */
  readonly changed: number;
  readonly sign: 1 | -1;
}

/**
 * Counts how nodes meet every concept, for the unit loaded. A node's counts follow from those of no cell, of all cells, or of its parent,
 * corrected by the signatures of the cells in which it differs from whichever is nearest: never more than half of all cells. A cell that is
 * in the mask wholly or not at all, as pairs are, costs one addition for each of its concepts.
 *
 * Vectors that are taken back are used again, so that a search holds as many as its beams have places, however long its formulas.
 */
export class OverlapCounts {
  readonly #tables: SearchTables;
  readonly #perCell: Uint32Array;
  readonly #intersections: Float64Array;
  readonly #noCells: Uint32Array;
  readonly #allCells: Uint32Array;
  /** |C and C'| of single concepts, which no unit changes. */
  readonly #pairs = new Map<number, Float64Array>();
  readonly #free: Overlaps[] = [];

  /**
   * @param perCell `[cells]` mask positions in each cell; read anew at each call, as is
   * @param intersections `[concepts]` |M and C|
   */
  constructor(tables: SearchTables, perCell: Uint32Array, intersections: Float64Array) {
    const { cellCount } = tables.cells;
    this.#tables = tables;
    this.#perCell = perCell;
    this.#intersections = intersections;
    this.#noCells = new Uint32Array(wordsFor(cellCount));
    this.#allCells = new Uint32Array(wordsFor(cellCount)).fill(0xffff_ffff);
    if (cellCount % 32 !== 0) this.#allCells[cellCount >>> 5] = 2 ** (cellCount % 32) - 1;
  }

  /** Completes a node for extension. Its parent's overlaps are used where they are there. */
  prepare(node: Node): void {
    node.overlaps ??= node.operator === 'concept' ? this.#ofConcept(node.concept) : this.#fromNearest(node);
  }

  /** Takes back what {@link prepare} gave a node. */
  release(node: Node): void {
    if (node.overlaps) this.#free.push(node.overlaps);
    node.overlaps = undefined;
  }

  #fromNearest(node: Node): Overlaps {
    const { cellCount, sizes } = this.#tables.cells;
    const cells = cellsOf(this.#tables, node);
    const base = this.#nearest(node, cells, cellCount);
    const overlaps = this.#take();
    const { inMask, offMask } = overlaps;
    if (base.overlaps) {
      inMask.set(base.overlaps.inMask);
      offMask.set(base.overlaps.offMask);
    } else if (base.bits === this.#noCells) {
      inMask.fill(0);
      offMask.fill(0);
    } else {
      inMask.set(this.#intersections);
      for (let concept = 0; concept < sizes.length; concept++) offMask[concept] = sizes[concept] - inMask[concept];
    }
    this.#correct(overlaps, base, cells.bits);
    return overlaps;
  }

  #nearest({ parent, operator }: Node, { count }: CellSet, cellCount: number): Base {
    let best: Base = { bits: this.#noCells, overlaps: undefined, changed: count, sign: 1 };
    if (cellCount - count < best.changed) {
      best = { bits: this.#allCells, overlaps: undefined, changed: cellCount - count, sign: -1 };
    }
    if (parent?.overlaps) {
      const before = cellsOf(this.#tables, parent);
      const changed = Math.abs(before.count - count);
      const sign = operator === 'or' ? 1 : -1;
      if (changed < best.changed) best = { bits: before.bits, overlaps: parent.overlaps, changed, sign };
    }
    return best;
  }

  /** Adds the cells in which `bits` differ from a base's, or takes them away. */
  #correct({ inMask, offMask }: Overlaps, base: Base, bits: Uint32Array): void {
    const { n, signatureStart, signatures } = this.#tables.cells;
    const perCell = this.#perCell;
    const { bits: before, sign } = base;
    for (let word = 0; word < bits.length; word++) {
      for (let rest = before[word] ^ bits[word]; rest !== 0; rest &= rest - 1) {
        const cell = word * 32 + 31 - Math.clz32(rest & -rest);
        const from = signatureStart[cell];
        const to = signatureStart[cell + 1];
        const inside = perCell[cell];
        const outside = sign * (n[cell] - inside);
        if (inside !== 0) for (let j = from; j < to; j++) inMask[signatures[j]] += sign * inside;
        if (outside !== 0) for (let j = from; j < to; j++) offMask[signatures[j]] += outside;
      }
    }
  }

  /** A single concept's: those of its positions that are in the mask, or those that are not, are counted, whichever lie in fewer cells. */
  #ofConcept(concept: number): Overlaps {
    const { n, signatureStart, signatures, postingStart, postings } = this.#tables.cells;
    const perCell = this.#perCell;
    const pairs = this.#pairsOf(concept);
    const overlaps = this.#take();
    const start = postingStart[concept];
    const end = postingStart[concept + 1];
    let surplus = 0;
    for (let i = start; i < end; i++) {
      const cell = postings[i];
      if (perCell[cell] !== 0) surplus++;
      if (perCell[cell] !== n[cell]) surplus--;
    }
    const countsInside = surplus <= 0;
    const counted = countsInside ? overlaps.inMask : overlaps.offMask;
    const other = countsInside ? overlaps.offMask : overlaps.inMask;
    counted.fill(0);
    for (let i = start; i < end; i++) {
      const cell = postings[i];
      const count = countsInside ? perCell[cell] : n[cell] - perCell[cell];
      if (count === 0) continue;
      const to = signatureStart[cell + 1];
      for (let j = signatureStart[cell]; j < to; j++) counted[signatures[j]] += count;
    }
    for (let i = 0; i < other.length; i++) other[i] = pairs[i] - counted[i];
    return overlaps;
  }

  /** |C and C'| for every C'. */
  #pairsOf(concept: number): Float64Array {
    const known = this.#pairs.get(concept);
    if (known) return known;
    const { n, conceptCount, signatureStart, signatures, postingStart, postings } = this.#tables.cells;
    const pairs = new Float64Array(conceptCount);
    for (let i = postingStart[concept]; i < postingStart[concept + 1]; i++) {
      const cell = postings[i];
      const to = signatureStart[cell + 1];
      for (let j = signatureStart[cell]; j < to; j++) pairs[signatures[j]] += n[cell];
    }
    if ((this.#pairs.size + 1) * conceptCount * 8 <= keptBytes) this.#pairs.set(concept, pairs);
    return pairs;
  }

  #take(): Overlaps {
    const free = this.#free.pop();
    if (free) return free;
    const { conceptCount } = this.#tables.cells;
    return { inMask: new Float64Array(conceptCount), offMask: new Float64Array(conceptCount) };
  }
}
