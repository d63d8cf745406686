import type { LengthAnalysis } from '../../engine/analysis/lengths.ts';
import type { Spread } from '../../engine/statistics/spread.ts';
import { chartLook } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';
import { besideMiddle, frameOptions, roundTop, unitDots } from './unit-points.ts';
import type { Frame, UnitPoint } from './unit-points.ts';

interface Box extends Spread {
  readonly length: number;
}

/** The chart's height in pixels. */
export const iouByLengthHeight = 360;

const halfBox = 0.28;

/** Points of all units at all lengths, one length after the other. */
export function iouPoints({ units, lengths }: LengthAnalysis): readonly UnitPoint[] {
  return lengths.flatMap(({ length, ious }) =>
    units.map((unit, at) => ({ unit, x: length + 0.8 * besideMiddle(unit), y: ious[at] })),
  );
}

/** Where the chart's points lie. */
export function iouByLengthFrame(points: readonly UnitPoint[], longest: number, width: number): Frame {
  const most = points.reduce((top, { y }) => Math.max(top, y), 0);
  return {
    ...{ width, height: iouByLengthHeight, left: 44, right: 12, top: 24, bottom: 40 },
    ...{ x: [0.5, Math.max(1, longest) + 0.5], y: [0, roundTop(most)] },
  };
}

/** IoU of all units by formula length: a point a unit, a box with the middle half and the median, the means joined by a line. */
export function iouByLengthOptions(
  plot: Plot,
  { lengths }: Pick<LengthAnalysis, 'lengths'>,
  points: readonly UnitPoint[],
  width: number,
): ChartOptions {
  const frame = iouByLengthFrame(points, lengths.length, width);
  const boxes = lengths.flatMap(({ length, spread }): readonly Box[] => (spread ? [{ length, ...spread }] : []));
  const left = ({ length }: Box): number => length - halfBox;
  const right = ({ length }: Box): number => length + halfBox;
  return {
    ...chartLook,
    ...frameOptions(frame),
    x: {
      domain: [...frame.x],
      ticks: boxes.map(({ length }) => length),
      tickFormat: 'd',
      tickSize: 0,
      label: 'Concepts in the formula, at most',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { domain: [...frame.y], ticks: 5, label: 'IoU', labelArrow: 'none' },
    marks: [
      plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      unitDots(frame, points, points.length > 3000 ? 1.2 : 1.8),
      plot.ruleX(boxes, { x: 'length', y1: 'lowerWhisker', y2: 'lowerQuartile', stroke: 'var(--ink)' }),
      plot.ruleX(boxes, { x: 'length', y1: 'upperQuartile', y2: 'upperWhisker', stroke: 'var(--ink)' }),
      plot.rect(boxes, {
        x1: left,
        x2: right,
        y1: 'lowerQuartile',
        y2: 'upperQuartile',
        fill: 'var(--surface)',
        fillOpacity: 0.3,
        stroke: 'var(--ink)',
      }),
      plot.ruleY(boxes, { y: 'median', x1: left, x2: right, stroke: 'var(--ink)', strokeWidth: 2.5 }),
      plot.lineY(boxes, { x: 'length', y: 'mean', stroke: 'var(--ink)', strokeWidth: 1.5, strokeDasharray: '4 3' }),
      plot.dot(boxes, {
        x: 'length',
        y: 'mean',
        symbol: 'diamond',
        r: 4.5,
        fill: 'var(--surface)',
        stroke: 'var(--ink)',
        strokeWidth: 1.5,
      }),
    ],
  };
}

/** The numbers behind the boxes. */
export function iouByLengthTable({ lengths }: Pick<LengthAnalysis, 'lengths'>): ChartTable {
  return {
    columns: [
      ...['Length', 'Units', 'Mean IoU', 'Increase over length 1, %', 'Median', 'First quartile', 'Third quartile'],
      ...['Lower whisker', 'Upper whisker', 'Least', 'Most'],
    ],
    rows: lengths.map(({ length, ious, spread, increase }) => {
      if (!spread) return [String(length), 0, ...Array.from({ length: 9 }, () => null)];
      const { mean, median, lowerQuartile, upperQuartile, lowerWhisker, upperWhisker, least, most } = spread;
      return [
        ...[String(length), ious.length, mean, increase, median, lowerQuartile, upperQuartile],
        ...[lowerWhisker, upperWhisker, least, most],
      ];
    }),
  };
}
