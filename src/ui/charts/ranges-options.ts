import type { Concept } from '../../engine/concepts.ts';
import { formulaText } from '../../engine/formula/print.ts';
import type { ActivationRange, UnitRanges } from '../../engine/ranges/ranges.ts';
import { heatColor } from '../image/heat-ramp.ts';
import { chartLook } from '../../figures/charts/chart.ts';
import type { ChartOptions, ChartTable, Plot } from '../../figures/charts/chart.ts';

/** The chart's height in pixels. */
export const rangesHeight = 200;

/** Ends of the ramp that ranges are drawn with, so that none vanishes against the page. */
const [darkest, lightest] = [0.28, 0.9];

/** Color of a range, darker to lighter with the activation, as in the heat map of pictures. */
export function rangeColor(index: number, count: number): string {
  const share = count === 1 ? (darkest + lightest) / 2 : darkest + ((lightest - darkest) * index) / (count - 1);
  return `rgb(${heatColor(share).join(' ')})`;
}

interface Bar {
  readonly x1: number;
  readonly x2: number;
  readonly count: number;
  readonly fill: string;
}

/** How often activations of each size occur, in the colors of their ranges, with the unit's threshold; a bar over a bound is cut there. */
export function rangesOptions(
  plot: Plot,
  { ranges, histogram }: Pick<UnitRanges, 'ranges' | 'histogram'>,
  threshold: number | null,
  width: number,
): ChartOptions {
  const { from, to, counts } = histogram;
  const step = (to - from) / Math.max(1, counts.length);
  const bars = counts.flatMap((count, bin): readonly Bar[] => {
    const [left, right] = [from + bin * step, from + (bin + 1) * step];
    if (count === 0) return [];
    return ranges.flatMap(({ low, high }, index) => {
      const [x1, x2] = [Math.max(left, low), Math.min(right, high)];
      return x1 < x2 ? [{ x1, x2, count, fill: rangeColor(index, ranges.length) }] : [];
    });
  });
  const marked = threshold !== null && threshold >= from && threshold <= to ? [threshold] : [];
  return {
    ...chartLook,
    width,
    height: rangesHeight,
    marginLeft: 52,
    marginRight: 12,
    marginTop: 26,
    marginBottom: 36,
    x: {
      domain: [from, to],
      ticks: Math.min(8, width / 70),
      label: 'Activation',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { type: 'sqrt', ticks: 4, tickFormat: 's', label: 'How often, on a root scale', labelArrow: 'none' },
    marks: [
      plot.gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.rect(bars, {
        x1: 'x1',
        x2: 'x2',
        y1: 0,
        y2: 'count',
        fill: 'fill',
        stroke: 'var(--line-strong)',
        strokeWidth: 0.5,
      }),
      plot.ruleX(
        ranges.slice(1).map(({ low }) => low),
        { stroke: 'var(--line-strong)', strokeDasharray: '2 3' },
      ),
      plot.ruleX(marked, { stroke: 'var(--ink)', strokeWidth: 1.5 }),
      plot.text(marked, {
        x: (value: number) => value,
        frameAnchor: 'top',
        dy: -8,
        text: () => 'T',
        fill: 'var(--ink)',
        fontSize: 12,
        fontWeight: 600,
      }),
    ],
  };
}

/** The ranges with all their numbers. */
export function rangesTable(
  { ranges, positions }: Pick<UnitRanges, 'ranges' | 'positions'>,
  concepts: readonly Concept[],
): ChartTable {
  return {
    columns: [
      ...['Range', 'Above', 'Up to', 'Mean', 'Activations', 'Positions', 'Share of positions', 'Samples'],
      ...['Formula', 'IoU'],
    ],
    rows: ranges.map(({ low, high, mean, values, area, firing, best }: ActivationRange, index) => [
      ...[String(index + 1), low, high, mean, values, area, area / Math.max(1, positions), firing],
      best && formulaText(best.formula, (id) => concepts[id].name),
      best && best.iou,
    ]),
  };
}
