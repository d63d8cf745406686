import fc from 'fast-check';
import type { Concept } from '../../../../src/engine/concepts.ts';
import type { Formula } from '../../../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../../../src/engine/ids.ts';
import type { ScoredFormula, UnitExplanation } from '../../../../src/engine/results/explanation.ts';
import type { LayerClasses, LayerResults } from '../../../../src/engine/results/layer-results.ts';
import { randomFormula } from '../../support/random-probing.ts';
import { results } from '../../support/small-report.ts';

/** Six concepts of three categories; two have the same name. */
export const concepts: readonly Concept[] = [
  ['water', 'object'],
  ['river', 'object'],
  ['blue', 'color'],
  ['street', 'scene'],
  ['water', 'scene'],
  ['wheel', 'object'],
].map(([name, category], id) => ({ id: id as ConceptId, number: id, name, category }));

/** Short ways to write formulas. */
export const is = (concept: number): Formula => ({ kind: 'concept', concept: concept as ConceptId });
export const near = (concept: number): Formula => ({ kind: 'neighbors', of: concept as ConceptId });
export const not = (of: Formula): Formula => ({ kind: 'not', of });
export const and = (left: Formula, right: Formula): Formula => ({ kind: 'and', left, right });
export const or = (left: Formula, right: Formula): Formula => ({ kind: 'or', left, right });

/** A unit with a formula and an IoU for each length, from 1. */
export function explained(unit: number, found: readonly (readonly [Formula, number])[]): UnitExplanation {
  const byLength = found.map(([formula, iou]): ScoredFormula => ({
    formula,
    iou,
    score: iou,
    size: 1,
    intersection: 1,
  }));
  return { ...without(unit, 'explained'), best: byLength.at(-1) ?? null, byLength, beam: byLength.slice(-1) };
}

/** A unit without a formula. */
export const without = (unit: number, state: UnitExplanation['state']): UnitExplanation => ({
  ...{ unit: unit as UnitId, state, threshold: 0.5, area: 1, firing: 1 },
  ...{ best: null, byLength: [], beam: [], top: [] },
});

/** Results with these units. */
export function layer(units: readonly UnitExplanation[], length: number, classes?: LayerClasses): LayerResults {
  const settings = { ...results.settings, length };
  return { ...results, concepts, settings, units, unitCount: units.length, ...(classes && { classes }) };
}

const randomUnit = (length: number): fc.Arbitrary<(unit: number) => UnitExplanation> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.array(fc.tuple(formula, fc.integer({ max: 99, min: 0 })), { minLength: 1, maxLength: length }).map(
        (found) => (unit: number) =>
          explained(
            unit,
            found.map(([one, iou]) => [one, iou / 100]),
          ),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('constant', 'unrelated')
        .map((state) => (unit: number) => without(unit, state as 'constant')),
    },
  );

const formula = fc.oneof(
  { weight: 5, arbitrary: randomFormula(concepts.length) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: concepts.length - 1 }).map(near) },
);

/** Layers of up to 12 units with formulas of any shape; some have fewer lengths than were asked for, some no formula. */
export const randomLayer: fc.Arbitrary<LayerResults> = fc
  .integer({ min: 1, max: 4 })
  .chain((length) => fc.tuple(fc.array(randomUnit(length), { maxLength: 12 }), fc.constant(length)))
  .map(([units, length]) =>
    layer(
      units.map((make, unit) => make(unit)),
      length,
    ),
  );

/** A layer with predictions and weights, gold labels, and samples on which each unit fires. */
export const randomClasses = randomLayer.chain((results) =>
  fc.integer({ min: 0, max: 60 }).chain((samples) =>
    fc.record({
      results: fc
        .record({
          names: fc.constantFrom(['river', 'Street', 'wheel'], ['ENTAILMENT', 'neutral', 'contradictory']),
          weights: fc.option(
            fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }), {
              minLength: results.units.length,
              maxLength: results.units.length,
            }),
          ),
          predicted: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: samples, maxLength: samples }),
        })
        .map((classes): LayerResults => ({ ...results, classes })),
      gold: fc.array(fc.constantFrom('river', 'street', 'wheel', 'entailment', null), {
        minLength: samples,
        maxLength: samples,
      }),
      firing: fc
        .array(fc.subarray(Array.from({ length: samples }, (_, sample) => sample)), {
          minLength: results.units.length,
          maxLength: results.units.length,
        })
        .map((lists) => (unit: UnitId) => lists[unit]),
    }),
  ),
);
