import * as Plot from '@observablehq/plot';
import { describe, expect, it } from 'vitest';
import { accuracyAnalysis } from '../../src/engine/analysis/accuracy.ts';
import { classAnalysis } from '../../src/engine/analysis/class-units.ts';
import { lengthAnalysis } from '../../src/engine/analysis/lengths.ts';
import { uniquenessAnalysis } from '../../src/engine/analysis/uniqueness.ts';
import {
  accuracyFrame,
  accuracyOptions,
  accuracyPoints,
  accuracyTable,
  correlationOptions,
  correlationTable,
} from '../../src/figures/charts/accuracy-options.ts';
import type { ChartOptions, ChartTable } from '../../src/figures/charts/chart.ts';
import {
  classWeightPoints,
  classWeightsFrame,
  classWeightsOptions,
  classWeightsTable,
} from '../../src/figures/charts/class-weights-options.ts';
import {
  iouByLengthFrame,
  iouByLengthOptions,
  iouByLengthTable,
  iouPoints,
} from '../../src/figures/charts/iou-by-length-options.ts';
import { figureSvg } from '../../src/ui/charts/save-figure.ts';
import {
  conceptUsesOptions,
  conceptUsesTable,
  uniquenessOptions,
  uniquenessTable,
} from '../../src/figures/charts/uniqueness-options.ts';
import { placeIn } from '../../src/figures/charts/unit-points.ts';
import type { Frame, UnitPoint } from '../../src/figures/charts/unit-points.ts';
import { FakePairEvidence } from '../ui/fake-pair-evidence.ts';
import { fakePairResults } from '../ui/fake-pair-results.ts';

const results = fakePairResults;
const tallies = await new FakePairEvidence().unitTallies();
if (!tallies) throw new Error('the made-up pairs have gold labels');
const accuracy = accuracyAnalysis(results, tallies);
const lengths = lengthAnalysis(results);
const uniqueness = uniquenessAnalysis(results);
const classes = classAnalysis(results)?.classes ?? [];
const last = uniqueness.lengths[uniqueness.lengths.length - 1];

interface Charted {
  readonly points: readonly UnitPoint[];
  readonly frameOf: (width: number) => Frame;
  readonly make: (width: number) => ChartOptions;
}

const iou = iouPoints(lengths);
const rights = accuracyPoints(accuracy.points);
const weights = classWeightPoints(classes);
const withPoints: Readonly<Record<string, Charted>> = {
  length: {
    points: iou,
    frameOf: (width) => iouByLengthFrame(iou, lengths.lengths.length, width),
    make: (width) => iouByLengthOptions(Plot, lengths, iou, width),
  },
  accuracy: {
    points: rights,
    frameOf: (width) => accuracyFrame(rights, accuracy.accuracy, width),
    make: (width) => accuracyOptions(Plot, rights, { overall: accuracy.accuracy, fitted: true }, width),
  },
  classes: {
    points: weights,
    frameOf: (width) => classWeightsFrame(weights, classes.length, width),
    make: (width) => classWeightsOptions(Plot, classes, 'weight', weights, width),
  },
};

const others: Readonly<Record<string, (width: number) => ChartOptions>> = {
  correlation: (width) => correlationOptions(Plot, accuracy.lengths, width),
  uniqueness: (width) => uniquenessOptions(Plot, uniqueness, width),
  concepts: (width) => conceptUsesOptions(Plot, last.concepts, width),
};

const tables: Readonly<Record<string, ChartTable>> = {
  length: iouByLengthTable(lengths),
  accuracy: accuracyTable(accuracy),
  correlation: correlationTable(accuracy.lengths),
  uniqueness: uniquenessTable(uniqueness.lengths),
  concepts: conceptUsesTable(last.concepts),
  classes: classWeightsTable(classes, 'weight', () => 'a formula'),
};

describe.each(Object.keys(withPoints))('the points of the chart of %s', (name) => {
  it.each([358, 1040])('lie where a pointer looks for them, %i pixels wide', (width) => {
    const { points, frameOf, make } = withPoints[name];
    const chart = Plot.plot(make(width));
    const frame = frameOf(width);
    expect(points.length).toBeGreaterThan(20);
    for (const point of points) {
      const [left, top] = placeIn(frame, point);
      expect(chart.scale('x')?.apply(point.x)).toBeCloseTo(left, 6);
      expect(chart.scale('y')?.apply(point.y)).toBeCloseTo(top, 6);
      expect(left).toBeGreaterThanOrEqual(frame.left);
      expect(left).toBeLessThanOrEqual(frame.width - frame.right);
      expect(top).toBeGreaterThanOrEqual(frame.top);
      expect(top).toBeLessThanOrEqual(frame.height - frame.bottom);
    }
    const drawn = chart.querySelector('path[stroke-linecap=round]')?.getAttribute('d') ?? '';
    const [first] = points.map((point) => placeIn(frame, point).map((pixel) => pixel.toFixed(1)));
    expect(drawn.match(/M/g)).toHaveLength(points.length);
    expect(drawn.startsWith(`M${first[0]} ${first[1]}h0`)).toBe(true);
  });
});

describe.each([...Object.keys(withPoints), ...Object.keys(others)])('the chart of %s', (name) => {
  const make = withPoints[name]?.make ?? others[name];

  it('is one picture that can be saved', () => {
    const chart = Plot.plot(make(640));
    if (!(chart instanceof SVGSVGElement)) throw new Error('not a picture');
    document.body.append(chart);
    const text = figureSvg(chart, { title: name, description: 'A chart.', notes: ['A note.'] });
    chart.remove();
    expect(new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')).toBeNull();
    expect(text).not.toContain('NaN');
  });

  it('has a table whose rows all have its columns', () => {
    const { columns, rows } = tables[name];
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(columns).size).toBe(columns.length);
    for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});
