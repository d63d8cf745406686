import * as Plot from '@observablehq/plot';
import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { ScoredFormula } from '../../src/engine/results/explanation.ts';
import { bins, countInto } from '../../src/figures/charts/bins.ts';
import type { ChartOptions } from '../../src/figures/charts/chart.ts';
import { iouHistogramOptions, iouHistogramTable } from '../../src/figures/charts/iou-histogram-options.ts';
import {
  iouByLayerOptions,
  iouByLayerTable,
  lengthByLayerOptions,
  lengthByLayerTable,
  sharesOptions,
  sharesTable,
} from '../../src/ui/charts/layer-charts.ts';
import { lengthChartOptions, lengthChartTable } from '../../src/ui/charts/length-chart-options.ts';
import { lengthSteps } from '../../src/ui/charts/length-steps.ts';
import { figurePng, figureSvg } from '../../src/ui/charts/save-figure.ts';

const concepts = ['water', 'blue-c', 'traffic light'].map((name, id) => ({
  id: id as ConceptId,
  number: id + 1,
  name,
  category: name.endsWith('-c') ? 'color' : 'object',
}));
const atom = (concept: number): Formula => ({ kind: 'concept', concept: concept as ConceptId });
const scored = (formula: Formula, iou: number): ScoredFormula => ({
  formula,
  iou,
  score: iou,
  size: 1,
  intersection: 1,
});
const grown: Formula = { kind: 'or', left: atom(0), right: atom(2) };
const byLength = [
  scored(atom(0), 0.104),
  scored(grown, 0.1613),
  scored(grown, 0.1613),
  scored({ kind: 'and', left: grown, right: { kind: 'not', of: atom(1) } }, 0.2),
];
const ious = Array.from({ length: 60 }, (_, index) => ((index * 37) % 60) ** 2 / 9000);
const layers = [
  { name: 'conv1', ious },
  { name: 'a layer with a very long name/relu_output', ious: ious.slice(0, 20).map((iou) => iou / 2) },
  { name: 'empty', ious: [] },
];
const lengths = [
  { name: 'conv1', means: [0.1, 0.15, 0.17] },
  { name: 'conv2', means: [0.101, 0.14, 0.169] },
];
const shares = [
  {
    name: 'conv1',
    parts: [
      { part: 'object', count: 30 },
      { part: 'color', count: 10 },
      { part: 'scene', count: 0 },
    ],
  },
  { name: 'empty', parts: [{ part: 'object', count: 0 }] },
];

function drawn(options: ChartOptions): SVGSVGElement {
  const chart = Plot.plot(options);
  if (!(chart instanceof SVGSVGElement)) throw new Error('a chart is one drawing');
  return chart;
}

/** A drawing as text with two digits after the point, a line an element. */
function rounded(chart: SVGSVGElement): string {
  return chart.outerHTML
    .replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)) + 0))
    .replaceAll('><', '>\n<');
}

const histogram = (): Parameters<typeof iouHistogramOptions>[1] => {
  const all = bins(ious, 25);
  return {
    all,
    left: countInto(
      all,
      ious.filter((iou) => iou > 0.1),
    ),
  };
};

const charts: Readonly<Record<string, (width: number) => ChartOptions>> = {
  'the histogram of IoU': (width) => iouHistogramOptions(Plot, histogram(), width),
  'IoU by length': (width) => lengthChartOptions(Plot, lengthSteps(byLength), concepts, width),
  'IoU by layer': (width) => iouByLayerOptions(Plot, layers, width),
  'length by layer': (width) => lengthByLayerOptions(Plot, lengths, width),
  'shares of categories': (width) => sharesOptions(Plot, shares, width, 'categories'),
  'shares of operators': (width) => sharesOptions(Plot, shares, width, 'operators'),
};

describe('charts', () => {
  it.each(Object.entries(charts))('%s looks as it did', (_, make) => {
    expect(rounded(drawn(make(480)))).toMatchSnapshot();
  });

  it.each(Object.entries(charts))('%s stays inside a narrow place', (_, make) => {
    const chart = drawn(make(300));
    chart.querySelector('style')?.remove();
    document.body.append(chart);
    const box = chart.getBoundingClientRect();
    for (const text of chart.querySelectorAll('text')) {
      if (text.textContent === '') continue;
      const { left, right } = text.getBoundingClientRect();
      expect(left, text.textContent).toBeGreaterThanOrEqual(box.left - 8);
      expect(right, text.textContent).toBeLessThanOrEqual(box.right + 8);
    }
    chart.remove();
  });

  it('have their numbers as tables', () => {
    expect({
      histogram: iouHistogramTable(histogram()),
      length: lengthChartTable(lengthSteps(byLength), concepts),
      ious: iouByLayerTable(layers),
      lengths: lengthByLayerTable(lengths),
      shares: sharesTable(shares),
    }).toMatchSnapshot();
  });
});

describe('a saved figure', () => {
  const notes = ['Model: scenes.onnx, SHA-256 0123456789ab', 'Settings: length 3, beam 10', 'Made: 2026-11-23'];

  it('needs no style sheet, and says what it shows and how it was made', async () => {
    document.documentElement.style.setProperty('--ink-soft', '#123456');
    document.documentElement.style.setProperty('--surface', '#fffefb');
    const chart = drawn(charts['the histogram of IoU'](480));
    chart.querySelector('style')?.remove();
    document.body.append(chart);
    const svg = figureSvg(chart, { title: 'Units by IoU', description: 'Sixty units.', notes });
    const file = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    expect(file.querySelector('parsererror')).toBeNull();
    expect(file.querySelector('title')?.textContent).toBe('Units by IoU');
    for (const note of notes) {
      expect(file.querySelector('desc')?.textContent).toContain(note);
      expect([...file.querySelectorAll('text')].map(({ textContent }) => textContent)).toContain(note);
    }
    expect(svg).not.toMatch(/var\(|class=|<style|style=/);
    expect(svg).toContain('rgb(18, 52, 86)');

    const png = await createImageBitmap(await figurePng(svg));
    expect([png.width, png.height]).toEqual([960, 2 * Number(file.getAttribute('height'))]);
    chart.remove();
  });
});
