import type { AccuracyPoint, AccuracyStep } from '../../engine/analysis/accuracy.ts';
import { chartLook } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';
import { frameOptions, roundTop, unitDots } from './unit-points.ts';
import type { Frame, UnitPoint } from './unit-points.ts';

/** Heights of the charts in pixels. */
export const accuracyHeight = 380;
export const correlationHeight = 220;

/** A point a unit: IoU across, accuracy up. */
export function accuracyPoints(points: readonly AccuracyPoint[]): readonly UnitPoint[] {
  return points.map(({ unit, iou, accuracy }) => ({ unit, x: iou, y: 100 * accuracy }));
}

/** Where the chart's points lie; the lowest tens that hold all accuracies are its bottom. */
export function accuracyFrame(points: readonly UnitPoint[], overall: number | null, width: number): Frame {
  const ys = [...points.map(({ y }) => y), ...(overall === null ? [] : [100 * overall])];
  const low = Math.max(0, 10 * Math.floor(Math.min(100, ...ys) / 10 - 0.2));
  const high = Math.min(100, 10 * Math.ceil(Math.max(0, ...ys) / 10 + 0.2));
  return {
    ...{ width, height: accuracyHeight, left: 48, right: 16, top: 24, bottom: 40 },
    x: [0, roundTop(points.reduce((top, { x }) => Math.max(top, x), 0))],
    y: low < high ? [low, high] : [0, 100],
  };
}

/** Accuracy where a unit fires against its IoU, with the straight line that fits best where `fitted`, and the accuracy on all samples. */
export function accuracyOptions(
  plot: Plot,
  points: readonly UnitPoint[],
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
    columns: ['Unit', 'IoU', 'Accuracy', 'Right', 'Compared', 'Fires on'],
    rows: points.map(({ unit, iou, accuracy, right, compared, firing }) => [
      ...[String(unit), iou, accuracy, right, compared, firing],
    ]),
  };
}
