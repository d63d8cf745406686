import type { UnitCounts } from '../activation/unit-mask.ts';
import { hasBit, setBit, wordsFor } from '../bits/bitset.ts';
import type { Node } from './node.ts';
import type { SearchTables } from './tables.ts';

/** Memory for the vectors of single concepts kept between units. */
const keptBytes = 64 * 2 ** 20;

/**
 * One unit's mask laid over the cells, and what the search asks of it. Made once a worker; {@link load} moves it to another unit.
 *
 * Nothing here loops over positions, nor over all cells: work is over posting lists.
 */
export class UnitCells {
  readonly #tables: SearchTables;
  /** `[cells]` mask positions in each cell. */
  readonly #perCell: Uint32Array;
  #loaded: UnitCounts = { cells: new Uint32Array(), counts: new Uint32Array(), area: 0, firing: 0 };
  /** `[concepts]` |M and C|. */
  readonly intersections: Float64Array;
  /** |C and C'| of single concepts, which no unit changes. */
  readonly #pairs = new Map<number, Float64Array>();

  constructor(tables: SearchTables) {
    this.#tables = tables;
    this.#perCell = new Uint32Array(tables.cells.cellCount);
    this.intersections = new Float64Array(tables.cells.conceptCount);
  }

  /** |M| of the unit loaded. */
  get area(): number {
    return this.#loaded.area;
  }

  /** Takes another unit's counts; at once where they are those it has. */
  load(counts: UnitCounts): void {
    if (counts === this.#loaded) return;
    for (const cell of this.#loaded.cells) this.#perCell[cell] = 0;
    this.#loaded = counts;
    this.intersections.fill(0);
    const { signatureStart, signatures } = this.#tables.cells;
    for (let i = 0; i < counts.cells.length; i++) {
      const cell = counts.cells[i];
      this.#perCell[cell] = counts.counts[i];
      for (let j = signatureStart[cell]; j < signatureStart[cell + 1]; j++) {
        this.intersections[signatures[j]] += counts.counts[i];
      }
    }
  }

  /** |L| and |M and L| of a set of cells given as a bitset. Loops over all its words; for NEIGHBORS and checks only. */
  measure(bits: Uint32Array): { size: number; intersection: number } {
    const { n } = this.#tables.cells;
    let size = 0;
    let intersection = 0;
    for (let word = 0; word < bits.length; word++) {
      for (let rest = bits[word]; rest !== 0; rest &= rest - 1) {
        const cell = word * 32 + 31 - Math.clz32(rest & -rest);
        size += n[cell];
        intersection += this.#perCell[cell];
      }
    }
    return { size, intersection };
  }

  /** The cells in which a node's formula holds. */
  bitsOf(node: Node): Uint32Array {
    return (node.bits ??= this.#makeBits(node));
  }

  /** Completes a node for extension: its bitset and its vectors over concepts. */
  prepare(node: Node): void {
    if (node.sizeWith) return;
    const { conceptCount } = this.#tables.cells;
    const parent = node.parent;
    if (!parent) {
      this.#prepareStart(node);
      return;
    }
    this.prepare(parent);
    const fresh = node.operator === 'and';
    node.sizeWith = fresh ? new Float64Array(conceptCount) : (parent.sizeWith ?? new Float64Array()).slice();
    node.intersectionWith = fresh
      ? new Float64Array(conceptCount)
      : (parent.intersectionWith ?? new Float64Array()).slice();
    // OR gains the cells of C outside L; AND keeps, AND NOT loses, those inside.
    const inside = node.operator !== 'or';
    const sign = node.operator === 'and-not' ? -1 : 1;
    this.#addPostings(node.concept, this.bitsOf(parent), inside, sign, node.sizeWith, node.intersectionWith);
    this.bitsOf(node);
  }

  #prepareStart(node: Node): void {
    const { conceptCount } = this.#tables.cells;
    node.intersectionWith = new Float64Array(conceptCount);
    if (node.operator === 'neighbors') {
      node.sizeWith = new Float64Array(conceptCount);
      const seen = new Uint32Array(wordsFor(this.#tables.cells.cellCount));
      for (const concept of this.#neighborsOf(node.concept)) {
        this.#addPostings(concept, seen, false, 1, node.sizeWith, node.intersectionWith);
        this.#mark(concept, seen);
      }
      node.bits = seen;
      return;
    }
    const known = this.#pairs.get(node.concept);
    node.sizeWith = known ?? new Float64Array(conceptCount);
    this.#addPostings(node.concept, undefined, false, 1, known ? undefined : node.sizeWith, node.intersectionWith);
    if (!known && (this.#pairs.size + 1) * conceptCount * 8 <= keptBytes) this.#pairs.set(node.concept, node.sizeWith);
    this.bitsOf(node);
  }

  /** Adds the cells of a concept, those inside or outside `bits`, to vectors over concepts. */
  #addPostings(
    concept: number,
    bits: Uint32Array | undefined,
    inside: boolean,
    sign: 1 | -1,
    sizeWith: Float64Array | undefined,
    intersectionWith: Float64Array,
  ): void {
    const { n, signatureStart, signatures, postingStart, postings } = this.#tables.cells;
    const perCell = this.#perCell;
    const end = postingStart[concept + 1];
    for (let i = postingStart[concept]; i < end; i++) {
      const cell = postings[i];
      if (bits !== undefined && (((bits[cell >>> 5] >>> (cell & 31)) & 1) === 1) !== inside) continue;
      const inMask = sign * perCell[cell];
      const from = signatureStart[cell];
      const to = signatureStart[cell + 1];
      if (sizeWith !== undefined) {
        const size = sign * n[cell];
        for (let j = from; j < to; j++) sizeWith[signatures[j]] += size;
      }
      if (inMask !== 0) for (let j = from; j < to; j++) intersectionWith[signatures[j]] += inMask;
    }
  }

  #neighborsOf(concept: number): Uint16Array {
    const { neighbors, neighborStart } = this.#tables;
    return neighbors.subarray(neighborStart[concept], neighborStart[concept + 1]);
  }

  #mark(concept: number, bits: Uint32Array): void {
    const { postingStart, postings } = this.#tables.cells;
    for (let i = postingStart[concept]; i < postingStart[concept + 1]; i++) setBit(bits, postings[i]);
  }

  #makeBits(node: Node): Uint32Array {
    const { cellCount, postingStart, postings } = this.#tables.cells;
    if (!node.parent) {
      const bits = new Uint32Array(wordsFor(cellCount));
      const concepts = node.operator === 'neighbors' ? this.#neighborsOf(node.concept) : [node.concept];
      for (const concept of concepts) this.#mark(concept, bits);
      return bits;
    }
    const before = this.bitsOf(node.parent);
    const bits = node.operator === 'and' ? new Uint32Array(before.length) : before.slice();
    for (let i = postingStart[node.concept]; i < postingStart[node.concept + 1]; i++) {
      const cell = postings[i];
      if (node.operator === 'and-not') bits[cell >>> 5] &= ~(1 << (cell & 31));
      else if (node.operator === 'or' || hasBit(before, cell)) setBit(bits, cell);
    }
    return bits;
  }
}
