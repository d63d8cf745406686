import type { FormulasAlone } from '../../engine/ablation/formulas-alone.ts';
import type { FormulaStandIn } from '../../engine/ablation/outcome.ts';
import type { Share } from '../../engine/ablation/share.ts';
import { plural } from '../text/numbers.ts';
import { chartLook } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';
import type { Frame, UnitPoint } from './unit-points.ts';
import { frameOptions, roundTop, unitDots } from './unit-points.ts';

/** A way to classify, and how well it does. */
export interface FormulasBar {
  readonly name: string;
  /** Of right predictions, or, where nothing is known of these, of predictions that stay. */
  readonly share: Share;
  readonly same: Share | null;
  /** It uses formulas; the others are what they are held against. */
  readonly ours: boolean;
}

/** The whole model, formulas by length, and what they are held against. */
export function formulasBars({
  whole,
  explainedOnly,
  nothing,
  lengths,
  mostFrequent,
  explained,
  unitCount,
}: FormulasAlone): readonly FormulasBar[] {
  const measure = whole.right.of > 0 ? 'right' : 'same';
  return [
    { name: 'Whole model', share: whole[measure], same: whole.same, ours: false },
    ...(explained < unitCount
      ? [{ name: 'Explained units only', share: explainedOnly[measure], same: explainedOnly.same, ours: false }]
      : []),
    ...lengths.toReversed().map(({ length, alone }) => ({
      ...{ name: `Formulas, ${plural(length, 'concept')}`, share: alone[measure], same: alone.same, ours: true },
    })),
    { name: 'All units off', share: nothing[measure], same: nothing.same, ours: false },
    ...(mostFrequent ? [{ name: 'Most frequent label', share: mostFrequent.share, same: null, ours: false }] : []),
  ];
}

/** Height of the bars in pixels. */
export const formulasBarsHeight = (count: number): number => 56 + 30 * count;

/** Bars with Wilson's intervals. */
export function formulasOptions(plot: Plot, bars: readonly FormulasBar[], width: number): ChartOptions {
  const rows = bars.map(({ name, share, ours }) => ({
    ...{ name, ours, value: 100 * (share.share ?? 0) },
    low: 100 * (share.interval?.low ?? 0),
    high: 100 * (share.interval?.high ?? 0),
  }));
  type Row = (typeof rows)[number];
  return {
    ...chartLook,
    width,
    height: formulasBarsHeight(rows.length),
    marginLeft: 148,
    marginRight: 52,
    marginTop: 12,
    marginBottom: 32,
    x: { domain: [0, 100], ticks: 5, tickFormat: (percent: number) => `${percent} %`, label: null },
    y: { domain: rows.map(({ name }) => name), label: null, tickSize: 0, padding: 0.3 },
    marks: [
      plot.gridX({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.barX(rows, {
        y: 'name',
        x: 'value',
        fill: 'var(--ink-soft)',
        fillOpacity: ({ ours }: Row) => (ours ? 0.85 : 0.35),
      }),
      plot.ruleY(rows, { y: 'name', x1: 'low', x2: 'high', stroke: 'var(--ink)' }),
      plot.text(rows, {
        y: 'name',
        x: ({ high }: Row) => high,
        text: ({ value }: Row) => `${value.toFixed(1)} %`,
        textAnchor: 'start',
        dx: 5,
        fill: 'var(--ink)',
        fontSize: 11,
      }),
    ],
  };
}

/** The numbers of the bars. */
export function formulasTable(bars: readonly FormulasBar[]): ChartTable {
  return {
    columns: ['What', 'Share', 'Low', 'High', 'Samples', 'Of', 'Predictions that stay'],
    rows: bars.map(({ name, share, same }) => [
      ...[name, share.share, share.interval?.low ?? null, share.interval?.high ?? null, share.hits, share.of],
      same?.share ?? null,
    ]),
  };
}

/** Height of the chart of what formulas tell in pixels. */
export const toldHeight = 300;

/** A point a unit: IoU across, up the per cent of its activation's variance that its formula tells. */
export function toldPoints(lines: readonly FormulaStandIn[], iouOf: (unit: number) => number): readonly UnitPoint[] {
  return lines.flatMap(({ unit, told }) => (told === null ? [] : [{ unit, x: iouOf(unit), y: 100 * told }]));
}

/** Where these points lie. */
export function toldFrame(points: readonly UnitPoint[], width: number): Frame {
  return {
    ...{ width, height: toldHeight, left: 48, right: 16, top: 24, bottom: 40 },
    x: [0, roundTop(points.reduce((top, { x }) => Math.max(top, x), 0))],
    y: [0, Math.min(100, roundTop(points.reduce((top, { y }) => Math.max(top, y), 0)))],
  };
}

/** What formulas tell of their units' activations against IoU. */
export function toldOptions(plot: Plot, points: readonly UnitPoint[], width: number): ChartOptions {
  const frame = toldFrame(points, width);
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
      label: 'Of the activation’s variance, told by the formula',
      labelArrow: 'none',
    },
    marks: [
      plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      unitDots(frame, points, points.length > 400 ? 2 : 3),
    ],
  };
}

/** The lines by which formulas stand in. */
export function toldTable(lines: readonly FormulaStandIn[], formulaOf: (unit: number) => string | null): ChartTable {
  return {
    columns: ['Unit', 'Told', 'Where it does not hold', 'Added where it holds', 'Formula'],
    rows: lines.map(({ unit, told, base, slope }) => [String(unit), told, base, slope, formulaOf(unit)]),
  };
}
