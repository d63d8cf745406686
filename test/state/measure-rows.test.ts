import { expect, it } from 'vitest';
import type { ConceptId } from '../../src/engine/ids.ts';
import { sortMeasureRows, type MeasureRow } from '../../src/state/measure-rows.ts';

const row = (unit: number, iou: number, auroc: number | null): MeasureRow => {
  const shares = { activationCoverage: 0, detectionAccuracy: 0, explanationCoverage: null, samplesCoverage: null };
  const none = { ...shares, iou: null, auroc: null, activationCoverage: null, detectionAccuracy: null };
  return {
    unit,
    formula: { kind: 'concept', concept: 0 as ConceptId },
    values: { iou, ...shares, auroc },
    counts: none,
  };
};

it('sorts by any measure either way, units without a value last, equal ones by unit', () => {
  const rows = [row(3, 0.2, null), row(1, 0.2, 0.5), row(0, 0.9, null), row(2, 0.1, 0.7)];
  const order = (...by: readonly ['iou' | 'auroc' | 'unit', 'up' | 'down']): readonly number[] =>
    sortMeasureRows(rows, ...by).map(({ unit }) => unit);
  expect(order('iou', 'down')).toEqual([0, 1, 3, 2]);
  expect(order('iou', 'up')).toEqual([2, 1, 3, 0]);
  expect(order('auroc', 'down')).toEqual([2, 1, 0, 3]);
  expect(order('auroc', 'up')).toEqual([1, 2, 0, 3]);
  expect(order('unit', 'up')).toEqual([0, 1, 2, 3]);
});
