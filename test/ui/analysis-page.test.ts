import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccuracyAnalysis } from '../../src/engine/analysis/accuracy.ts';
import type { ClassPull } from '../../src/engine/analysis/class-units.ts';
import type { LengthAnalysis, LengthStep } from '../../src/engine/analysis/lengths.ts';
import { uniquenessAnalysis } from '../../src/engine/analysis/uniqueness.ts';
import type { UnitId } from '../../src/engine/ids.ts';
import { spreadOf } from '../../src/engine/statistics/spread.ts';
import { iouByLengthFrame, iouByLengthTable, iouPoints } from '../../src/figures/charts/iou-by-length-options.ts';
import { besideMiddle, nearestPoint, placeIn, roundTop } from '../../src/figures/charts/unit-points.ts';
import type { Frame, UnitPoint } from '../../src/figures/charts/unit-points.ts';
import { views } from '../../src/ui/pages/analysis/views.ts';
import { accuracyAnswer, leftOutText, overallText } from '../../src/figures/text/analysis-accuracy.ts';
import { classesAnswer, classText } from '../../src/figures/text/analysis-classes.ts';
import { formulasAnswer } from '../../src/figures/text/analysis-formulas.ts';
import { lengthsAnswer, testsText } from '../../src/figures/text/analysis-lengths.ts';
import { pText, statisticText, unbroken } from '../../src/figures/text/analysis-numbers.ts';
import { fakePairResults } from './fake-pair-results.ts';

const frame: Frame = {
  ...{ width: 400, height: 300, left: 40, right: 10, top: 20, bottom: 30 },
  ...{ x: [0.5, 3.5], y: [-1, 1] },
};
const unitId = (unit: number): UnitId => unit as UnitId;

function lengthsOf(ious: readonly (readonly number[])[], more: Partial<LengthAnalysis> = {}): LengthAnalysis {
  const lengths = ious.map((values, at): LengthStep => {
    const spread = spreadOf(values);
    const first = spreadOf(ious[0]);
    const increase = spread && first && first.mean > 0 ? 100 * (spread.mean / first.mean - 1) : null;
    return { length: at + 1, ious: values, spread, increase };
  });
  return { units: ious[0].map((_, unit) => unitId(unit)), lengths, tests: null, flatFrom: null, ...more };
}

describe('the place of a point', () => {
  it('is at the ends of the axes for their ends', () => {
    expect(placeIn(frame, { x: 0.5, y: -1 })).toEqual([40, 270]);
    expect(placeIn(frame, { x: 3.5, y: 1 })).toEqual([390, 20]);
  });

  it('finds the point again, or a nearer one, and none beyond reach', () => {
    const coordinate = fc.record({
      unit: fc.nat(999),
      x: fc.double({ min: 0.5, max: 3.5, noNaN: true }),
      y: fc.double({ min: -1, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 1, maxLength: 40 }), fc.nat(), (points, pick) => {
        const wanted = points[pick % points.length];
        const place = placeIn(frame, wanted);
        const found = nearestPoint(frame, points, place, 10);
        expect(found).toBeGreaterThanOrEqual(0);
        const [x, y] = placeIn(frame, points[found]);
        expect(Math.hypot(x - place[0], y - place[1])).toBeLessThan(1e-6);
      }),
    );
    const points: readonly UnitPoint[] = [{ unit: 1, x: 2, y: 0 }];
    const [left, top] = placeIn(frame, points[0]);
    expect(nearestPoint(frame, points, [left + 11, top], 10)).toBe(-1);
    expect(nearestPoint(frame, [], [left, top], 10)).toBe(-1);
  });

  it('has an axis that ends at a round number above all values', () => {
    expect([0.059, 0.1, 0.13, 0.42, 0.99, 7].map(roundTop)).toEqual([0.06, 0.1, 0.15, 0.5, 1, 8]);
    expect(roundTop(0)).toBe(0.01);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (value) => {
        expect(roundTop(value)).toBeGreaterThanOrEqual(value * (1 - 1e-3));
        expect(roundTop(value)).toBeLessThanOrEqual(value * 2);
      }),
    );
  });
});

describe('the chart of length', () => {
  const analysis = lengthsOf([
    [0.1, 0.2, 0.3],
    [0.1, 0.3, 0.35],
  ]);

  it('has a point for each unit at each length, at its IoU and in its own place beside the middle', () => {
    const points = iouPoints(analysis);
    expect(points.map(({ unit, y }) => [unit, y])).toEqual([
      [0, 0.1],
      [1, 0.2],
      [2, 0.3],
      [0, 0.1],
      [1, 0.3],
      [2, 0.35],
    ]);
    for (const { unit, x } of points) expect(x - Math.round(x)).toBeCloseTo(0.8 * besideMiddle(unit));
    expect(iouByLengthFrame(points, 2, 600)).toMatchObject({ x: [0.5, 2.5], y: [0, 0.4] });
  });

  it('has a table with a row a length', () => {
    const { columns, rows } = iouByLengthTable(analysis);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(rows[1].slice(0, 3)).toEqual(['2', 3, 0.25]);
    expect(rows[1][3]).toBeCloseTo(25);
    expect(iouByLengthTable(lengthsOf([[]])).rows[0]).toHaveLength(columns.length);
  });
});

describe('numbers of tests', () => {
  it.each([
    [0.5, 'p = 0.50'],
    [0.0432, 'p = 0.043'],
    [2.345e-12, 'p = 2.3e−12'],
    [1, 'p = 1'],
    [0, 'p < 1e−300'],
  ])('says %d as %s', (p, text) => {
    expect(pText(p)).toBe(text);
  });

  it('says negative ones with a minus, but no nothing', () => {
    expect([0.3117, -0.6, -0.00001, 0].map((value) => statisticText(value))).toEqual([
      '0.312',
      '−0.600',
      '0.000',
      '0.000',
    ]);
  });
});

it('keeps numbers on a line with their signs', () => {
  expect(unbroken('r = 0.3, p < 1e−300, 12 % of all')).toBe(
    'r\u00a0=\u00a00.3, p\u00a0<\u00a01e−300, 12\u00a0% of all',
  );
});

describe('the answer about length', () => {
  it('has the increase, where it flattens and the tests', () => {
    const analysis = lengthsOf(
      [
        [0.05, 0.07],
        [0.08, 0.1],
        [0.0801, 0.1002],
      ],
      {
        flatFrom: 2,
        tests: {
          length: 3,
          wilcoxon: { statistic: 12.5, p: 2e-5, pairs: 1200, zeros: 3, method: 'normal' },
          pairedT: { t: 12.345, df: 1199, p: 0, meanDifference: 0.03 },
        },
      },
    );
    expect(lengthsAnswer(analysis)).toBe(
      'With up to 3 concepts, the mean IoU is 0.090, 50 % above the 0.060 of one. From 2 concepts on, each further one adds less than 1 %.',
    );
    expect(testsText(analysis)).toBe(
      'Wilcoxon signed-rank test of length 3 against length 1: W = 12.5, p = 2.0e−5, n = 1,200, of which 3 without a difference are left out. Paired t-test: t = 12.35, 1,199 degrees of freedom, p < 1e−300, n = 2.',
    );
  });

  it('says so where further concepts add next to nothing', () => {
    const flat = lengthsOf([[0.5], [0.5]], { flatFrom: 1, tests: { length: 2, wilcoxon: null, pairedT: null } });
    expect(lengthsAnswer(flat)).toBe(
      'With up to 2 concepts, the mean IoU is 0.500, the same as the 0.500 of one. No further concept adds as much as 1 %.',
    );
  });

  it('says so where length adds to the end, nothing differs, there is one length or no unit', () => {
    const grows = lengthsOf([[0.1], [0.2]], { tests: { length: 2, wilcoxon: null, pairedT: null } });
    expect(lengthsAnswer(grows)).toContain('100 % above the 0.100 of one. The 2nd still adds 1 % or more');
    expect(testsText(grows)).toBe("No unit's IoU at length 2 differs from that at length 1.");
    expect(lengthsAnswer(lengthsOf([[0.1]]))).toContain(
      'The formulas have one concept each; their mean IoU is 0.100, over 1 unit.',
    );
    expect(testsText(lengthsOf([[0.1]]))).toBe('');
    expect(lengthsAnswer(lengthsOf([[], []]))).toBe('No unit is explained, so there is nothing to compare.');
  });
});

describe('the answer about variety', () => {
  it('has counts and shares of the longest formulas and of single concepts', () => {
    const analysis = uniquenessAnalysis(fakePairResults);
    const last = analysis.lengths[analysis.lengths.length - 1];
    const text = formulasAnswer(analysis);
    expect(last.unique).toBe(0);
    expect(text).toContain(`Of ${analysis.units} explained units, none has a formula that no other unit has`);
    expect(text).toContain(`${last.distinct} different formula`);
    expect(text).toContain(`named most is ${last.concepts[0].name}, in ${last.concepts[0].units} formulas.`);
  });

  it('says so where no unit is explained', () => {
    expect(formulasAnswer({ units: 0, lengths: [] })).toBe('No unit is explained, so there are no formulas.');
  });
});

describe('the answer about accuracy', () => {
  const point = {
    ...{ unit: unitId(1), firing: 30, compared: 30, right: 20, iou: 0.1, accuracy: 2 / 3 },
    interval: { low: 0.5, high: 0.8 },
  };
  const base: AccuracyAnalysis = {
    least: 20,
    overall: { compared: 1000, right: 700 },
    accuracy: 0.7,
    interval: { low: 0.67, high: 0.73 },
    withoutGold: 5,
    withoutClass: 0,
    points: [point, { ...point, unit: unitId(2) }, { ...point, unit: unitId(3) }],
    leftOut: [],
    lengths: [],
  };
  const correlated = (r: number, p: number): AccuracyAnalysis['lengths'] => [
    { length: 1, pearson: { r, p, n: 3 }, spearman: { r, p, n: 3 } },
  ];

  it.each([
    [0.31, 1e-9, 'The better a unit is explained, the more often the model is right where it fires: Pearson r = 0.310'],
    [
      -0.6,
      1e-9,
      'The better a unit is explained, the less often the model is right where it fires: Pearson r = −0.600',
    ],
    [0.1, 0.4, 'Accuracy where a unit fires does not clearly rise or fall with its IoU: Pearson r = 0.100, p = 0.40'],
  ])('goes by r = %d and p = %d', (r, p, text) => {
    expect(accuracyAnswer({ ...base, lengths: correlated(r, p) })).toContain(text);
  });

  it('says why no correlation can be told', () => {
    expect(accuracyAnswer({ ...base, points: [] })).toBe('There is no unit for which this can be told.');
    const none = [{ length: 1, pearson: null, spearman: null }];
    expect(accuracyAnswer({ ...base, points: [point], lengths: none })).toContain('Only 1 unit can be compared');
    expect(accuracyAnswer({ ...base, lengths: none })).toContain('All units have the same IoU or the same accuracy');
  });

  it('tells accuracy on all samples, and units left out by reason', () => {
    expect(overallText(base)).toBe(
      'On all samples the model is right 70 % of the time (700 of 1,000; 95 % interval 67.0 to 73.0 %; 5 samples without a gold label left out).',
    );
    expect(overallText({ ...base, withoutGold: 0, withoutClass: 1 })).toContain(
      '; 1 sample whose gold label stands for no class left out).',
    );
    expect(overallText({ ...base, accuracy: null })).toBe('');
    const out = { unit: unitId(4), firing: 3, compared: 3, right: 1 };
    const leftOut = [
      { ...out, why: 'few' as const },
      { ...out, why: 'not-explained' as const },
      { ...out, why: 'few' as const },
    ];
    expect(leftOutText({ ...base, leftOut })).toBe(
      '3 units are left out: 1 without a formula, 2 firing on fewer than 20 samples that can be compared.',
    );
    expect(leftOutText(base)).toBe('');
  });
});

describe('the answer about classes', () => {
  const pull = (unit: number, value: number, iou: number | null): ClassPull => ({
    unit: unitId(unit),
    place: 0,
    value,
    iou,
  });

  it('says by what it is known, how many units stand out, and how many of them are explained', () => {
    const known = 'that stands out for one of the 2 classes; 2 of them are explained, with a mean IoU of 0.150.';
    const names = ['yes', 'no'];
    const standing = { units: 3, explained: 2, meanIou: 0.15 };
    expect(classesAnswer({ by: 'weight', samples: null, names, standing })).toBe(`3 units have a weight ${known}`);
    expect(classesAnswer({ by: 'correlation', samples: 1200, names, standing })).toBe(
      `No linear layer reads these units, so this is by correlation, over 1,200 samples. 3 units have an r ${known}`,
    );
    const none = { units: 0, explained: 0, meanIou: null };
    expect(classesAnswer({ by: 'weight', samples: null, names, standing: { ...none, units: 1 } })).toBe(
      '1 unit has a weight that stands out for one of the 2 classes; none of them is explained.',
    );
    expect(classesAnswer({ by: 'weight', samples: null, names, standing: none })).toBe(
      'All weights are 0: no unit moves any class.',
    );
    expect(classesAnswer({ by: 'correlation', samples: 3, names, standing: none })).toMatch(
      /, over 3 samples\. No unit varies with any class\.$/,
    );
  });

  it('tells what moves a class most', () => {
    const one = { place: 0, name: 'yes', push: [pull(1, 2, 0.1), pull(2, 1, null)], hold: [pull(3, -1.5, 0.2)] };
    const other = { place: 1, name: 'no', push: [pull(3, 1, 0.2)], hold: [] };
    expect(classText(one, 'weight')).toBe('Unit 1 pushes it most (+2.000), unit 3 holds it back most (−1.500).');
    expect(classText(other, 'weight')).toBe('Unit 3 pushes it most (+1.000).');
    expect(classText({ push: [], hold: [] }, 'weight')).toBe('No unit has a weight for it.');
    expect(classText(one, 'correlation')).toBe(
      'Unit 1 goes with it most (+2.000), unit 3 goes against it most (−1.500).',
    );
    expect(classText({ push: [], hold: [] }, 'correlation')).toBe('No unit varies with it.');
  });
});

it('has a tab for each view, with a question each', () => {
  expect(views.map(({ view }) => view)).toEqual([
    ...['lengths', 'kinds', 'formulas', 'accuracy', 'classes', 'layers', 'ablation', 'measures'],
  ]);
  for (const { question } of views) expect(question).toMatch(/\?$/);
});
