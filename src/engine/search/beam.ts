import { equalBits } from '../bits/bitset.ts';
import type { SearchOperator, SearchSettings } from '../results/explanation.ts';
import { cellsOf } from './cell-set.ts';
import type { Node, Operator } from './node.ts';
import { allowedConcepts, type SearchTables } from './tables.ts';
import { TopList } from './top-list.ts';
import type { UnitCells } from './unit-cells.ts';

/** What a search found. */
export interface Found {
  /** Entry k: the best node after step k + 1; formulas of at most k + 1 concepts. Empty where no concept overlaps the mask. */
  readonly byLength: readonly Node[];
  /** The last beam, best first. */
  readonly beam: readonly Node[];
}

/**
 * Beam search for the formula with the highest score against a unit's mask (paper, section 3, "Search"; docs/method.md, Search).
 *
 * In `reference` mode it repeats the reference program: same starts, same order, ties to the first inserted, repeated formulas keep
 * their places. In `default` mode formulas that hold in the same cells take one place, the shortest's, then the first's. In both,
 * operators that are not asked for are not tried, and concepts left out, by category or by size, stand nowhere.
 *
 * @param unit the unit's counts over the cells, loaded
 */
export function beamSearch(tables: SearchTables, unit: UnitCells, settings: SearchSettings): Found {
  const search = new BeamSearch(tables, unit, settings);
  return search.run();
}

class BeamSearch {
  readonly #tables: SearchTables;
  readonly #unit: UnitCells;
  readonly #settings: SearchSettings;
  readonly #reference: boolean;
  /** Added to every union: the reference's guard for pictures, which decides ties. */
  readonly #epsilon: number;
  /** Penalty to the power of a length less one, by length. */
  readonly #factor: readonly number[];
  readonly #operators: ReadonlySet<SearchOperator>;
  /** The concepts that may stand in a formula, ascending. */
  readonly #concepts: readonly number[];

  constructor(tables: SearchTables, unit: UnitCells, settings: SearchSettings) {
    this.#tables = tables;
    this.#unit = unit;
    this.#settings = settings;
    this.#reference = settings.mode === 'reference';
    this.#epsilon = this.#reference && tables.flavour === 'pictures' ? 1e-10 : 0;
    this.#factor = Array.from({ length: 2 * settings.length + 3 }, (_, length) => settings.penalty ** (length - 1));
    this.#operators = new Set(settings.operators);
    this.#concepts = allowedConcepts(tables, settings);
  }

  run(): Found {
    const { overlaps } = this.#unit;
    const { starts, candidates } = this.#begin();
    const byLength = starts.slice(0, 1);
    let beam = starts;
    let extended: readonly Node[] = [];
    let fresh = starts;
    while (fresh.length > 0 && byLength.length < this.#settings.length) {
      for (const node of fresh) overlaps.prepare(node);
      // What extends a formula a second time was offered the first time: by default it has its place, or is not good enough for one.
      const extend = this.#reference ? beam : fresh;
      for (const node of extended) if (!extend.includes(node)) overlaps.release(node);
      const before = new Set(beam);
      beam = this.#step(beam, extend, candidates);
      byLength.push(beam[0]);
      fresh = beam.filter((node) => !before.has(node));
      extended = extend;
    }
    for (const node of extended) overlaps.release(node);
    // A beam that a step leaves as it was stays so.
    while (beam.length > 0 && byLength.length < this.#settings.length) byLength.push(beam[0]);
    return { byLength, beam };
  }

  /**
   * The best formulas of length 1, of each concept, followed in text by its NEIGHBORS, in the reference's order; and the concepts that
   * extend formulas, in the order in which they are tried.
   */
  #begin(): { starts: readonly Node[]; candidates: readonly number[] } {
    const { cells, flavour, hasNeighbors, neighborStart } = this.#tables;
    const { intersections, area } = this.#unit;
    const { sizes } = cells;
    const asInText = this.#reference && flavour === 'pairs';
    const withNeighbors = flavour === 'pairs' && this.#operators.has('neighbors');
    const limit = this.#settings.candidates;
    const starts = new TopList<Node>(this.#settings.beam);
    const best = new TopList<Node>(limit ?? 0);
    const candidates: number[] = [];
    for (const concept of this.#concepts) {
      const overlapping = intersections[concept] > 0;
      if (overlapping || asInText) {
        const node = this.#node(undefined, 'concept', concept, sizes[concept], intersections[concept]);
        this.#offerStart(starts, node);
        if (limit !== null && overlapping) best.offer(node);
      }
      // Labels that no position has are no candidates in the reference, and of no use.
      if (asInText ? overlapping : sizes[concept] > 0) candidates.push(concept);
      const own = neighborStart[concept + 1] - neighborStart[concept] > 1;
      // The reference tries NEIGHBORS of every feature, those without any included.
      if (!withNeighbors || !(this.#reference || (hasNeighbors && own))) continue;
      const most = this.#unit.neighborIntersectionAtMost(concept);
      if (asInText && most > 0) candidates.push(concept);
      if (most === 0 && !asInText) continue;
      const size = this.#unit.neighborSize(concept);
      const factor = this.#factor[this.#reference ? 2 : 1];
      if ((most / (area + size - most)) * factor <= starts.bar) continue;
      const intersection = this.#unit.neighborIntersection(concept);
      this.#offerStart(starts, this.#node(undefined, 'neighbors', concept, size, intersection));
    }
    const limited = limit !== null && !asInText;
    return { starts: starts.items, candidates: limited ? best.items.map((node) => node.concept) : candidates };
  }

  #offerStart(starts: TopList<Node>, node: Node): void {
    if (!(node.score > starts.bar)) return;
    if (this.#reference || !this.#denotedIn(starts.items, node)) starts.offer(node);
  }

  /** The best of a beam and of what extends some of its formulas. */
  #step(beam: readonly Node[], extend: readonly Node[], candidates: readonly number[]): readonly Node[] {
    const top = new TopList<Node>(this.#settings.beam);
    for (const node of beam) top.offer(node);
    const { sizes } = this.#tables.cells;
    const { area, intersections } = this.#unit;
    const every = this.#reference;
    const withOr = this.#operators.has('or');
    const withAnd = this.#operators.has('and');
    const withNot = this.#operators.has('and-not');
    for (const node of extend) {
      const { size, intersection, overlaps } = node;
      if (!overlaps) throw new Error('A node must be prepared before it is extended.');
      const { inMask, offMask } = overlaps;
      const union = area + size - intersection;
      const longer = this.#factor[this.#exponent(node) + 1];
      const negated = every ? this.#factor[this.#exponent(node) + 2] : longer;
      let bar = surelyBelow(top.bar);
      for (const concept of candidates) {
        const bothInMask = inMask[concept];
        const bothOff = offMask[concept];
        const both = bothInMask + bothOff;
        // By default only where C divides L and holds outside it too; else L, C, or something shorter stands for the same positions.
        if (every || (both < size && both < sizes[concept])) {
          const or = intersection + intersections[concept] - bothInMask;
          const orUnion = union + sizes[concept] - intersections[concept] - bothOff;
          if (withOr && or * longer > bar * orUnion) {
            this.#offer(top, node, 'or', concept, size + sizes[concept] - both, or);
            bar = surelyBelow(top.bar);
          }
          if (withAnd && bothInMask * longer > bar * (area + bothOff)) {
            this.#offer(top, node, 'and', concept, both, bothInMask);
            bar = surelyBelow(top.bar);
          }
        }
        const not = intersection - bothInMask;
        if (withNot && (every || both > 0) && not * negated > bar * (union - bothOff)) {
          this.#offer(top, node, 'and-not', concept, size - both, not);
          bar = surelyBelow(top.bar);
        }
      }
    }
    return top.items;
  }

  #offer(
    top: TopList<Node>,
    parent: Node,
    operator: Operator,
    concept: number,
    size: number,
    intersection: number,
  ): void {
    if (!this.#reference && intersection === 0) return;
    const node = this.#node(parent, operator, concept, size, intersection);
    if (!(node.score > top.bar)) return;
    if (this.#reference || !this.#denotedIn(top.items, node)) top.offer(node);
  }

  /** Does a formula that stands already hold in the very same cells? */
  #denotedIn(items: readonly Node[], node: Node): boolean {
    return items.some(
      (other) =>
        other.size === node.size &&
        other.intersection === node.intersection &&
        equalBits(cellsOf(this.#tables, other).bits, cellsOf(this.#tables, node).bits),
    );
  }

  /** The length on which the penalty counts. */
  #exponent(node: Node): number {
    return this.#reference ? node.referenceLength : node.length;
  }

  #node(parent: Node | undefined, operator: Operator, concept: number, size: number, intersection: number): Node {
    const iou = intersection / (this.#unit.area + size - intersection + this.#epsilon) || 0;
    const length = (parent?.length ?? 0) + 1;
    const extra = operator === 'and-not' || operator === 'neighbors' ? 2 : 1;
    const referenceLength = (parent?.referenceLength ?? 0) + extra;
    return {
      parent,
      operator,
      concept,
      length,
      referenceLength,
      size,
      intersection,
      iou,
      score: iou * this.#factor[this.#reference ? referenceLength : length],
      cells: undefined,
      overlaps: undefined,
    };
  }
}

/**
 * A bar with room for rounding: where an intersection times its penalty is not above this times the union, the score is not above the bar.
 * Spares most extensions the division.
 */
const surelyBelow = (bar: number): number => bar * (1 - 1e-9);
