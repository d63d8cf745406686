import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnitCounts } from '../../src/engine/activation/unit-mask.ts';
import { sampleCells } from '../../src/engine/cells/cell-maps.ts';
import type { Concept } from '../../src/engine/concepts.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import { formulaLength, referenceLength } from '../../src/engine/formula/length.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { SearchSettings } from '../../src/engine/results/explanation.ts';
import { beamSearch } from '../../src/engine/search/beam.ts';
import { nodeFormula } from '../../src/engine/search/node.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { UnitCells } from '../../src/engine/search/unit-cells.ts';
import { cellsOf } from './support/cells-of.ts';

const grid = { height: 1, width: 1 };

/** Sentence pairs with masks of two units, drawn at random. */
interface Pairs {
  /** For each pair, of each concept, whether it holds. */
  readonly holds: readonly (readonly boolean[])[];
  /** For each concept the concepts whose union NEIGHBORS of it is. */
  readonly neighbors: readonly (readonly number[])[];
  readonly masks: readonly [readonly boolean[], readonly boolean[]];
}

/** Up to 80 pairs, so that cells fill more than two words of a bitset; concepts from rare to nearly everywhere. */
const randomPairs: fc.Arbitrary<Pairs> = fc
  .record({ pairCount: fc.integer({ min: 1, max: 80 }), conceptCount: fc.integer({ min: 1, max: 7 }) })
  .chain(({ pairCount, conceptCount }) => {
    const flags = (length: number): fc.Arbitrary<boolean[]> =>
      fc.integer({ min: 1, max: 9 }).chain((often) =>
        fc.array(
          fc.integer({ min: 0, max: 9 }).map((drawn) => drawn < often),
          { minLength: length, maxLength: length },
        ),
      );
    return fc.record({
      holds: fc
        .array(flags(pairCount), { minLength: conceptCount, maxLength: conceptCount })
        .map((columns) => Array.from({ length: pairCount }, (_, pair) => columns.map((column) => column[pair]))),
      neighbors: fc.tuple(
        ...Array.from({ length: conceptCount }, (_, id) =>
          fc
            .uniqueArray(fc.integer({ min: 0, max: conceptCount - 1 }), { maxLength: 3 })
            .map((near) => [...new Set([id, ...near])].sort((a, b) => a - b)),
        ),
      ),
      masks: fc.tuple(flags(pairCount), flags(pairCount)),
    });
  });

interface Scored {
  readonly formula: Formula;
  readonly score: number;
  /** The pairs where it holds, as text. */
  readonly set: string;
}

/** The search as the definition reads (docs/method.md, Search): formulas one by one, every one over all pairs. */
function slowSearch({ holds, neighbors }: Pairs, mask: readonly boolean[], settings: SearchSettings): Scored[][] {
  const reference = settings.mode === 'reference';
  const isTrue = (formula: Formula, pair: readonly boolean[]): boolean => {
    switch (formula.kind) {
      case 'concept':
        return pair[formula.concept];
      case 'neighbors':
        return neighbors[formula.of].some((near) => pair[near]);
      case 'not':
        return !isTrue(formula.of, pair);
      case 'and':
        return isTrue(formula.left, pair) && isTrue(formula.right, pair);
      case 'or':
        return isTrue(formula.left, pair) || isTrue(formula.right, pair);
    }
  };
  const score = (formula: Formula): Scored => {
    const inside = holds.map((pair) => isTrue(formula, pair));
    const both = inside.filter((is, at) => is && mask[at]).length;
    const either = inside.filter((is, at) => is || mask[at]).length;
    const length = reference ? referenceLength(formula) : formulaLength(formula);
    return { formula, score: (both / either) * settings.penalty ** (length - 1), set: inside.map(Number).join('') };
  };
  const best = (all: readonly Scored[]): Scored[] => {
    const sorted = [...all].sort((a, b) => b.score - a.score);
    const kept = reference
      ? sorted
      : sorted.filter((one, i) => one.score > 0 && sorted.findIndex((other) => other.set === one.set) === i);
    return kept.slice(0, settings.beam);
  };
  const starts = holds[0].flatMap((_, id): Scored[] => {
    const concept: Formula = { kind: 'concept', concept: id as ConceptId };
    const near: Formula = { kind: 'neighbors', of: id as ConceptId };
    return settings.operators.includes('neighbors') ? [score(concept), score(near)] : [score(concept)];
  });
  const overlapping = starts.filter((start) => start.score > 0);
  const plain = ({ formula }: Scored): Formula =>
    formula.kind === 'neighbors' ? { kind: 'concept', concept: formula.of } : formula;
  const candidates = reference
    ? overlapping.map(plain)
    : starts.filter(({ formula, set }) => formula.kind === 'concept' && set.includes('1')).map(plain);
  const beams = [best(starts)];
  while (beams.length < settings.length) {
    const beam = beams[beams.length - 1];
    const longer = beam.flatMap(({ formula: left }) =>
      candidates.flatMap((right): Scored[] => [
        ...(settings.operators.includes('or') ? [score({ kind: 'or', left, right })] : []),
        ...(settings.operators.includes('and') ? [score({ kind: 'and', left, right })] : []),
        ...(settings.operators.includes('and-not')
          ? [score({ kind: 'and', left, right: { kind: 'not', of: right } })]
          : []),
      ]),
    );
    beams.push(best([...beam, ...longer]));
  }
  return beams;
}

function prepare({ holds, neighbors }: Pairs) {
  const conceptCount = holds[0].length;
  const samples = holds.map((pair) => {
    const everywhere = pair.flatMap((is, id) => (is ? [id as ConceptId] : []));
    return { planes: [], everywhere };
  });
  const { table, maps } = cellsOf(grid, conceptCount, samples);
  const concepts = Array.from({ length: conceptCount }, (_, id): Concept => {
    return { id: id as ConceptId, number: id, name: `pre:w${id}`, category: 'pre' };
  });
  const counts = (mask: readonly boolean[]): UnitCounts => {
    const perCell = new Map<number, number>();
    for (const [pair, fires] of mask.entries()) {
      const [cell] = sampleCells(maps, pair).palette;
      if (fires) perCell.set(cell, (perCell.get(cell) ?? 0) + 1);
    }
    const area = mask.filter(Boolean).length;
    return { cells: Uint32Array.from(perCell.keys()), counts: Uint32Array.from(perCell.values()), area, firing: area };
  };
  return { tables: prepareSearch(table, concepts, { grid, neighbors }), counts };
}

const settings = fc.record({
  length: fc.integer({ min: 1, max: 5 }),
  beam: fc.integer({ min: 1, max: 6 }),
  penalty: fc.constantFrom(1, 0.95, 0.7),
  candidates: fc.constant(null),
  minActive: fc.constant(0),
  minConcept: fc.constant(0),
  operators: fc.subarray(['or', 'and', 'and-not', 'neighbors'] as const),
  without: fc.constant([]),
});

describe.each(['reference', 'default'] as const)('beam search on sentence pairs, %s mode', (mode) => {
  it('finds the same beam in the same order as a search over all pairs, unit after unit', () => {
    fc.assert(
      fc.property(randomPairs, settings, (pairs, chosen) => {
        const { tables, counts } = prepare(pairs);
        const unit = new UnitCells(tables);
        for (const mask of pairs.masks.filter((mask) => mask.includes(true))) {
          unit.load(counts(mask));
          const slow = slowSearch(pairs, mask, { ...chosen, mode });
          const fast = beamSearch(tables, unit, { ...chosen, mode });
          const last = slow[slow.length - 1];
          expect(fast.beam.map((node) => node.score)).toEqual(last.map((one) => one.score));
          expect(fast.beam.map(nodeFormula)).toEqual(last.map((one) => one.formula));
          const firsts = slow.flatMap((beam) => beam.slice(0, 1));
          expect(fast.byLength.map(nodeFormula)).toEqual(firsts.map((one) => one.formula));
        }
      }),
      { numRuns: 200 },
    );
  });
});

it('holds counts for two beams at most, however long formulas get', () => {
  fc.assert(
    fc.property(randomPairs, fc.constantFrom('reference', 'default'), (pairs, mode) => {
      const { tables, counts } = prepare(pairs);
      const unit = new UnitCells(tables);
      const prepared = new Set<object>();
      const { overlaps } = unit;
      const prepare0 = overlaps.prepare.bind(overlaps);
      overlaps.prepare = (node) => {
        prepare0(node);
        if (node.overlaps) prepared.add(node.overlaps);
      };
      unit.load(counts(pairs.masks[0].map((fires, pair) => fires || pair === 0)));
      const found = beamSearch(tables, unit, {
        ...{ length: 30, beam: 3, penalty: 1, candidates: null, mode, minActive: 0, minConcept: 0, without: [] },
        operators: ['or', 'and', 'and-not', 'neighbors'],
      });
      expect(prepared.size).toBeLessThanOrEqual(6);
      expect(found.beam.every((node) => node.overlaps === undefined)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
