import type * as PlotModule from '@observablehq/plot';
import type { AccuracyPoint, AccuracyStep } from '../../engine/analysis/accuracy.ts';
import { chartLook } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';
import { frameOptions, placeIn, roundTop, unitDots } from './unit-points.ts';
import type { Frame, UnitPoint } from './unit-points.ts';

/** Heights of the charts in pixels. */
export const accuracyHeight = 380;
export const correlationHeight = 220;

/** A unit's point with the ends of the 95 % confidence interval of its accuracy, in per cent. */
export interface AccuracyDot extends UnitPoint {
  readonly low: number;
  readonly high: number;
}

/** A point a unit: IoU across, accuracy up. */
export function accuracyPoints(points: readonly AccuracyPoint[]): readonly AccuracyDot[] {
  return points.map(({ unit, iou, accuracy, interval }) => {
    return { unit, x: iou, y: 100 * accuracy, low: 100 * interval.low, high: 100 * interval.high };
  });
}

/** Where the chart's points lie; whole multiples of 5 % that hold all intervals are its ends. */
export function accuracyFrame(points: readonly AccuracyDot[], overall: number | null, width: number): Frame {
  const every = overall === null ? [] : [100 * overall];
  const least = points.reduce((low, point) => Math.min(low, point.low), Math.min(100, ...every));
  const most = points.reduce((high, point) => Math.max(high, point.high), Math.max(0, ...every));
  const low = Math.max(0, 5 * Math.floor(least / 5));
  const high = Math.min(100, 5 * Math.ceil(most / 5));
  return {
    ...{ width, height: accuracyHeight, left: 48, right: 16, top: 24, bottom: 40 },
    x: [0, roundTop(points.reduce((top, { x }) => Math.max(top, x), 0))],
    y: low < high ? [low, high] : [0, 100],
  };
}

/** Accuracy where a unit fires against its IoU, with the straight line that fits best where `fitted`, and the accuracy on all samples. */
export function accuracyOptions(
  plot: Plot,
  points: readonly AccuracyDot[],
  { overall, fitted }: { readonly overall: number | null; readonly fitted: boolean },
  width: number,
): ChartOptions {
  const frame = accuracyFrame(points, overall, width);
  const every = overall === null ? [] : [100 * overall];
  return {
    ...chartLook,
    ...frameOptions(frame),
    x: {
      domain: [...frame.x],
      ticks: Math.min(8, width / 80),
      label: 'IoU of the formula',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      domain: [...frame.y],
      ticks: 5,
      tickFormat: (percent: number) => `${percent} %`,
      label: 'Accuracy where the unit fires',
      labelArrow: 'none',
    },
    marks: [
      plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.ruleY(every, { stroke: 'var(--line-strong)', strokeDasharray: '2 3' }),
      plot.text(every, {
        y: (percent: number) => percent,
        frameAnchor: 'right',
        text: () => 'all samples',
        dy: -7,
        fill: 'var(--ink-soft)',
        fontSize: 11,
      }),
      unitRules(frame, points),
      unitDots(frame, points, points.length > 400 ? 2 : 3),
      fitted
        ? plot.linearRegressionY(points, {
            x: 'x',
            y: 'y',
            stroke: 'var(--ink)',
            fill: 'var(--ink)',
            fillOpacity: 0.08,
          })
        : null,
    ],
  };
}

/** A thin upright rule a point, from end to end of its interval: all as one path, as {@link unitDots}. */
function unitRules(frame: Frame, points: readonly AccuracyDot[]): PlotModule.RenderFunction {
  return (_index, _scales, _values, _dimensions, { document }) => {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    const rules = points.map(({ x, low, high }) => {
      const [across, bottom] = placeIn(frame, { x, y: low });
      const [, top] = placeIn(frame, { x, y: high });
      return `M${across.toFixed(1)} ${bottom.toFixed(1)}V${top.toFixed(1)}`;
    });
    path.setAttribute('d', rules.join(''));
    path.setAttribute('fill', 'none');
    path.setAttribute('stroke', 'var(--ink-soft)');
    path.setAttribute('stroke-opacity', points.length > 400 ? '0.1' : '0.25');
    return path;
  };
}

/** Correlation by formula length: two lines with names at their ends. */
export function correlationOptions(plot: Plot, steps: readonly AccuracyStep[], width: number): ChartOptions {
  const lines = (['pearson', 'spearman'] as const).map((kind) => ({
    name: kind === 'pearson' ? 'Pearson r' : 'Spearman r',
    points: steps.flatMap((step) => {
      const found = step[kind];
      return found === null ? [] : [{ length: step.length, r: found.r }];
    }),
  }));
  type Line = (typeof lines)[number];
  const longest = Math.max(1, ...steps.map(({ length }) => length));
  return {
    ...chartLook,
    width,
    height: correlationHeight,
    marginLeft: 44,
    marginRight: 16,
    marginTop: 24,
    marginBottom: 40,
    x: {
      domain: [0.5, longest + 0.5],
      ticks: steps.map(({ length }) => length),
      tickFormat: 'd',
      tickSize: 0,
      label: 'Concepts in the formula, at most',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { domain: [-1, 1], ticks: 5, label: 'r', labelArrow: 'none' },
    symbol: { domain: lines.map(({ name }) => name), range: ['circle', 'square'] },
    marks: [
      plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      ...lines.map(({ points }: Line, at) =>
        plot.lineY(points, {
          x: 'length',
          y: 'r',
          stroke: 'var(--ink-soft)',
          strokeDasharray: at === 0 ? 'none' : '4 3',
        }),
      ),
      ...lines.map(({ name, points }: Line) =>
        plot.dot(points, {
          x: 'length',
          y: 'r',
          symbol: () => name,
          r: 4,
          fill: 'var(--surface)',
          stroke: 'var(--ink)',
          title: ({ length, r }: { length: number; r: number }) => `${name} at length ${length}: ${r.toFixed(3)}`,
        }),
      ),
    ],
  };
}

/** The numbers behind the lines. */
export function correlationTable(steps: readonly AccuracyStep[]): ChartTable {
  return {
    columns: ['Length', 'Pearson r', 'p of Pearson r', 'Spearman r', 'p of Spearman r', 'Units'],
    rows: steps.map(({ length, pearson, spearman }) => [
      ...[String(length), pearson?.r ?? null, pearson?.p ?? null],
      ...[spearman?.r ?? null, spearman?.p ?? null, pearson?.n ?? null],
    ]),
  };
}

/** The numbers behind the points. */
export function accuracyTable({ points }: { readonly points: readonly AccuracyPoint[] }): ChartTable {
  return {
    columns: ['Unit', 'IoU', 'Accuracy', '95 % from', '95 % to', 'Right', 'Compared', 'Fires on'],
    rows: points.map(({ unit, iou, accuracy, interval, right, compared, firing }) => [
      ...[String(unit), iou, accuracy, interval.low, interval.high, right, compared, firing],
    ]),
  };
}
