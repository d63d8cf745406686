import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedSamples, outcomeChange } from '../../../src/engine/ablation/outcome-change.ts';
import { tallyOutcome } from '../../../src/engine/ablation/outcome-tally.ts';
import { heldTruth, labelTruth, type Truth } from '../../../src/engine/ablation/truth.ts';
import { matchLabels } from '../../../src/engine/analysis/class-match.ts';
import { holm } from '../../../src/engine/statistics/holm.ts';
import { mcnemarExact } from '../../../src/engine/statistics/mcnemar.ts';
import { LinearRunner, randomLinear } from './support/linear-model.ts';

const truthOf = (gold: readonly (string | null)[], classNames: readonly string[]): Truth | null =>
  labelTruth(gold, matchLabels(gold, classNames));

/** The class a gold label names, by reading it: -1 of none, null of no label. */
function placeOf(label: string | null, classNames: readonly string[]): number | null {
  return label === null ? null : classNames.indexOf(label.toLowerCase());
}

describe('what is right', () => {
  it('follows from labels, and is not known where a label stands for no class', () => {
    const gold = ['cat', 'Dog', 'whale', null];
    const truth = truthOf(gold, ['dog', 'cat']);
    expect(gold.map((_, sample) => [truth?.isRight(sample, 0), truth?.isRight(sample, 1)])).toEqual([
      [false, true],
      [true, false],
      [null, null],
      [null, null],
    ]);
    expect(truthOf(['whale', null], ['dog', 'cat'])).toBeNull();
    expect(truthOf([null, null], ['dog', 'cat'])).toBeNull();
  });

  it('has labels in the order of the model, the same as one by one', () => {
    fc.assert(
      fc.property(randomLinear, (model) => {
        const { ground } = new LinearRunner(model);
        const held = heldTruth(ground, truthOf(model.gold, model.classNames));
        const places = held.labels.map(({ place }) => place ?? -1);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        ground.samples.forEach((sample, at) => {
          const place = placeOf(model.gold[sample], model.classNames);
          const label = held.labelAt[at];
          if (place === null || place < 0) expect(label).toBe(-1);
          else {
            expect(held.labels[label]).toEqual({ label: model.gold[sample], place });
            expect(held.wholeRight[at]).toBe(Number(ground.whole.predicted[at] === place));
          }
        });
      }),
    );
  });
});

describe('an outcome against the whole model', () => {
  it('counts what a list of the samples shows', () => {
    fc.assert(
      fc.property(randomLinear, fc.array(fc.nat(5)), (model, list) => {
        const runner = new LinearRunner(model);
        const { ground } = runner;
        const held = heldTruth(ground, truthOf(model.gold, model.classNames));
        const units = list.filter((unit) => unit < ground.unitCount);
        const outcome = runner.outcomeOf({ kind: 'off', units });
        const rows = [...ground.samples].map((sample, at) => {
          const place = placeOf(model.gold[sample], model.classNames) ?? -1;
          const [was, is] = [ground.whole.predicted[at], outcome.predicted[at]];
          return {
            sample,
            label: model.gold[sample],
            known: place >= 0,
            was,
            is,
            before: was === place,
            after: is === place,
          };
        });
        const compared = rows.filter(({ known }) => known);
        const change = outcomeChange(ground, outcome, held);
        expect(change.changed.hits).toBe(rows.filter(({ was, is }) => was !== is).length);
        expect([change.before.hits, change.before.of]).toEqual([
          compared.filter(({ before }) => before).length,
          compared.length,
        ]);
        expect([change.after.hits, change.after.of]).toEqual([
          compared.filter(({ after }) => after).length,
          compared.length,
        ]);
        expect(change.becameWrong).toBe(compared.filter(({ before, after }) => before && !after).length);
        expect(change.becameRight).toBe(compared.filter(({ before, after }) => !before && after).length);
        expect(change.p).toBe(mcnemarExact(change.becameWrong, change.becameRight));
        for (const { label, compared: of, before, after } of change.classes) {
          const own = compared.filter((row) => row.label === label);
          expect([of, before, after]).toEqual([
            own.length,
            own.filter((row) => row.before).length,
            own.filter((row) => row.after).length,
          ]);
        }
        change.effects.forEach((effect, place) =>
          expect(effect).toBe(ground.whole.meanScores[place] - outcome.meanScores[place]),
        );
        const turned = changedSamples(ground, outcome, held);
        expect(turned.map(({ sample }) => sample).toSorted((a, b) => a - b)).toEqual(
          rows.filter(({ was, is }) => was !== is).map(({ sample }) => sample),
        );
        for (const one of turned) {
          const row = rows.find(({ sample }) => sample === one.sample);
          const turn = row?.known && row.before ? 'lost' : row?.known && row.after ? 'won' : 'other';
          expect(one).toEqual({ sample: one.sample, before: row?.was, after: row?.is, turn });
        }
      }),
    );
  });

  it('is no change where nothing is off', () => {
    fc.assert(
      fc.property(randomLinear, (model) => {
        const runner = new LinearRunner(model);
        const held = heldTruth(runner.ground, truthOf(model.gold, model.classNames));
        const change = outcomeChange(runner.ground, runner.outcomeOf({ kind: 'off', units: [] }), held);
        expect(change).toMatchObject({ becameWrong: 0, becameRight: 0, p: null, before: change.after });
        expect(change.changed.hits).toBe(0);
        expect(change.effects.every((effect) => effect === 0)).toBe(true);
      }),
    );
  });

  it('compares nothing where nothing is known of right answers', () => {
    const runner = new LinearRunner({
      activations: [[1], [0]],
      weights: [[0, 1]],
      bias: [0, 0],
      classNames: ['a', 'b'],
    });
    const held = heldTruth(runner.ground, null);
    const tally = tallyOutcome(runner.ground, runner.outcomeOf({ kind: 'off', units: [0] }), held);
    expect(tally).toMatchObject({ samples: 2, same: 1, compared: 0, right: 0, becameWrong: 0, becameRight: 0 });
    const change = outcomeChange(runner.ground, runner.outcomeOf({ kind: 'off', units: [0] }), held);
    expect(change).toMatchObject({ p: null, classes: [], effects: [0, 0.5], after: { share: null, interval: null } });
  });
});

describe('tests of turned samples', () => {
  it('are as a sum over the tail gives them', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (one, other) => {
        const turned = one + other;
        const choose = (of: number, k: number): number => (k === 0 ? 1 : (choose(of, k - 1) * (of - k + 1)) / k);
        const tail = Array.from({ length: Math.min(one, other) + 1 }, (_, k) => choose(turned, k));
        const wanted = Math.min(1, (2 * tail.reduce((sum, ways) => sum + ways, 0)) / 2 ** turned);
        if (turned === 0) expect(mcnemarExact(one, other)).toBeNull();
        else expect(mcnemarExact(one, other)).toBeCloseTo(wanted, 12);
        expect(mcnemarExact(other, one)).toBe(mcnemarExact(one, other));
      }),
    );
  });

  it('are raised for being many, in their order', () => {
    expect(holm([0.01, null, 0.04, 0.03])).toEqual([0.03, null, 0.06, 0.06]);
    expect(holm([])).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ps) => {
        const raised = holm(ps);
        ps.forEach((p, at) => {
          expect(raised[at]).toBeGreaterThanOrEqual(p);
          expect(raised[at]).toBeLessThanOrEqual(1);
          ps.forEach((other, place) => {
            if (p < other) expect(raised[at] ?? NaN).toBeLessThanOrEqual(raised[place] ?? NaN);
          });
        });
      }),
    );
  });
});
