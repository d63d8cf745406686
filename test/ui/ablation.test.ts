import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormulasAlone } from '../../src/engine/ablation/formulas-alone.ts';
import type { ClassChange, OutcomeChange } from '../../src/engine/ablation/outcome-change.ts';
import type { Pruning } from '../../src/engine/ablation/pruning.ts';
import { shareOf } from '../../src/engine/ablation/share.ts';
import type { UnitAblation, UnitLoss } from '../../src/engine/ablation/unit-ablation.ts';
import type { UnitId } from '../../src/engine/ids.ts';
import { lossFrame, lossPoints, lossTable, turnedClasses } from '../../src/figures/charts/ablation-options.ts';
import { formulasBars, formulasTable } from '../../src/figures/charts/formulas-alone-options.ts';
import { pruningTable } from '../../src/figures/charts/pruning-options.ts';
import { placeIn } from '../../src/figures/charts/unit-points.ts';
import {
  formulasAnswer,
  pointsText,
  pruningAnswer,
  singleAnswer,
  trialAnswer,
  unexplainedText,
} from '../../src/figures/text/ablation.ts';

const none = shareOf(0, 0);

function change(more: Partial<OutcomeChange>): OutcomeChange {
  const nothing = { becameWrong: 0, becameRight: 0, p: null, classes: [], effects: [] };
  return { changed: shareOf(0, 200), before: shareOf(190, 200), after: shareOf(190, 200), ...nothing, ...more };
}

describe('what a choice does', () => {
  const turned = change({
    changed: shareOf(50, 200),
    after: shareOf(150, 200),
    becameWrong: 42,
    becameRight: 2,
    p: 1e-9,
  });

  it('is told with all its numbers', () => {
    expect(trialAnswer({ units: [3], kind: 'off', change: turned, changed: [] })).toBe(
      'Without 1 unit the model is right on 75 % of the samples instead of 95 %. 50 of 200 predictions change (25 %). 42 right answers become wrong, 2 wrong ones right (McNemar p = 1.0e−9).',
    );
    expect(trialAnswer({ units: [3, 4], kind: 'formulas', change: change({}), changed: [] })).toBe(
      'With formulas in place of 2 units the model is right on 95 % of the samples instead of 95 %. No prediction changes.',
    );
  });

  it('is what the model does where nothing is chosen', () => {
    expect(trialAnswer({ units: [], kind: 'off', change: change({}), changed: [] })).toBe(
      'With all units the model is right on 95 % (190 of 200) of the samples.',
    );
  });

  it('counts changed predictions where gold labels are not known', () => {
    const silent = change({ before: none, after: none, changed: shareOf(3, 200) });
    expect(trialAnswer({ units: [1], kind: 'off', change: silent, changed: [] })).toBe(
      'Without 1 unit 3 of 200 predictions change (1.5 %).',
    );
    expect(trialAnswer({ units: [], kind: 'off', change: silent, changed: [] })).toMatch(/^No unit is chosen\. Gold/);
  });

  it('is written in points with a sign', () => {
    expect([-0.1543, 0.002, 0.01, -0.000_01, 0].map(pointsText)).toEqual([
      '−15.4 points',
      '+0.2 points',
      '+1 point',
      '0 points',
      '0 points',
    ]);
  });
});

const lossOf = (unit: number, iou: number | null, loss: number | null, changed = 0.1): UnitLoss => ({
  ...{ unit: unit as UnitId, iou, loss, changed, becameWrong: 1, becameRight: 0, p: 1, holm: 1, pushes: [], holds: [] },
});

describe('each unit alone', () => {
  const related = (r: number, p: number) => ({ pearson: { r, p, n: 9 }, spearman: { r, p, n: 9 } });
  const ablation: UnitAblation = {
    units: [lossOf(4, 0.2, 0.051), lossOf(2, 0.1, 0)],
    ...{ beyondChance: 1, lossByIou: related(0.8, 0.01), changedByIou: related(0.1, 0.9), labels: [], classes: [] },
  };

  it('says which unit matters, how many do, and whether those that are explained', () => {
    expect(singleAnswer(ablation)).toBe(
      'Most is lost without unit 4: accuracy changes by −5.1 points. 1 of 2 units alone changes it by more than chance. The better a unit is explained, the more is lost without it (Spearman r = 0.800, p = 0.010; Pearson r = 0.800, p = 0.010; 9 units).',
    );
    const even = { ...ablation, units: [lossOf(2, 0.1, 0)], beyondChance: 0, lossByIou: related(-0.1, 0.8) };
    expect(singleAnswer(even)).toMatch(
      /^No single unit is needed: .* No unit alone changes it by more than chance\. Loss does not clearly rise or fall with IoU \(Spearman r = −0\.100/,
    );
    const few = { ...ablation, lossByIou: { pearson: null, spearman: null } };
    expect(singleAnswer(few)).toMatch(/Too few units differ in loss to tell whether it goes with IoU\.$/);
    const silent = { ...ablation, lossByIou: null };
    expect(singleAnswer(silent)).toMatch(/^Most predictions, 10 %, change without unit 4\. The share of changed/);
    expect(singleAnswer({ ...ablation, units: [] })).toBe('There is no unit.');
  });

  it('has all points in its frame, those of units without a formula left out', () => {
    const unit = fc.record({
      unit: fc.nat(99),
      iou: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      loss: fc.double({ min: -1, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(unit), (list) => {
        const units = list.map(({ unit: number, iou, loss }) => lossOf(number, iou, loss));
        const points = lossPoints(units);
        expect(points).toHaveLength(units.filter(({ iou }) => iou !== null).length);
        const frame = lossFrame(points, 500);
        for (const point of points) {
          const [x, y] = placeIn(frame, point);
          expect(x).toBeGreaterThanOrEqual(frame.left - 0.01);
          expect(x).toBeLessThanOrEqual(500 - frame.right + 0.01);
          expect(y).toBeGreaterThanOrEqual(frame.top - 0.01);
          expect(y).toBeLessThanOrEqual(frame.height - frame.bottom + 0.01);
        }
        expect(lossTable(units, () => null).rows).toHaveLength(units.length);
      }),
    );
  });
});

it('the labels that lose most come first, and no more than a dozen', () => {
  const classes = Array.from({ length: 20 }, (_, place): ClassChange => {
    return { label: `label ${place}`, place, compared: place === 3 ? 0 : 10, before: 9, after: 9 - (place % 10) };
  });
  const shown = turnedClasses(classes);
  expect(shown).toHaveLength(12);
  expect(shown.slice(0, 3).map(({ after }) => after)).toEqual([0, 0, 1]);
  expect(shown.some(({ place }) => place === 3)).toBe(false);
});

describe('pruning', () => {
  function pruned(
    areas: readonly [number, number],
    ps: readonly [number, number],
    more: Partial<Pruning> = {},
  ): Pruning {
    const point = (off: number, hits: number) => ({ pruned: off, right: shareOf(hits, 10), same: shareOf(hits, 10) });
    const points = [point(0, 10), point(1, 5)];
    return {
      curves: [
        { order: 'least', points, area: areas[0], p: ps[0] },
        { order: 'most', points, area: areas[1], p: ps[1] },
      ],
      random: {
        orders: 3,
        seed: 1,
        areas: [0.6, 0.7, 0.8],
        points: points.map(({ pruned: off }) => ({ pruned: off, mean: 0.7, low: 0.6, high: 0.8 })),
      },
      ...{ pool: 'all', unitCount: 1, unexplained: 0, measure: 'right', ...more },
    };
  }

  it.each([
    [
      [0.9, 0.5],
      [0.04, 0.04],
      'So the more interpretable units matter more than units drawn at random (p = 0.040 and p = 0.040).',
    ],
    [
      [0.5, 0.9],
      [0.04, 0.04],
      'So the more interpretable units matter less than units drawn at random (p = 0.040 and p = 0.040).',
    ],
    [
      [0.7, 0.5],
      [0.9, 0.04],
      'So the more interpretable units matter more than units drawn at random (p = 0.90 and p = 0.040).',
    ],
    [
      [0.5, 0.7],
      [0.04, 0.9],
      'So the more interpretable units matter less than units drawn at random (p = 0.040 and p = 0.90).',
    ],
    [
      [0.5, 0.5],
      [0.04, 0.04],
      'Both orders cost more than random ones (p = 0.040 and p = 0.040), so IoU alone does not tell which units matter.',
    ],
    [
      [0.9, 0.9],
      [0.04, 0.04],
      'Both orders cost less than random ones (p = 0.040 and p = 0.040), so IoU alone does not tell which units matter.',
    ],
    [[0.7, 0.7], [0.9, 0.9], 'Neither order stands out from random ones (p = 0.90 and p = 0.90).'],
  ] as const)('with areas %j and p %j ends: %s', (areas, ps, verdict) => {
    expect(pruningAnswer(pruned(areas, ps))).toMatch(
      /^On the way from none to all of these units off, the model is right on/,
    );
    expect(pruningAnswer(pruned(areas, ps)).endsWith(`in random orders on 70 % (60 % to 80 %). ${verdict}`)).toBe(true);
  });

  it('says what is pruned, and has a row a step', () => {
    const of = pruned([0.9, 0.5], [0.04, 0.04], { unexplained: 2 });
    expect(unexplainedText(of)).toBe('2 units without a formula count as the least interpretable.');
    expect(unexplainedText({ ...of, pool: 'explained' })).toMatch(/^Only explained units/);
    expect(unexplainedText({ ...of, unexplained: 0 })).toBe('');
    const { columns, rows } = pruningTable(of);
    expect(rows.map((row) => row[0])).toEqual(['0', '1']);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
    expect(new Set(columns).size).toBe(columns.length);
    expect(rows[1].slice(7)).toEqual([0.7, 0.6, 0.8]);
    const without = { ...of, random: { orders: 0, seed: 1, areas: [], points: [] } };
    expect(pruningTable(without).rows[1].slice(7)).toEqual([null, null, null]);
    expect(pruningAnswer(without)).toMatch(/where the most interpretable do\.$/);
  });
});

describe('formulas alone', () => {
  const shares = (right: number) => ({ right: shareOf(right, 100), same: shareOf(right, 100) });
  const made: FormulasAlone = {
    ...{ explained: 3, unitCount: 5, whole: shares(90), explainedOnly: shares(85), nothing: shares(20) },
    lengths: [1, 3].map((length) => ({
      ...{ length, alone: shares(40 + length), withOthers: shares(60), kept: (20 + length) / 70, told: null },
      standIns: [],
    })),
    mostFrequent: { label: 'street', share: shareOf(20, 100) },
    mostPredicted: { place: 0, share: shareOf(22, 100) },
  };

  it('answer with a number, and with what it is held against', () => {
    expect(formulasAnswer(made)).toBe(
      'From formulas of at most 3 concepts alone the model is right on 43 % of the samples; from its activations on 90 %, always saying street on 20 %. The formulas keep 33 % of what the model knows beyond that. 43 % of the predictions stay as they are. 2 of 5 units have no formula and are off.',
    );
    const silent = { right: none, same: shareOf(40, 100) };
    const unknown = { ...made, whole: silent, mostFrequent: null, lengths: [{ ...made.lengths[0], alone: silent }] };
    expect(formulasAnswer(unknown)).toBe(
      'From formulas of at most 1 concept alone 40 % of the predictions stay as they are. 2 of 5 units have no formula and are off.',
    );
    expect(formulasBars(unknown).map(({ share }) => share.hits)).toEqual([40, 85, 40, 20]);
  });

  it('stand between the whole model and what needs no looking', () => {
    const bars = formulasBars(made);
    expect(bars.map(({ name, share }) => `${name} ${share.hits}`)).toEqual([
      ...['Whole model 90', 'Explained units only 85', 'Formulas, 3 concepts 43', 'Formulas, 1 concept 41'],
      ...['All units off 20', 'Most frequent label 20'],
    ]);
    expect(formulasBars({ ...made, explained: 5 }).map(({ name }) => name)).not.toContain('Explained units only');
    const { columns, rows } = formulasTable(bars);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
  });
});
