import type { MeasuresAnalysis } from '../../engine/analysis/measures.ts';
import type { Spread } from '../../engine/statistics/spread.ts';
import { measureTexts } from '../text/analysis-measures.ts';
import { chartLook } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';
import { besideMiddle, frameOptions, unitDots } from './unit-points.ts';
import type { Frame, UnitPoint } from './unit-points.ts';

/** The chart's height in pixels. */
export const measuresHeight = 380;

interface Box extends Spread {
  readonly row: number;
}

const halfBox = 0.26;

/** A point for each unit and measure, one measure after the other: its value across, the measure's row down. */
export function measurePoints({ units, measures }: Pick<MeasuresAnalysis, 'units' | 'measures'>): readonly UnitPoint[] {
  return measures.flatMap(({ measure }, at) =>
    units.flatMap((unit) => {
      const value = unit[measure];
      return value === null ? [] : [{ unit: unit.unit, x: value, y: at + 1 + 0.75 * besideMiddle(unit.unit) }];
    }),
  );
}

/** Where the chart's points lie. */
export function measuresFrame(rows: number, width: number): Frame {
  return {
    ...{ width, height: measuresHeight, left: 132, right: 16, top: 12, bottom: 32 },
    ...{ x: [0, 1], y: [rows + 0.5, 0.5] },
  };
}

/** How each measure lies over the units: a row a measure, a point a unit, a box with the middle half and the median. */
export function measuresOptions(
  plot: Plot,
  { measures }: Pick<MeasuresAnalysis, 'measures'>,
  points: readonly UnitPoint[],
  width: number,
): ChartOptions {
  const frame = measuresFrame(measures.length, width);
  const boxes = measures.flatMap(({ spread }, at): readonly Box[] => (spread ? [{ row: at + 1, ...spread }] : []));
  const above = ({ row }: Box): number => row - halfBox;
  const below = ({ row }: Box): number => row + halfBox;
  return {
    ...chartLook,
    ...frameOptions(frame),
    x: { domain: [...frame.x], ticks: width < 480 ? 3 : 6, tickFormat: (value: number) => String(value), label: null },
    y: {
      domain: [...frame.y],
      ticks: measures.map((_, at) => at + 1),
      tickFormat: (row: number) => {
        const summary = measures.at(row - 1);
        return summary ? measureTexts[summary.measure].label : '';
      },
      tickSize: 0,
      label: null,
    },
    marks: [
      plot.gridX({ ticks: 6, stroke: 'var(--line)', strokeOpacity: 1 }),
      unitDots(frame, points, points.length > 3000 ? 1.2 : 1.8),
      plot.ruleY(boxes, { y: 'row', x1: 'lowerWhisker', x2: 'lowerQuartile', stroke: 'var(--ink)' }),
      plot.ruleY(boxes, { y: 'row', x1: 'upperQuartile', x2: 'upperWhisker', stroke: 'var(--ink)' }),
      plot.rect(boxes, {
        x1: 'lowerQuartile',
        x2: 'upperQuartile',
        y1: above,
        y2: below,
        fill: 'var(--surface)',
        fillOpacity: 0.3,
        stroke: 'var(--ink)',
      }),
      plot.ruleX(boxes, { x: 'median', y1: above, y2: below, stroke: 'var(--ink)', strokeWidth: 2.5 }),
    ],
  };
}

/** The numbers behind the boxes. */
export function measuresTable({ measures }: Pick<MeasuresAnalysis, 'measures'>): ChartTable {
  return {
    columns: [
      ...['Measure', 'Units', 'Mean', 'Median', 'First quartile', 'Third quartile', 'Lower whisker', 'Upper whisker'],
      ...['Least', 'Most', 'Spearman r with IoU', 'p of r'],
    ],
    rows: measures.map(({ measure, units, spread, withIou }) => [
      ...[measureTexts[measure].label, units, spread?.mean ?? null, spread?.median ?? null],
      ...[spread?.lowerQuartile ?? null, spread?.upperQuartile ?? null],
      ...[spread?.lowerWhisker ?? null, spread?.upperWhisker ?? null, spread?.least ?? null, spread?.most ?? null],
      ...[withIou?.r ?? null, withIou?.p ?? null],
    ]),
  };
}
