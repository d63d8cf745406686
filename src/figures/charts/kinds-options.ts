import type { KindShare } from '../../engine/kinds/kind-analysis.ts';
import { shareText } from '../text/numbers.ts';
import { chartLook, fittedText } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';

/** Height of the chart in pixels. */
export const kindsHeight = 230;

/** Gives a kind's name. */
export type KindName = (kind: KindShare['kind']) => string;

/** Shares of the kinds, a bar each, with their 95 % intervals. */
export function kindsOptions(plot: Plot, shares: readonly KindShare[], name: KindName, width: number): ChartOptions {
  const room = Math.min(150, Math.max(124, width * 0.3));
  const rows = shares.map(({ kind, units, share, interval }) => ({
    name: name(kind),
    units,
    percent: 100 * (share ?? 0),
    low: 100 * (interval?.low ?? 0),
    high: 100 * (interval?.high ?? 0),
  }));
  type Row = (typeof rows)[number];
  return {
    ...chartLook,
    width,
    height: kindsHeight,
    marginLeft: room,
    marginRight: 72,
    marginTop: 4,
    marginBottom: 36,
    x: {
      domain: [0, 100],
      ticks: 5,
      tickFormat: (percent: number) => `${percent} %`,
      label: 'Share of the units',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      type: 'band',
      domain: rows.map((row) => row.name),
      label: null,
      tickSize: 0,
      padding: 0.3,
      tickFormat: (text: string) => fittedText(text, room - 12),
    },
    marks: [
      plot.gridX({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.barX(rows, {
        y: 'name',
        x: 'percent',
        fill: 'var(--raised)',
        stroke: 'var(--ink-soft)',
        title: ({ name: kind, units, percent, low, high }: Row) =>
          `${kind}: ${units} units, ${percent.toFixed(1)} %, 95 % interval ${low.toFixed(1)} to ${high.toFixed(1)} %`,
      }),
      plot.ruleY(rows, { y: 'name', x1: 'low', x2: 'high', stroke: 'var(--ink)', strokeWidth: 1.5 }),
      plot.text(rows, {
        y: 'name',
        x: 'high',
        text: ({ units, percent }: Row) => `${units} · ${shareText(percent / 100)}`,
        textAnchor: 'start',
        dx: 6,
        fill: 'var(--ink)',
        fontSize: 11,
      }),
    ],
  };
}

/** The numbers behind the bars. */
export function kindsTable(shares: readonly KindShare[], name: KindName): ChartTable {
  return {
    columns: ['Kind', 'Units', 'Share', 'Interval from', 'Interval to'],
    rows: shares.map(({ kind, units, share, interval }) => [
      ...[name(kind), units, share, interval?.low ?? null, interval?.high ?? null],
    ]),
  };
}
