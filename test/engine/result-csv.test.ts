import { csvParse } from 'd3-dsv';
import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import type { LayerClasses } from '../../src/engine/results/layer-results.ts';
import { resultCsv } from '../../src/engine/results/result-csv.ts';

const concepts = [
  ['pre:man', 'pre:tok'],
  ['hyp:tag:NN', 'hyp:tag'],
  ['overlap-75%', 'overlap'],
].map(([name, category], id) => ({ id: id as ConceptId, number: id, name, category }));
const concept = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });
const near: Formula = { kind: 'neighbors', of: 0 as ConceptId };
const formula: Formula = {
  kind: 'and',
  left: { kind: 'or', left: near, right: concept(1) },
  right: { kind: 'not', of: concept(2) },
};
const scored = (of: Formula, score: number) => ({ formula: of, size: 10, intersection: 4, iou: score, score });

const unit = (number: number, rest: Partial<UnitExplanation>): UnitExplanation => ({
  ...{ unit: number as UnitId, state: 'explained', threshold: 0, area: 4, firing: 4 },
  ...{ best: null, byLength: [], beam: [], top: [] },
  ...rest,
});
const units = [
  unit(0, { best: scored(formula, 0.25), byLength: [scored(near, 0.125), scored(formula, 0.25)] }),
  unit(1, { state: 'silent', area: 0, firing: 0 }),
];
const gold = ['entailment', 'neutral', 'contradiction', null, 'entailment', 'contradiction'];
const classes: LayerClasses = {
  names: ['Contradiction', 'entailment', 'neutral'],
  weights: [
    [0.5, -0.25, 0.125],
    [1, 2, 3],
  ],
  predicted: [1, 1, 0, 2, 1, -1],
};
const firing = (of: UnitId): readonly number[] => (of === 0 ? [0, 1, 2, 3, 5] : []);

describe('the table of a model of sentence pairs', () => {
  it("begins with the reference's columns, in its notation, with weights by the classes' names", () => {
    const text = resultCsv({ concepts, units, classes }, gold, firing);
    const rows = csvParse(text);
    expect(rows.columns.slice(0, 9)).toEqual([
      ...['neuron', 'feature', 'category', 'category_fine', 'iou', 'feature_length'],
      ...['w_entail', 'w_neutral', 'w_contra'],
    ]);
    expect(rows[0]).toMatchObject({
      neuron: '0',
      feature: '(((NEIGHBORS pre:man) OR hyp:tag:NN) AND (NOT overlap-75%))',
      category: '(((NEIGHBORS pre) OR hyp) AND (NOT oth))',
      category_fine: '(((NEIGHBORS pre:tok) OR hyp:tag) AND (NOT oth:overlap))',
      ...{ iou: '0.25', feature_length: '5', w_entail: '-0.25', w_neutral: '0.125', w_contra: '0.5' },
      ...{ feature_noncomp: '(NEIGHBORS pre:man)', iou_noncomp: '0.125' },
    });
    expect(rows[1]).toMatchObject({ feature: 'NONE', iou: '0', feature_length: '1', w_entail: '2' });
  });

  it('counts gold labels where a unit fires, and the accuracy there among pairs with a label and a prediction', () => {
    const [first, second] = csvParse(resultCsv({ concepts, units, classes }, gold, firing));
    expect(first).toMatchObject({ active: '4', active_entail: '1', active_neutral: '1', active_contra: '2' });
    expect(Number(first.accuracy)).toBeCloseTo(2 / 3, 15);
    expect(second).toMatchObject({ active: '0', active_entail: '0', accuracy: '' });
  });

  it('leaves empty what is not known', () => {
    const known = { weights: null, names: ['yes', 'no'], predicted: classes.predicted };
    const tables = [
      resultCsv({ concepts, units }, null, () => null),
      resultCsv({ concepts, units, classes: known }, null, firing),
      resultCsv({ concepts, units, classes: known }, gold, () => null),
    ];
    for (const text of tables) {
      const [first] = csvParse(text);
      expect(first).toMatchObject({ iou: '0.25', w_entail: '', w_contra: '', active_entail: '', accuracy: '' });
    }
  });
});
