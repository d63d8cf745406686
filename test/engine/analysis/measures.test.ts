import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActivationCollector } from '../../../src/engine/activation/collector.ts';
import { measuresCsv, measuresJson } from '../../../src/engine/analysis/measures-export.ts';
import {
  countsOfMeasure,
  measureNames,
  measuresAnalysis,
  unitsToMeasure,
  type UnitMeasures,
} from '../../../src/engine/analysis/measures.ts';
import { Explainer } from '../../../src/engine/explain.ts';
import type { ExplainSettings } from '../../../src/engine/results/explanation.ts';
import { UnitMasks } from '../../../src/engine/activation/unit-masks.ts';
import { countedCells } from '../../../src/engine/interchange/counted-cells.ts';
import { FormulaCounter } from '../../../src/engine/measures/formula-counter.ts';
import { measureUnits, measureUnitsInCells } from '../../../src/engine/measures/measure-units.ts';
import { Measurer } from '../../../src/engine/measures/measurer.ts';
import { spearman } from '../../../src/engine/statistics/correlation.ts';
import { build, randomProbing } from '../support/random-probing.ts';

const settings: ExplainSettings = {
  threshold: { kind: 'fixed', above: 0.5 },
  length: 3,
  beam: 5,
  penalty: 1,
  candidates: null,
  mode: 'default',
  minActive: 0,
  minConcept: 0,
  operators: ['or', 'and', 'and-not'],
  without: [],
};

const unitCount = 6;

/** A random probing set with six units of 2 x 2, explained. */
const layers = randomProbing.chain((probing) =>
  fc
    .array(fc.integer({ min: -3, max: 5 }), {
      minLength: probing.samples.length * unitCount * 4,
      maxLength: probing.samples.length * unitCount * 4,
    })
    .map((values) => {
      const { table, maps, tables, concepts } = build(probing);
      const sampleCount = probing.samples.length;
      const collector = new ActivationCollector({ unitCount, sampleCount, height: 2, width: 2, keptQuantile: 1 });
      collector.add(0, sampleCount, Float32Array.from(values));
      const inputs = { search: tables, maps, activations: collector.finish() };
      const explainer = new Explainer(inputs);
      const units = Array.from({ length: unitCount }, (_, unit) => explainer.explain(unit, settings));
      return { inputs, table, concepts, units };
    }),
);

describe('measures of all units', () => {
  it('are those that each formula has when it is asked about, with numerator and denominator', () => {
    fc.assert(
      fc.property(layers, ({ inputs, table, units }) => {
        const asked = unitsToMeasure({ units });
        expect(asked.map(({ unit }) => unit)).toEqual(
          units.filter(({ state }) => state === 'explained').map(({ unit }) => unit),
        );
        const told: number[] = [];
        const measured = measureUnits(inputs, asked, (done) => told.push(done));
        expect(told).toEqual(asked.map((_, at) => at + 1));
        const masks = new UnitMasks(inputs.activations, inputs.maps, table.cellCount);
        const single = new Measurer(inputs, masks, new FormulaCounter(inputs.search, inputs.maps));
        measured.forEach((one, at) => {
          const { unit, formula } = asked[at];
          const { parts: _, formula: __, ...whole } = single.measure(unit, 0.5, formula);
          expect(one).toMatchObject({ unit, ...whole });
          expect(one.iou).toBe(units[unit].best?.iou);
          for (const name of measureNames) {
            const counts = countsOfMeasure(one, name);
            if (one[name] === null) expect(counts).toBeNull();
            else expect((counts?.some ?? Number.NaN) / (counts?.of ?? 0)).toBeCloseTo(one[name], 12);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('have only what is counted in positions where there are only cells', () => {
    fc.assert(
      fc.property(layers, ({ inputs, table, units }) => {
        const asked = unitsToMeasure({ units });
        const masks = new UnitMasks(inputs.activations, inputs.maps, table.cellCount);
        const counts = units.map(({ unit }) => masks.counts(unit, 0.5));
        const found = measureUnitsInCells(countedCells(table, counts), inputs.search, asked);
        const ofSamples = { samplesCoverage: null, explanationCoverage: null, auroc: null, samples: null };
        expect(found).toEqual(measureUnits(inputs, asked).map((measured) => ({ ...measured, ...ofSamples })));
        if (asked.length > 0) expect(measuresAnalysis(found).ofSamples).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('are summed up over the units in which they have a value', () => {
    const unit = (number: number, iou: number, auroc: number | null): UnitMeasures =>
      ({
        ...{ unit: number, area: 10, size: 10, intersection: 5, iou, auroc },
        ...{
          activationCoverage: 0.5,
          detectionAccuracy: iou * iou,
          samplesCoverage: null,
          explanationCoverage: 1 - iou,
        },
        samples: { read: 5, both: 2, holding: 2, firing: 3 },
      }) as UnitMeasures;
    const units = [unit(0, 0.1, 0.75), unit(4, 0.4, null), unit(7, 0.2, 0.5), unit(9, 0.3, 1)];
    const { ofSamples, measures } = measuresAnalysis(units);
    const of = (name: string) => measures.find(({ measure }) => measure === name);
    expect(ofSamples).toBe(true);
    expect(measures.map(({ measure }) => measure)).toEqual(measureNames);
    expect(of('iou')).toMatchObject({ units: 4, withIou: null, spread: { least: 0.1, most: 0.4 } });
    expect(of('activationCoverage')).toMatchObject({ units: 4, withIou: null });
    expect(of('detectionAccuracy')?.withIou?.r).toBeCloseTo(1, 12);
    expect(of('explanationCoverage')?.withIou?.r).toBeCloseTo(-1, 12);
    expect(of('samplesCoverage')).toEqual({ measure: 'samplesCoverage', units: 0, spread: null, withIou: null });
    expect(of('auroc')).toMatchObject({ units: 3, spread: { median: 0.75 } });
    expect(of('auroc')?.withIou).toEqual(spearman([0.75, 0.5, 1], [0.1, 0.2, 0.3]));
    // 2 samples with the formula and 3 without make 6 pairs.
    expect(countsOfMeasure(units[0], 'auroc')).toEqual({ some: 4.5, of: 6 });
  });
});

describe('the table of measures', () => {
  it('has a row a unit with values, numerators, denominators and the formula', () => {
    const concept = { id: 0, number: 1, name: 'river', category: 'object' };
    const best = { formula: { kind: 'concept', concept: 0 }, size: 4, intersection: 3, iou: 0.5, score: 0.5 };
    const results = { concepts: [concept], units: [{ unit: 3, best }] } as never;
    const samples = { read: 4, both: 1, holding: 2, firing: 1 };
    const shares = { activationCoverage: 0.6, detectionAccuracy: 0.75, samplesCoverage: 0.5, explanationCoverage: 1 };
    const unit = { unit: 3, area: 5, size: 4, intersection: 3, iou: 0.5, ...shares, auroc: 0.875, samples };
    const analysis = measuresAnalysis([unit as UnitMeasures]);
    const header =
      'unit,iou,iou_some,iou_of,activation_coverage,activation_coverage_some,activation_coverage_of,detection_accuracy,detection_accuracy_some,detection_accuracy_of,explanation_coverage,explanation_coverage_some,explanation_coverage_of,samples_coverage,samples_coverage_some,samples_coverage_of,auroc,auroc_some,auroc_of,formula';
    expect(measuresCsv(analysis, results)).toBe(
      `${header}\n3,0.5,3,6,0.6,3,5,0.75,3,4,1,1,1,0.5,1,2,0.875,3.5,4,river\n`,
    );
    expect(measuresCsv(null, results)).toBe(`${header}\n`);
    expect(measuresJson(null)).toBeNull();
    expect(measuresJson(analysis)?.units).toEqual([
      {
        ...{ unit: 3, samples, iou: { value: 0.5, some: 3, of: 6 } },
        activationCoverage: { value: 0.6, some: 3, of: 5 },
        detectionAccuracy: { value: 0.75, some: 3, of: 4 },
        explanationCoverage: { value: 1, some: 1, of: 1 },
        samplesCoverage: { value: 0.5, some: 1, of: 2 },
        auroc: { value: 0.875, some: 3.5, of: 4 },
      },
    ]);
  });
});
