import type { ConceptUse, UniquenessStep } from '../../engine/analysis/uniqueness.ts';
import { bareName } from '../../engine/formula/bare-name.ts';
import { categoryClass } from './category-class.ts';
import { chartLook, fittedText } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';

/** Height of the chart of shares in pixels. */
export const uniquenessHeight = 260;

/** Height of the chart of concepts in pixels, by their number. */
export const conceptUsesHeight = (count: number): number => 44 + 22 * count;

/** Share of units with a formula of their own, and of formulas that differ, by length: a line each, told apart by their marks. */
export function uniquenessOptions(
  plot: Plot,
  { units, lengths }: { readonly units: number; readonly lengths: readonly UniquenessStep[] },
  width: number,
): ChartOptions {
  const share = (count: number): number => (units > 0 ? (100 * count) / units : 0);
  const lines = [
    { name: 'units with a formula of their own', of: ({ unique }: UniquenessStep) => share(unique) },
    { name: 'different formulas, per unit', of: ({ distinct }: UniquenessStep) => share(distinct) },
  ];
  return {
    ...chartLook,
    width,
    height: uniquenessHeight,
    marginLeft: 48,
    marginRight: 16,
    marginTop: 24,
    marginBottom: 40,
    x: {
      domain: [0.5, Math.max(1, lengths.length) + 0.5],
      ticks: lengths.map(({ length }) => length),
      tickFormat: 'd',
      tickSize: 0,
      label: 'Concepts in the formula, at most',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { domain: [0, 100], ticks: 5, tickFormat: (percent: number) => `${percent} %`, label: null },
    marks: [
      plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      ...lines.flatMap(({ name, of }, at) => [
        plot.lineY(lengths, {
          x: 'length',
          y: of,
          stroke: 'var(--ink-soft)',
          strokeDasharray: at === 0 ? 'none' : '4 3',
        }),
        plot.dot(lengths, {
          x: 'length',
          y: of,
          symbol: at === 0 ? 'circle' : 'square',
          r: 4,
          fill: 'var(--surface)',
          stroke: 'var(--ink)',
          title: (step: UniquenessStep) => `${name}, length ${step.length}: ${of(step).toFixed(1)} %`,
        }),
      ]),
    ],
  };
}

/** The numbers behind the lines. */
export function uniquenessTable(lengths: readonly UniquenessStep[]): ChartTable {
  return {
    columns: ['Length', 'Different formulas', 'Units with their own', 'Share with their own', 'Concepts named'],
    rows: lengths.map(({ length, distinct, unique, uniqueShare, conceptCount }) => [
      ...[String(length), distinct, unique, uniqueShare, conceptCount],
    ]),
  };
}

/** The concepts that most formulas name, a bar each in its category's color. */
export function conceptUsesOptions(plot: Plot, uses: readonly ConceptUse[], width: number): ChartOptions {
  const room = Math.min(180, Math.max(88, width * 0.28));
  const color = ({ category }: ConceptUse): string => categoryClass(category).replace('category-', '');
  const named = new Map(uses.map((use) => [use.concept, fittedText(bareName(use), room - 12)]));
  return {
    ...chartLook,
    width,
    height: conceptUsesHeight(uses.length),
    marginLeft: room,
    marginRight: 40,
    marginTop: 4,
    marginBottom: 36,
    x: {
      domain: [0, Math.max(1, ...uses.map(({ units }) => units))],
      ticks: Math.min(6, width / 80),
      tickFormat: 'd',
      label: 'Units whose formula names it',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      type: 'band',
      domain: uses.map(({ concept }) => concept),
      label: null,
      tickSize: 0,
      tickFormat: (concept: ConceptUse['concept']) => named.get(concept) ?? '',
      padding: 0.2,
    },
    color: { type: 'identity' },
    marks: [
      plot.barX(uses, {
        y: 'concept',
        x: 'units',
        fill: (use: ConceptUse) => `var(--${color(use)})`,
        stroke: (use: ConceptUse) => `var(--${color(use)}-ink)`,
        title: (use: ConceptUse) =>
          `${bareName(use)} (${use.category}): in the formulas of ${use.units} units, ${use.times} times`,
      }),
      plot.text(uses, {
        y: 'concept',
        x: 'units',
        text: ({ units }: ConceptUse) => String(units),
        textAnchor: 'start',
        dx: 6,
        fill: 'var(--ink)',
        fontSize: 11,
      }),
    ],
  };
}

/** The numbers behind the bars. */
export function conceptUsesTable(uses: readonly ConceptUse[]): ChartTable {
  return {
    columns: ['Concept', 'Category', 'Units', 'Times named'],
    rows: uses.map(({ name, category, units, times }) => [name, category, units, times]),
  };
}
