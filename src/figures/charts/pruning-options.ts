import type { Pruning } from '../../engine/ablation/pruning.ts';
import { chartLook } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';

/** Height of the chart in pixels. */
export const pruningHeight = 360;

/** Names of the two orders by IoU. */
export const orderNames = { least: 'Least interpretable first', most: 'Most interpretable first' } as const;

/** Share of right predictions (or of those that stay) by units off: two lines with Wilson's intervals, and the band of random orders. */
export function pruningOptions(
  plot: Plot,
  { curves, random, measure, unitCount }: Pruning,
  width: number,
): ChartOptions {
  const lines = curves.map(({ order, points }) => ({
    order,
    points: points.map((point) => ({
      pruned: point.pruned,
      value: 100 * (point[measure].share ?? 0),
      low: 100 * (point[measure].interval?.low ?? 0),
      high: 100 * (point[measure].interval?.high ?? 0),
    })),
  }));
  const band = random.points.map(({ pruned, mean, low, high }) => ({
    ...{ pruned, mean: 100 * mean, low: 100 * low, high: 100 * high },
  }));
  type Line = (typeof lines)[number];
  const told = ({ order }: Line, { pruned, value }: Line['points'][number]): string =>
    `${orderNames[order]}, ${pruned} off: ${value.toFixed(1)} %`;
  return {
    ...chartLook,
    width,
    height: pruningHeight,
    marginLeft: 48,
    marginRight: 16,
    marginTop: 24,
    marginBottom: 40,
    x: {
      domain: [0, Math.max(1, unitCount)],
      ticks: Math.min(8, width / 80),
      label: 'Units off',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      domain: [0, 100],
      ticks: 5,
      tickFormat: (percent: number) => `${percent} %`,
      label: measure === 'right' ? 'Right predictions' : 'Predictions that stay',
      labelArrow: 'none',
    },
    marks: [
      plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.areaY(band, { x: 'pruned', y1: 'low', y2: 'high', fill: 'var(--ink-soft)', fillOpacity: 0.18 }),
      plot.lineY(band, { x: 'pruned', y: 'mean', stroke: 'var(--ink-soft)', strokeDasharray: '2 3' }),
      ...lines.flatMap((line, at) => [
        plot.ruleX(line.points, { x: 'pruned', y1: 'low', y2: 'high', stroke: 'var(--ink)', strokeOpacity: 0.5 }),
        plot.lineY(line.points, {
          x: 'pruned',
          y: 'value',
          stroke: 'var(--ink)',
          strokeWidth: 1.5,
          strokeDasharray: at === 0 ? 'none' : '6 3',
        }),
        plot.dot(line.points, {
          x: 'pruned',
          y: 'value',
          symbol: at === 0 ? 'circle' : 'square',
          r: 4,
          fill: at === 0 ? 'var(--ink)' : 'var(--surface)',
          stroke: 'var(--ink)',
          title: (point: Line['points'][number]) => told(line, point),
        }),
      ]),
    ],
  };
}

/** The numbers behind the lines and the band. */
export function pruningTable({ curves: [least, most], random, measure }: Pruning): ChartTable {
  return {
    columns: [
      'Units off',
      ...[orderNames.least, 'low', 'high'],
      ...[orderNames.most, 'low (most)', 'high (most)'],
      ...['Random, mean', 'Random, 2.5 %', 'Random, 97.5 %'],
    ],
    rows: least.points.map((point, at) => {
      const [one, other] = [point[measure], most.points[at][measure]];
      const drawn = random.points.at(at);
      return [
        String(point.pruned),
        ...[one.share, one.interval?.low ?? null, one.interval?.high ?? null],
        ...[other.share, other.interval?.low ?? null, other.interval?.high ?? null],
        ...[drawn?.mean ?? null, drawn?.low ?? null, drawn?.high ?? null],
      ];
    }),
  };
}
