import { equalBits } from '../bits/bitset.ts';
import type { SearchOperator, SearchSettings } from '../results/explanation.ts';
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
    const starts = this.#starts();
    const candidates = this.#candidates(starts);
    let beam: readonly Node[] = this.#firstBeam(starts);
    if (beam.length === 0) return { byLength: [], beam };
    const byLength = [beam[0]];
    for (let length = 2; length <= this.#settings.length; length++) {
      for (const node of beam) this.#unit.prepare(node);
      beam = this.#step(beam, candidates);
      byLength.push(beam[0]);
    }
    return { byLength, beam };
  }

  /** Every formula of length 1, in the reference's order: each concept, followed in text by its NEIGHBORS. */
  #starts(): readonly Node[] {
    const { cells, flavour, hasNeighbors, neighborStart } = this.#tables;
    const withNeighbors = flavour === 'pairs' && this.#operators.has('neighbors');
    const starts: Node[] = [];
    for (const concept of this.#concepts) {
      starts.push(this.#node(undefined, 'concept', concept, cells.sizes[concept], this.#unit.intersections[concept]));
      const own = neighborStart[concept + 1] - neighborStart[concept] > 1;
      // The reference tries NEIGHBORS of every feature, those without any included.
      if (withNeighbors && (this.#reference || (hasNeighbors && own))) {
        const node = this.#node(undefined, 'neighbors', concept, 0, 0);
        const { size, intersection } = this.#unit.measure(this.#unit.bitsOf(node));
        starts.push(this.#node(undefined, 'neighbors', concept, size, intersection));
      }
    }
    return starts;
  }

  #firstBeam(starts: readonly Node[]): readonly Node[] {
    const top = new TopList<Node>(this.#settings.beam);
    const anyScore = this.#reference && this.#tables.flavour === 'pairs';
    for (const node of starts) {
      if (node.score <= top.bar || (!anyScore && node.intersection === 0)) continue;
      if (this.#reference || !this.#denotedIn(top.items, node)) top.offer(node);
    }
    return top.items;
  }

  /** The concepts that extend formulas, in the order in which they are tried. */
  #candidates(starts: readonly Node[]): readonly number[] {
    const overlapping = starts.filter((node) => node.intersection > 0);
    if (this.#reference && this.#tables.flavour === 'pairs') return overlapping.map((node) => node.concept);
    const limit = this.#settings.candidates;
    if (limit === null) {
      // Labels that no position has are no candidates in the reference, and of no use.
      const { sizes } = this.#tables.cells;
      return this.#concepts.filter((concept) => sizes[concept] > 0);
    }
    const top = new TopList<Node>(limit);
    for (const node of overlapping) if (node.operator === 'concept') top.offer(node);
    return top.items.map((node) => node.concept);
  }

  #step(beam: readonly Node[], candidates: readonly number[]): readonly Node[] {
    const top = new TopList<Node>(this.#settings.beam);
    for (const node of beam) top.offer(node);
    const { sizes } = this.#tables.cells;
    const { area, intersections } = this.#unit;
    const epsilon = this.#epsilon;
    const withOr = this.#operators.has('or');
    const withAnd = this.#operators.has('and');
    const withNot = this.#operators.has('and-not');
    for (const node of beam) {
      const { size, intersection, sizeWith: v, intersectionWith: w } = node;
      if (!v || !w) throw new Error('A node must be prepared before it is extended.');
      const longer = this.#factor[this.#exponent(node) + 1];
      const negated = this.#reference ? this.#factor[this.#exponent(node) + 2] : longer;
      for (const concept of candidates) {
        const both = v[concept];
        const bothInMask = w[concept];
        const orSize = size + sizes[concept] - both;
        const or = intersection + intersections[concept] - bothInMask;
        if (withOr && (or / (area + orSize - or + epsilon)) * longer > top.bar) {
          this.#offer(top, node, 'or', concept, orSize, or);
        }
        if (withAnd && (bothInMask / (area + both - bothInMask + epsilon)) * longer > top.bar) {
          this.#offer(top, node, 'and', concept, both, bothInMask);
        }
        const notSize = size - both;
        const not = intersection - bothInMask;
        if (withNot && (not / (area + notSize - not + epsilon)) * negated > top.bar) {
          this.#offer(top, node, 'and-not', concept, notSize, not);
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
    if (!this.#reference) {
      if (intersection === 0) return;
      // The same positions as the parent, or as the concept alone: something shorter stands for them already.
      if (size === parent.size) return;
      if (operator !== 'and-not' && size === this.#tables.cells.sizes[concept]) return;
    }
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
        equalBits(this.#unit.bitsOf(other), this.#unit.bitsOf(node)),
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
      bits: undefined,
      sizeWith: undefined,
      intersectionWith: undefined,
    };
  }
}
