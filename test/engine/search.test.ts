import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulaLength, referenceLength } from '../../src/engine/formula/length.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { SearchSettings } from '../../src/engine/results/explanation.ts';
import { beamSearch } from '../../src/engine/search/beam.ts';
import { nodeFormula } from '../../src/engine/search/node.ts';
import { UnitCells } from '../../src/engine/search/unit-cells.ts';
import type { UnitCounts } from '../../src/engine/activation/unit-mask.ts';
import { sampleCells } from '../../src/engine/cells/cell-maps.ts';
import {
  build,
  categoryNames,
  holds,
  maskOf,
  positionsOf,
  randomProbing,
  type RandomProbing,
} from './support/random-probing.ts';

interface Scored {
  readonly formula: Formula;
  readonly score: number;
  /** The positions where it holds, as text. */
  readonly set: string;
}

/** The same search as the definition reads: formulas one by one, every one over all positions. */
function slowSearch(probing: RandomProbing, settings: SearchSettings): { byLength: Scored[]; beam: Scored[] } {
  const positions = positionsOf(probing);
  const mask = maskOf(probing);
  const area = mask.filter((inMask) => inMask === 1).length;
  const reference = settings.mode === 'reference';
  const score = (formula: Formula): Scored => {
    const inside = positions.map((concepts) => holds(formula, concepts));
    const intersection = inside.filter((is, at) => is && mask[at] === 1).length;
    const size = inside.filter(Boolean).length;
    const iou = intersection / (area + size - intersection + (reference ? 1e-10 : 0)) || 0;
    const length = reference ? referenceLength(formula) : formulaLength(formula);
    return { formula, score: iou * settings.penalty ** (length - 1), set: inside.map(Number).join('') };
  };
  const best = (all: readonly Scored[], most: number): Scored[] => {
    const sorted = [...all].sort((a, b) => b.score - a.score);
    if (reference) return sorted.slice(0, most);
    return sorted.filter((one, i) => sorted.findIndex((other) => other.set === one.set) === i).slice(0, most);
  };
  const concept = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });
  const ids = Array.from({ length: probing.conceptCount }, (_, id) => id);
  const singles = ids
    .filter((id) => !settings.without.includes(categoryNames[id % categoryNames.length]))
    .filter((id) => positions.filter((concepts) => concepts.has(id)).length >= settings.minConcept)
    .map((id) => score(concept(id)));
  const overlapping = singles.filter((single) => single.score > 0);
  const candidates =
    settings.candidates === null
      ? singles.filter((single) => single.set.includes('1')).map((single) => single.formula)
      : [...overlapping]
          .sort((a, b) => b.score - a.score)
          .slice(0, settings.candidates)
          .map((single) => single.formula);
  let beam = best(overlapping, settings.beam);
  const byLength = beam.slice(0, 1);
  for (let length = 2; length <= settings.length && beam.length > 0; length++) {
    const longer = beam.flatMap(({ formula: left }) =>
      candidates.flatMap((right): Scored[] => {
        const longer: Record<string, Formula> = {
          or: { kind: 'or', left, right },
          and: { kind: 'and', left, right },
          'and-not': { kind: 'and', left, right: { kind: 'not', of: right } },
        };
        return Object.entries(longer)
          .filter(([operator]) => settings.operators.some((used) => used === operator))
          .map(([, formula]) => score(formula));
      }),
    );
    beam = best([...beam, ...longer.filter((one) => reference || one.score > 0)], settings.beam);
    byLength.push(beam[0]);
  }
  return { byLength, beam };
}

function fastSearch(probing: RandomProbing, settings: SearchSettings) {
  const { maps, tables } = build(probing);
  const perCell = new Map<number, number>();
  for (const [sample, mask] of probing.masks.entries()) {
    const { palette, index } = sampleCells(maps, sample);
    for (const [at, inMask] of mask.entries()) {
      if (inMask) perCell.set(palette[index[at]], (perCell.get(palette[index[at]]) ?? 0) + 1);
    }
  }
  const counts: UnitCounts = {
    cells: Uint32Array.from(perCell.keys()),
    counts: Uint32Array.from(perCell.values()),
    area: maskOf(probing).filter((inMask) => inMask === 1).length,
    firing: 0,
  };
  const unit = new UnitCells(tables);
  // A worker's scratch memory has seen other units before.
  unit.load({ cells: Uint32Array.of(0), counts: Uint32Array.of(1), area: 1, firing: 1 });
  beamSearch(tables, unit, settings);
  unit.load(counts);
  return beamSearch(tables, unit, settings);
}

const settings = fc.record({
  length: fc.integer({ min: 1, max: 5 }),
  beam: fc.integer({ min: 1, max: 6 }),
  penalty: fc.constantFrom(1, 0.95, 0.7),
  candidates: fc.constantFrom(null, 1, 3),
  minActive: fc.constant(0),
  minConcept: fc.constantFrom(0, 0, 1, 2, 4, 8),
  operators: fc.subarray(['or', 'and', 'and-not', 'neighbors'] as const),
  without: fc.subarray([...categoryNames, 'texture']),
});

for (const mode of ['reference', 'default'] as const) {
  describe(`beam search, ${mode} mode`, () => {
    it('finds the same beam in the same order as a search over all positions', () => {
      fc.assert(
        fc.property(randomProbing, settings, (probing, chosen) => {
          fc.pre(maskOf(probing).includes(1));
          const slow = slowSearch(probing, { ...chosen, mode });
          const fast = fastSearch(probing, { ...chosen, mode });
          expect(fast.beam.map((node) => node.score)).toEqual(slow.beam.map((one) => one.score));
          expect(fast.beam.map(nodeFormula)).toEqual(slow.beam.map((one) => one.formula));
          expect(fast.byLength.map(nodeFormula)).toEqual(slow.byLength.map((one) => one.formula));
        }),
        { numRuns: 400 },
      );
    });
  });
}

describe('default mode', () => {
  it('keeps no two formulas that hold at the same positions', () => {
    fc.assert(
      fc.property(randomProbing, settings, (probing, chosen) => {
        fc.pre(maskOf(probing).includes(1));
        const { beam } = fastSearch(probing, { ...chosen, mode: 'default' });
        const positions = positionsOf(probing);
        const sets = beam.map((node) =>
          positions.map((concepts) => Number(holds(nodeFormula(node), concepts))).join(''),
        );
        expect(new Set(sets).size).toBe(sets.length);
      }),
    );
  });
});
