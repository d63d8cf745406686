import type { Bin } from './bins.ts';
import { chartLook } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';

/** Pixels left and right of the histogram's bars. */
export const histogramMargin = { left: 32, right: 12 } as const;

/** What a histogram of IoU shows: the same bins, with all units and with those the filter leaves. */
export interface HistogramData {
  readonly all: readonly Bin[];
  readonly left: readonly Bin[];
}

/** Units by IoU: all in light, those the filter leaves in dark. */
export function iouHistogramOptions(plot: Plot, { all, left }: HistogramData, width: number): ChartOptions {
  const most = Math.max(1, ...all.map(({ count }) => count));
  const bar = { x1: 'from', x2: 'to', y: 'count', insetLeft: 0.5, insetRight: 0.5 };
  return {
    ...chartLook,
    width,
    height: 96,
    marginLeft: histogramMargin.left,
    marginRight: histogramMargin.right,
    marginTop: 8,
    marginBottom: 20,
    x: { domain: [0, all[all.length - 1].to], ticks: 6, label: null, tickSize: 3 },
    y: { domain: [0, most], ticks: 2, tickFormat: 'd', label: null, tickSize: 0, nice: true },
    marks: [
      plot.gridY({ ticks: 2, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.rectY(all, { ...bar, fill: 'var(--line-strong)', fillOpacity: 0.4, className: 'all' }),
      plot.rectY(left, { ...bar, fill: 'var(--ink-soft)', className: 'left' }),
      plot.ruleY([0], { stroke: 'var(--line-strong)' }),
    ],
  };
}

/** The histogram's numbers. */
export function iouHistogramTable({ all, left }: HistogramData): ChartTable {
  return {
    columns: ['IoU from', 'IoU to', 'Units', 'Units shown'],
    rows: all.map(({ from, to, count }, index) => [from, to, count, left[index].count]),
  };
}

/** The bin under a place in the plot, by its distance from the plot's left side in pixels; the nearest where it is beside the bars. */
export function binAt(x: number, width: number, count: number): number {
  const inner = Math.max(1, width - histogramMargin.left - histogramMargin.right);
  return Math.min(count - 1, Math.max(0, Math.floor(((x - histogramMargin.left) / inner) * count)));
}
