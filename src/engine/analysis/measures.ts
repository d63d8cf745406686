import type { UnitId } from '../ids.ts';
import type { Formula } from '../formula/formula.ts';
import type { WholeMeasures } from '../results/measures.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { spearman, type Correlation } from '../statistics/correlation.ts';
import { spreadOf, type Spread } from '../statistics/spread.ts';
import { explainedUnits } from './explained-units.ts';

/** The measures of a formula, in the order they are shown in. All lie between 0 and 1. */
export const measureNames = [
  'iou',
  'activationCoverage',
  'detectionAccuracy',
  'explanationCoverage',
  'samplesCoverage',
  'auroc',
] as const;

/** A measure of a formula against a unit's mask; see {@link WholeMeasures}. */
export type MeasureName = (typeof measureNames)[number];

/** A unit to be measured, with its mask's threshold and its best formula. */
export interface ToMeasure {
  readonly unit: UnitId;
  /** Null where it is not known: of a cell table, whose masks need none. */
  readonly threshold: number | null;
  readonly formula: Formula;
}

/** The measures of a unit's best formula. */
export interface UnitMeasures extends Omit<WholeMeasures, 'formula'> {
  readonly unit: UnitId;
}

/** How a measure lies over the units. */
export interface MeasureSummary {
  readonly measure: MeasureName;
  /** Units in which it has a value. */
  readonly units: number;
  /** Null where it has a value in none. */
  readonly spread: Spread | null;
  /**
   * Spearman's rank correlation with IoU over the units in which it has a value; null for IoU itself, for fewer than three units, and where
   * one of the two is equal in all.
   */
  readonly withIou: Correlation | null;
}

/** More measures than IoU (La Rosa et al., NeurIPS 2023; AUROC: Bykov et al., 2023), of each explained unit's best formula. */
export interface MeasuresAnalysis {
  /** False where only counts over cells are known: what is counted in samples is null, and AUROC. */
  readonly ofSamples: boolean;
  /** The explained units, in the order of the results. */
  readonly units: readonly UnitMeasures[];
  /** In the order of {@link measureNames}. */
  readonly measures: readonly MeasureSummary[];
}

/** The units whose formulas are measured: the explained ones, in the order of the results. */
export const unitsToMeasure = (results: Pick<LayerResults, 'units'>): readonly ToMeasure[] =>
  explainedUnits(results).map(({ unit, threshold, best }) => ({ unit, threshold, formula: best.formula }));

/**
 * What the measures say of a layer.
 *
 * @param units as {@link unitsToMeasure} has them, measured
 */
export function measuresAnalysis(units: readonly UnitMeasures[]): MeasuresAnalysis {
  return {
    ofSamples: units.some(({ samples }) => samples !== null),
    units,
    measures: measureNames.map((measure) => {
      const having = units.flatMap((unit) => {
        const value = unit[measure];
        return value === null ? [] : [{ value, iou: unit.iou }];
      });
      const values = having.map(({ value }) => value);
      const ious = having.map(({ iou }) => iou);
      return {
        measure,
        units: having.length,
        spread: spreadOf(values),
        withIou: measure === 'iou' ? null : spearman(values, ious),
      };
    }),
  };
}

/** A share as what it is counted from. */
export interface CountedShare {
  readonly some: number;
  /** Above 0. */
  readonly of: number;
}

/**
 * Numerator and denominator of a unit's measure; null where it has no value. AUROC is of the pairs of a sample in which the formula holds and
 * one in which it does not: `some` are those in which the first has the larger activation, those with equal ones counted by half.
 */
export function countsOfMeasure(unit: UnitMeasures, measure: MeasureName): CountedShare | null {
  const value = unit[measure];
  if (value === null) return null;
  const { area, size, intersection, samples } = unit;
  switch (measure) {
    case 'iou':
      return area + size === 0 ? null : { some: intersection, of: area + size - intersection };
    case 'activationCoverage':
      return { some: intersection, of: area };
    case 'detectionAccuracy':
      return { some: intersection, of: size };
    case 'explanationCoverage':
      return samples && { some: samples.both, of: samples.firing };
    case 'samplesCoverage':
      return samples && { some: samples.both, of: samples.holding };
    case 'auroc': {
      if (!samples) return null;
      const pairs = samples.holding * (samples.read - samples.holding);
      return { some: Math.round(2 * value * pairs) / 2, of: pairs };
    }
  }
}
