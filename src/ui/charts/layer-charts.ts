import { categoryClass } from '../../figures/charts/category-class.ts';
import { chartLook, fittedText } from '../../figures/charts/chart.ts';
import type { ChartOptions, ChartTable, Plot } from '../../figures/charts/chart.ts';
import { spread } from '../../figures/charts/spread.ts';

/** One layer's or setting's part of a chart that compares. */
export interface Named {
  /** Short, and different from the others'. */
  readonly name: string;
}

/** IoUs of a layer's explained units. */
export interface LayerIous extends Named {
  readonly ious: readonly number[];
}

/** Mean IoU of a layer's explained units at each length, from 1. */
export interface LayerLengths extends Named {
  readonly means: readonly number[];
}

/** How often something is used in a layer's formulas. */
export interface LayerShares extends Named {
  readonly parts: readonly { readonly part: string; readonly count: number }[];
}

const labelRoom = (width: number): number => Math.min(180, Math.max(72, width * 0.25));

function layerAxis(names: readonly string[], width: number): NonNullable<ChartOptions['y']> {
  const room = labelRoom(width);
  return {
    type: 'band',
    domain: [...names],
    label: null,
    tickSize: 0,
    tickFormat: (name: string) => fittedText(name, room - 12),
  };
}

/** Distribution of IoU in each layer: box from the first to the third quartile with the median, whiskers to the ends, mean as a diamond. */
export function iouByLayerOptions(plot: Plot, layers: readonly LayerIous[], width: number): ChartOptions {
  const boxes = layers.flatMap(({ name, ious }) => (ious.length > 0 ? [{ name, ...spread(ious) }] : []));
  const values = layers.flatMap(({ name, ious }) => ious.map((iou) => ({ name, iou })));
  return {
    ...chartLook,
    width,
    height: 44 + 52 * layers.length,
    marginLeft: labelRoom(width),
    marginRight: 16,
    marginTop: 4,
    marginBottom: 36,
    x: {
      domain: [0, Math.max(0.05, ...boxes.map(({ most }) => most))],
      nice: true,
      ticks: Math.min(8, width / 80),
      label: 'IoU',
      labelArrow: 'none',
    },
    y: {
      ...layerAxis(
        layers.map(({ name }) => name),
        width,
      ),
      padding: 0.35,
    },
    marks: [
      plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: Math.min(8, width / 80) }),
      plot.tickX(values, {
        x: 'iou',
        y: 'name',
        stroke: 'var(--ink-soft)',
        strokeOpacity: 0.25,
        insetTop: -6,
        insetBottom: -6,
      }),
      plot.ruleY(boxes, { y: 'name', x1: 'least', x2: 'most', stroke: 'var(--ink)' }),
      plot.barX(boxes, {
        y: 'name',
        x1: 'lower',
        x2: 'upper',
        fill: 'var(--raised)',
        stroke: 'var(--ink)',
        insetTop: 2,
        insetBottom: 2,
      }),
      plot.tickX(boxes, {
        y: 'name',
        x: 'median',
        stroke: 'var(--ink)',
        strokeWidth: 2.5,
        insetTop: 2,
        insetBottom: 2,
      }),
      plot.dot(boxes, {
        y: 'name',
        x: 'mean',
        symbol: 'diamond',
        r: 4,
        fill: 'var(--surface)',
        stroke: 'var(--ink)',
        title: (box: (typeof boxes)[number]) =>
          `${box.name}: median ${box.median.toFixed(3)}, mean ${box.mean.toFixed(3)}`,
      }),
    ],
  };
}

/** The numbers behind the boxes. */
export function iouByLayerTable(layers: readonly LayerIous[]): ChartTable {
  return {
    columns: ['Layer', 'Units', 'Least', 'First quartile', 'Median', 'Mean', 'Third quartile', 'Most'],
    rows: layers.map(({ name, ious }) => {
      if (ious.length === 0) return [name, 0, null, null, null, null, null, null];
      const { least, lower, median, mean, upper, most } = spread(ious);
      return [name, ious.length, least, lower, median, mean, upper, most];
    }),
  };
}

/** Mean of the best IoU at each length, a line a layer, told apart by their marks and their names at the end. */
export function lengthByLayerOptions(plot: Plot, layers: readonly LayerLengths[], width: number): ChartOptions {
  const points = layers.flatMap(({ name, means }) => means.map((iou, index) => ({ name, length: index + 1, iou })));
  const longest = Math.max(1, ...layers.map(({ means }) => means.length));
  const top = Math.max(0.02, ...points.map(({ iou }) => iou));
  const height = 260;
  const ends = layers.flatMap(({ name, means }) =>
    means.length > 0 ? [{ name, length: means.length, iou: means[means.length - 1] }] : [],
  );
  const room = labelRoom(width);
  const gap = (top * 15) / (height - 60);
  return {
    ...chartLook,
    width,
    height,
    marginLeft: 44,
    marginRight: room,
    marginTop: 24,
    marginBottom: 36,
    x: {
      domain: [1, Math.max(2, longest)],
      ticks: Array.from({ length: longest }, (_, index) => index + 1),
      tickFormat: 'd',
      label: 'Formula length',
      labelArrow: 'none',
      labelAnchor: 'center',
    },
    y: { domain: [0, top], nice: true, ticks: 5, label: 'Mean IoU', labelArrow: 'none' },
    symbol: { domain: layers.map(({ name }) => name) },
    marks: [
      plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.lineY(points, { x: 'length', y: 'iou', z: 'name', stroke: 'var(--ink-soft)', strokeWidth: 1.5 }),
      plot.dot(points, {
        x: 'length',
        y: 'iou',
        symbol: 'name',
        r: 4,
        fill: 'var(--surface)',
        stroke: 'var(--ink)',
        title: ({ name, length, iou }: (typeof points)[number]) => `${name}, length ${length}: ${iou.toFixed(3)}`,
      }),
      plot.text(apart(ends, gap), {
        x: 'length',
        y: 'at',
        text: ({ name }: Named) => fittedText(name, room - 16),
        textAnchor: 'start',
        dx: 10,
        fill: 'var(--ink)',
        fontSize: 11,
      }),
    ],
  };
}

/** Labels moved apart where they would lie over each other: `at` is where each is written. */
function apart<End extends { readonly iou: number }>(
  ends: readonly End[],
  gap: number,
): readonly (End & { readonly at: number })[] {
  let free = Number.NEGATIVE_INFINITY;
  return [...ends]
    .sort((one, other) => one.iou - other.iou)
    .map((end) => {
      const at = Math.max(end.iou, free);
      free = at + gap;
      return { ...end, at };
    });
}

/** The numbers behind the lines. */
export function lengthByLayerTable(layers: readonly LayerLengths[]): ChartTable {
  const longest = Math.max(1, ...layers.map(({ means }) => means.length));
  return {
    columns: ['Layer', ...Array.from({ length: longest }, (_, index) => `Mean IoU at length ${index + 1}`)],
    rows: layers.map(({ name, means }) => [
      name,
      ...Array.from({ length: longest }, (_, index) => means.at(index) ?? null),
    ]),
  };
}

/** Shares of what the formulas of each layer use, stacked to the whole; categories in their colors, others in neutral ones. */
export function sharesOptions(
  plot: Plot,
  layers: readonly LayerShares[],
  width: number,
  kind: 'categories' | 'operators',
): ChartOptions {
  const inner = width - labelRoom(width) - 24;
  const pieces = layers.flatMap(({ name, parts }) => {
    const total = parts.reduce((sum, { count }) => sum + count, 0);
    let before = 0;
    return parts
      .map((piece, index) => ({ ...piece, index }))
      .filter(({ count }) => count > 0)
      .map(({ part, count, index }) => {
        const from = (100 * before) / total;
        before += count;
        const share = count / total;
        return {
          name,
          part,
          count,
          share,
          from,
          to: (100 * before) / total,
          index,
          label: share * inner < 36 ? '' : fittedText(part, share * inner - 6),
        };
      });
  });
  type Piece = (typeof pieces)[number];
  const color = (part: string): string => (kind === 'categories' ? categoryClass(part).replace('category-', '') : '');
  return {
    ...chartLook,
    width,
    height: 40 + 34 * layers.length,
    marginLeft: labelRoom(width),
    marginRight: 24,
    marginTop: 4,
    marginBottom: 28,
    x: { domain: [0, 100], ticks: 5, label: null, tickFormat: (percent: number) => `${percent} %` },
    y: {
      ...layerAxis(
        layers.map(({ name }) => name),
        width,
      ),
      padding: 0.2,
    },
    color: { type: 'identity' },
    marks: [
      plot.barX(pieces, {
        y: 'name',
        x1: 'from',
        x2: 'to',
        fill: ({ part, index }: Piece) =>
          kind === 'categories' ? `var(--${color(part)})` : index % 2 ? 'var(--raised)' : 'var(--line)',
        stroke: 'var(--surface)',
        strokeWidth: 1,
        title: ({ name, part, count, share }: Piece) => `${name}: ${part} ${count} times, ${Math.round(share * 100)} %`,
      }),
      plot.text(pieces, {
        y: 'name',
        x: ({ from, to }: Piece) => (from + to) / 2,
        text: 'label',
        fill: ({ part }: Piece) => (kind === 'categories' ? `var(--${color(part)}-ink)` : 'var(--ink)'),
        fontSize: 11,
      }),
    ],
  };
}

/** The numbers behind the stacked shares. */
export function sharesTable(layers: readonly LayerShares[]): ChartTable {
  const parts = [...new Set(layers.flatMap((layer) => layer.parts.map(({ part }) => part)))];
  return {
    columns: ['Layer', ...parts],
    rows: layers.map((layer) => [
      layer.name,
      ...parts.map((part) => layer.parts.find((one) => one.part === part)?.count ?? 0),
    ]),
  };
}
