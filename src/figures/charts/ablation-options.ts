import type { ClassChange } from '../../engine/ablation/outcome-change.ts';
import type { UnitLoss } from '../../engine/ablation/unit-ablation.ts';
import { chartLook, fittedText } from './chart.ts';
import type { ChartOptions, ChartTable, Plot } from './chart.ts';
import { frameOptions, roundTop, unitDots } from './unit-points.ts';
import type { Frame, UnitPoint } from './unit-points.ts';

/** Height of the chart of loss in pixels. */
export const lossHeight = 340;

/** A point for each explained unit: IoU across; up what is lost without it in percentage points, or the per cent of predictions that change. */
export function lossPoints(units: readonly UnitLoss[]): readonly UnitPoint[] {
  return units.flatMap(({ unit, iou, loss, changed }) =>
    iou === null ? [] : [{ unit, x: iou, y: 100 * (loss ?? changed) }],
  );
}

/** Where the points lie. */
export function lossFrame(points: readonly UnitPoint[], width: number): Frame {
  const lowest = points.reduce((least, { y }) => Math.min(least, y), 0);
  const highest = points.reduce((most, { y }) => Math.max(most, y), 0);
  return {
    ...{ width, height: lossHeight, left: 52, right: 16, top: 24, bottom: 40 },
    x: [0, roundTop(points.reduce((top, { x }) => Math.max(top, x), 0))],
    // Where nothing is lost, up to a point.
    y: [lowest < 0 ? -roundTop(-lowest) : 0, highest > 0 || lowest < 0 ? roundTop(highest) : 1],
  };
}

/** What is lost without each unit against its IoU. */
export function lossOptions(plot: Plot, points: readonly UnitPoint[], label: string, width: number): ChartOptions {
  const frame = lossFrame(points, width);
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
    y: { domain: [...frame.y], ticks: 5, label, labelArrow: 'none' },
    marks: [
      plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      unitDots(frame, points, points.length > 400 ? 2 : 3),
    ],
  };
}

/** The numbers of each unit, those without a formula too. */
export function lossTable(units: readonly UnitLoss[], formulaOf: (unit: number) => string | null): ChartTable {
  return {
    columns: ['Unit', 'IoU', 'Loss', 'Predictions changed', 'Became wrong', 'Became right', 'p', 'p (Holm)', 'Formula'],
    rows: units.map(({ unit, iou, loss, changed, becameWrong, becameRight, p, holm }) => [
      ...[String(unit), iou, loss, changed, becameWrong, becameRight, p, holm, formulaOf(unit)],
    ]),
  };
}

/** Classes shown at most in the chart before and after; the table has all. */
const mostClasses = 12;

/** The classes whose accuracy changes most, the largest loss first. */
export function turnedClasses(classes: readonly ClassChange[]): readonly ClassChange[] {
  const loss = ({ before, after, compared }: ClassChange): number => (before - after) / Math.max(1, compared);
  return classes
    .filter(({ compared }) => compared > 0)
    .toSorted((one, other) => loss(other) - loss(one))
    .slice(0, mostClasses);
}

/** Height of the chart of classes in pixels. */
export const classesHeight = (count: number): number => 56 + 26 * Math.max(1, count);

/** Accuracy on the samples of each label before and after, a line each from one to the other. */
export function classesOptions(plot: Plot, classes: readonly ClassChange[], width: number): ChartOptions {
  const marginLeft = Math.min(180, Math.max(90, width * 0.28));
  const rows = classes.map(({ label, compared, before, after }) => ({
    label,
    before: (100 * before) / compared,
    after: (100 * after) / compared,
    told: `${label}: ${before} of ${compared} right before, ${after} after`,
  }));
  return {
    ...chartLook,
    width,
    height: classesHeight(rows.length),
    marginLeft,
    marginRight: 20,
    marginTop: 16,
    marginBottom: 40,
    x: {
      domain: [0, 100],
      ticks: 5,
      tickFormat: (percent: number) => `${percent} %`,
      label: 'Right on the samples of this label',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      domain: rows.map(({ label }) => label),
      label: null,
      tickSize: 0,
      tickFormat: (label: string) => fittedText(label, marginLeft - 12),
    },
    marks: [
      plot.gridX({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.ruleY(rows, { y: 'label', x1: 'before', x2: 'after', stroke: 'var(--ink-soft)', strokeWidth: 2 }),
      plot.dot(rows, { y: 'label', x: 'before', r: 4, fill: 'var(--surface)', stroke: 'var(--ink)', title: 'told' }),
      plot.dot(rows, { y: 'label', x: 'after', r: 4, fill: 'var(--ink)', stroke: 'var(--surface)', title: 'told' }),
    ],
  };
}

/** The numbers of all labels. */
export function classesTable(classes: readonly ClassChange[]): ChartTable {
  return {
    columns: ['Label', 'Samples', 'Right before', 'Right after', 'Accuracy before', 'Accuracy after'],
    rows: classes.map(({ label, compared, before, after }) => [
      ...[label, compared, before, after, before / compared, after / compared],
    ]),
  };
}
