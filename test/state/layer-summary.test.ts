import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import type { ScoredFormula, UnitExplanation, UnitState } from '../../src/engine/results/explanation.ts';
import { layerSummary, usersOfConcepts } from '../../src/state/layer-summary.ts';
import { unitRow } from '../../src/state/unit-rows.ts';

const concepts = ['water', 'sky', 'roof'].map((name, id) => ({
  id: id as ConceptId,
  number: id + 1,
  name,
  category: name === 'roof' ? 'part' : 'object',
}));
const atom = (concept: number): Formula => ({ kind: 'concept', concept: concept as ConceptId });
const scored = (formula: Formula, iou: number): ScoredFormula => ({
  formula,
  iou,
  score: iou,
  size: 1,
  intersection: 1,
});

function unit(number: number, byLength: readonly ScoredFormula[], state: UnitState = 'explained'): UnitExplanation {
  const best = byLength.at(-1) ?? null;
  return {
    unit: number as UnitId,
    state,
    threshold: 0,
    area: 0,
    firing: 0,
    best,
    byLength,
    beam: [],
    top: [],
  };
}

const both: Formula = { kind: 'or', left: atom(0), right: atom(2) };
const rows = [
  unit(0, [scored(atom(0), 0.1), scored(both, 0.3)]),
  unit(1, [scored(atom(0), 0.2), scored(atom(0), 0.2)]),
  unit(2, [scored(atom(2), 0.4), scored(both, 0.4)]),
  unit(3, [], 'constant'),
  unit(4, [], 'silent'),
  unit(5, [], 'unrelated'),
].map((explanation) => unitRow(explanation, concepts));

describe('layerSummary', () => {
  const summary = layerSummary(rows, (concept) => concepts[concept].category);

  it('counts units by state, and dead ones', () => {
    expect(summary).toMatchObject({ units: 6, explained: 3, dead: 2, distinct: 2 });
    expect(summary.states).toEqual({ explained: 3, constant: 1, silent: 1, unrelated: 1 });
  });

  it('averages over the explained units', () => {
    expect(summary.meanIou).toBeCloseTo(0.3, 12);
    expect(summary.medianIou).toBeCloseTo(0.3, 12);
    expect(summary.meanIou1).toBeCloseTo(0.7 / 3, 12);
    expect(summary.meanLength).toBeCloseTo(5 / 3, 12);
    expect(summary.byLength.map((iou) => iou.toFixed(6))).toEqual(['0.233333', '0.300000']);
  });

  it('counts concepts once a unit, categories and operators as often as they stand', () => {
    expect(summary.concepts).toEqual([
      { concept: 0, units: 3 },
      { concept: 2, units: 2 },
    ]);
    expect([...summary.categories]).toEqual([
      ['object', 3],
      ['part', 2],
    ]);
    expect([...summary.operators]).toEqual([
      ['or', 2],
      ['single', 1],
    ]);
    expect([...usersOfConcepts([rows, rows])]).toEqual([
      [0, 6],
      [2, 4],
    ]);
  });

  it('has no means where nothing is explained', () => {
    expect(layerSummary(rows.slice(3), () => '')).toMatchObject({
      explained: 0,
      meanIou: null,
      medianIou: null,
      meanLength: null,
      byLength: [],
    });
  });
});
