import type { ClassMeasure, ClassUnits } from '../../engine/analysis/class-units.ts';
import { measureWords } from '../text/analysis-classes.ts';
import { chartLook, fittedText } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';
import { frameOptions, unitDots } from './unit-points.ts';
import type { Frame, UnitPoint } from './unit-points.ts';

/** Height of the chart in pixels, by the number of classes. */
export const classWeightsHeight = (classes: number): number => 60 + 30 * classes;

/** A point for each unit that stands out; the first class is the topmost row. */
export function classWeightPoints(classes: readonly ClassUnits[]): readonly UnitPoint[] {
  return classes.flatMap(({ push, hold }, row) =>
    [...push, ...hold].map(({ unit, value }) => ({ unit, x: value, y: -row })),
  );
}

/** Where the chart's points lie; 0 is in the middle. */
export function classWeightsFrame(points: readonly UnitPoint[], classes: number, width: number): Frame {
  const most = 1.06 * points.reduce((top, { x }) => Math.max(top, Math.abs(x)), 1e-9);
  return {
    ...{ width, height: classWeightsHeight(classes), left: Math.min(180, Math.max(96, width * 0.25)), right: 16 },
    ...{ top: 8, bottom: 40, x: [-most, most], y: [-classes + 0.5, 0.5] },
  };
}

/** The numbers that stand out of each class, a row a class: left of the middle units hold it back, right of it they push it. */
export function classWeightsOptions(
  plot: Plot,
  classes: readonly ClassUnits[],
  by: ClassMeasure,
  points: readonly UnitPoint[],
  width: number,
): ChartOptions {
  const frame = classWeightsFrame(points, classes.length, width);
  const rows = classes.map((_, row) => -row);
  return {
    ...chartLook,
    ...frameOptions(frame),
    x: {
      domain: [...frame.x],
      ticks: Math.min(7, width / 90),
      label: measureWords[by].axis,
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      domain: [...frame.y],
      ticks: rows,
      tickSize: 0,
      label: null,
      tickFormat: (row: number) => fittedText(classes[-row]?.name ?? '', frame.left - 12),
    },
    marks: [
      plot.ruleY(rows, { stroke: 'var(--line)' }),
      plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      unitDots(frame, points, 3.5),
    ],
  };
}

/** The numbers behind the points, with each unit's formula as text. */
export function classWeightsTable(
  classes: readonly ClassUnits[],
  by: ClassMeasure,
  formulaOf: (unit: number) => string | null,
): ChartTable {
  return {
    columns: ['Class', 'Unit', measureWords[by].name, 'IoU', 'Formula'],
    rows: classes.flatMap(({ name, push, hold }) =>
      [...push, ...hold].map(({ unit, value, iou }) => [name, String(unit), value, iou, formulaOf(unit)]),
    ),
  };
}
