import type { Concept } from '../../engine/concepts.ts';
import { formulaText } from '../../engine/formula/print.ts';
import { conceptName } from '../../figures/text/concept-name.ts';
import { chartLook, fittedText } from '../../figures/charts/chart.ts';
import type { ChartOptions, ChartTable, Plot } from '../../figures/charts/chart.ts';
import type { LengthStep } from './length-steps.ts';

/** What each length changed, in a word or two: `OR river`, `anew: sky`, or nothing where nothing better was found. */
export function stepText({ change, operator, part }: LengthStep, concepts: readonly Concept[]): string {
  if (change === 'same') return '';
  const text = formulaText(part, (id) => conceptName(concepts[id]));
  return change === 'added' ? `${operator} ${text}` : change === 'other' ? `anew: ${text}` : text;
}

/** Best IoU at each length, a step each, with the concept it added where there is room. */
export function lengthChartOptions(
  plot: Plot,
  steps: readonly LengthStep[],
  concepts: readonly Concept[],
  width: number,
): ChartOptions {
  const marginLeft = 40;
  const room = (width - marginLeft - 16) / Math.max(1, steps.length);
  const points = steps.map((step) => {
    const text = stepText(step, concepts);
    return { length: step.length, iou: step.scored.iou, text, label: room < 44 ? '' : fittedText(text, room - 6) };
  });
  const top = Math.max(0.01, ...points.map(({ iou }) => iou));
  return {
    ...chartLook,
    width,
    height: 168,
    marginLeft,
    marginRight: 16,
    marginTop: 28,
    marginBottom: 32,
    x: { type: 'point', domain: points.map(({ length }) => length), label: 'Length', labelArrow: 'none', padding: 0.5 },
    y: {
      domain: [0, top],
      nice: 3,
      ticks: 4,
      label: 'IoU',
      labelArrow: 'none',
      tickFormat: (y: number) => String(Number(y.toFixed(4))),
    },
    marks: [
      plot.gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      plot.lineY(points, { x: 'length', y: 'iou', stroke: 'var(--ink-soft)', strokeWidth: 1.5 }),
      plot.dot(points, {
        x: 'length',
        y: 'iou',
        r: 4,
        fill: 'var(--ink)',
        stroke: 'var(--surface)',
        strokeWidth: 1.5,
        title: ({ length, iou, text }: (typeof points)[number]) =>
          `Length ${length}: IoU ${iou.toFixed(3)}${text === '' ? ', nothing better' : `, ${text}`}`,
      }),
      plot.text(points, {
        x: 'length',
        y: 'iou',
        text: 'label',
        dy: -12,
        fontSize: 11,
        fill: 'var(--ink)',
        className: 'added',
      }),
    ],
  };
}

/** The numbers of the chart of length. */
export function lengthChartTable(steps: readonly LengthStep[], concepts: readonly Concept[]): ChartTable {
  return {
    columns: ['Length', 'Added', 'IoU', 'Score'],
    rows: steps.map((step) => [step.length, stepText(step, concepts), step.scored.iou, step.scored.score]),
  };
}
