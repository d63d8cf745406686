import { csvParse } from 'd3-dsv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ablationAnalysis, type AblationAnalysis } from '../../../src/engine/ablation/ablation-analysis.ts';
import {
  ablationClassesCsv,
  ablationFormulasCsv,
  ablationPruningCsv,
  ablationUnitsCsv,
} from '../../../src/engine/ablation/ablation-csv.ts';
import { classifyByFormulas, triedLengths } from '../../../src/engine/ablation/formulas-alone.ts';
import { pruneUnits } from '../../../src/engine/ablation/pruning.ts';
import { pruningOrders, pruningSteps } from '../../../src/engine/ablation/pruning-orders.ts';
import { tryInLots } from '../../../src/engine/ablation/runner.ts';
import { heldTruth, labelTruth, type Truth } from '../../../src/engine/ablation/truth.ts';
import { ablateUnits } from '../../../src/engine/ablation/unit-ablation.ts';
import { matchLabels } from '../../../src/engine/analysis/class-match.ts';
import type { UnitExplanation } from '../../../src/engine/results/explanation.ts';
import { concepts, explained, is, layer, or, without } from '../analysis/support/made-layer.ts';
import { LinearRunner, randomLinear, type LinearModel } from './support/linear-model.ts';

const truthOf = (gold: readonly (string | null)[], classNames: readonly string[]): Truth | null =>
  labelTruth(gold, matchLabels(gold, classNames));

/**
 * 30 samples, ten of each class. Unit 0 alone makes class `dog`, unit 1 alone `owl`; units 2 to 5 do nothing; `cat` is the bias. The two that matter
 * are those explained best. Formulas of one concept miss every second dog, those of more tell all.
 */
const gold = Array.from({ length: 30 }, (_, sample) => ['cat', 'dog', 'owl'][sample % 3]);
const planted: LinearModel = {
  activations: gold.map((label, sample) => [Number(label === 'dog'), Number(label === 'owl'), sample, 1, 0, 2]),
  weights: [
    [0, 2, 0],
    [0, 0, 2],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ],
  bias: [1, 0, 0],
  classNames: ['cat', 'dog', 'owl'],
  formulas: (sample, unit, length) => {
    const fires = gold[sample] === (unit === 0 ? 'dog' : 'owl');
    return Number(unit < 2 && fires && (length > 1 || unit === 1 || sample % 2 === 0));
  },
};
const ious = [0.4, 0.3, 0.1, 0.05];
const units: readonly UnitExplanation[] = [
  ...ious.map((iou, unit) =>
    explained(unit, [
      [is(unit), iou / 2],
      [or(is(unit), is(5)), iou],
    ]),
  ),
  without(4, 'unrelated'),
  without(5, 'constant'),
];
const results = layer(units, 5);

describe('each unit alone', () => {
  it('finds the units that were planted, what they do and to whom', async () => {
    const runner = new LinearRunner(planted);
    const held = heldTruth(runner.ground, truthOf(gold, planted.classNames));
    const found = await ablateUnits(runner, held, units);
    expect(found.units.map(({ unit }) => unit)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(found.units[0]).toMatchObject({ iou: 0.4, changed: 1 / 3, becameWrong: 10, becameRight: 0, holds: [] });
    expect(found.units[0].loss).toBeCloseTo(1 / 3);
    expect(found.units[0].p).toBeCloseTo(2 / 1024);
    expect(found.units[0].holm).toBeCloseTo(4 / 1024);
    expect(found.units[0].pushes).toEqual([{ place: 1, effect: expect.closeTo(2 / 3, 6) as number }]);
    expect(found.units[2]).toMatchObject({ loss: 0, changed: 0, p: null, holm: null, pushes: [], holds: [] });
    expect(found.beyondChance).toBe(2);
    expect(found.labels.map(({ label, right, needs }) => ({ label, right, needs }))).toEqual([
      { label: 'cat', right: 10, needs: [] },
      { label: 'dog', right: 10, needs: [{ unit: 0, right: 0 }] },
      { label: 'owl', right: 10, needs: [{ unit: 1, right: 0 }] },
    ]);
    expect(found.classes[1].push.map(({ unit }) => unit)).toEqual([0]);
    expect(found.lossByIou?.spearman?.n).toBe(4);
    expect(found.lossByIou?.spearman?.r).toBeGreaterThan(0.8);
    expect(runner.asked).toEqual(units.map(({ unit }) => ({ kind: 'off', units: [unit] })));
  });

  it('counts changed predictions where nothing is known of right answers', async () => {
    const runner = new LinearRunner(planted);
    const found = await ablateUnits(runner, heldTruth(runner.ground, null), units);
    expect(found.lossByIou).toBeNull();
    expect(found.units.map(({ loss, changed }) => [loss, changed])).toEqual([
      ...[
        [null, 1 / 3],
        [null, 1 / 3],
      ],
      ...Array.from({ length: 4 }, () => [null, 0]),
    ]);
    expect(found.changedByIou.pearson?.r).toBeGreaterThan(0.8);
  });

  it('keeps the strongest effects of each class, as sorting all of them does', async () => {
    await fc.assert(
      fc.asyncProperty(randomLinear, async (model) => {
        const runner = new LinearRunner(model);
        const all = model.weights.map((_, unit) => without(unit, 'unrelated'));
        const found = await ablateUnits(runner, heldTruth(runner.ground, null), all);
        for (const { place, push, hold } of found.classes) {
          const effects = model.weights.map((_, unit) => {
            const off = runner.outcomeOf({ kind: 'off', units: [unit] });
            return { unit, effect: runner.ground.whole.meanScores[place] - off.meanScores[place] };
          });
          const sorted = effects.toSorted((one, other) => other.effect - one.effect || one.unit - other.unit);
          expect(push).toEqual(sorted.filter(({ effect }) => effect > 0).slice(0, 5));
          const lowest = effects.toSorted((one, other) => one.effect - other.effect || one.unit - other.unit);
          expect(hold).toEqual(lowest.filter(({ effect }) => effect < 0).slice(0, 5));
        }
      }),
    );
  });
});

describe('pruning', () => {
  it('goes by steps that begin small and end with all', () => {
    expect([0, 1, 2, 5].map(pruningSteps)).toEqual([[0], [0, 1], [0, 1, 2], [0, 1, 2, 3, 4, 5]]);
    expect(pruningSteps(128)).toEqual([0, 1, 2, 4, 8, 16, 32, 48, 64, 80, 96, 112, 128]);
    fc.assert(
      fc.property(fc.nat(20_000), (count) => {
        const steps = pruningSteps(count);
        expect(steps.length).toBeLessThanOrEqual(16);
        expect([steps[0], steps.at(-1)]).toEqual([0, count]);
        steps.slice(1).forEach((step, at) => expect(step).toBeGreaterThan(steps[at]));
      }),
    );
  });

  it('has every unit once in every order, the unexplained ones first by rising IoU, and the same ones for the same seed', () => {
    const orders = pruningOrders(units, 3, 7);
    expect(orders.least.slice(0, 2).toSorted()).toEqual([4, 5]);
    expect(orders.least.slice(2)).toEqual([3, 2, 1, 0]);
    expect(orders.most).toEqual(orders.least.toReversed());
    for (const order of orders.random) expect(order.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(pruningOrders(units, 3, 7)).toEqual(orders);
    expect(pruningOrders(units, 3, 8).random).not.toEqual(orders.random);
  });

  it('shows that what matters was planted in the units explained best', async () => {
    const runner = new LinearRunner(planted);
    const held = heldTruth(runner.ground, truthOf(gold, planted.classNames));
    const made = await pruneUnits(runner, held, units, 'all', { randomOrders: 60, seed: 3 });
    if (!made) throw new Error('there are units');
    const [least, most] = made.curves;
    expect(made).toMatchObject({ pool: 'all', unitCount: 6, unexplained: 2, measure: 'right' });
    expect(least.points.map(({ pruned, right }) => [pruned, right.hits])).toEqual([
      ...[
        [0, 30],
        [1, 30],
        [2, 30],
        [3, 30],
        [4, 30],
        [5, 20],
        [6, 10],
      ],
    ]);
    expect(most.points.map(({ right }) => right.hits)).toEqual([30, 20, 10, 10, 10, 10, 10]);
    const areas = made.random.areas;
    expect(areas).toEqual(areas.toSorted((a, b) => a - b));
    for (const area of areas) {
      expect(area).toBeLessThanOrEqual(least.area + 1e-12);
      expect(area).toBeGreaterThanOrEqual(most.area - 1e-12);
    }
    for (const curve of [least, most]) expect(curve.p).toBeLessThan(0.2);
    for (const { low, mean, high } of made.random.points) {
      expect(low).toBeLessThanOrEqual(mean + 1e-12);
      expect(mean).toBeLessThanOrEqual(high + 1e-12);
    }
    expect(made.random.points[0]).toMatchObject({ pruned: 0, low: 1, high: 1 });
  });

  it('has the random curves that trying each order by itself gives', async () => {
    const runner = new LinearRunner(planted);
    const held = heldTruth(runner.ground, truthOf(gold, planted.classNames));
    const made = await pruneUnits(runner, held, units, 'explained', { randomOrders: 5, seed: 11 });
    const explainedOnes = units.slice(0, 4);
    const { random } = pruningOrders(explainedOnes, 5, 11);
    const rightOf = (order: readonly number[], k: number): number => {
      const { predicted } = runner.outcomeOf({ kind: 'off', units: order.slice(0, k) });
      return predicted.filter((place, sample) => planted.classNames[place] === gold[sample]).length / 30;
    };
    made?.random.points.forEach(({ pruned, mean }) => {
      const values = random.map((order) => rightOf(order, pruned));
      expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 5, 12);
    });
    expect(made).toMatchObject({ pool: 'explained', unitCount: 4, unexplained: 0 });
    expect(runner.asked.every(({ units: off }) => off.every((unit) => unit < 4))).toBe(true);
  });

  it('is nothing without units, and needs no random order', async () => {
    const runner = new LinearRunner(planted);
    const held = heldTruth(runner.ground, null);
    expect(await pruneUnits(runner, held, units.slice(4), 'explained')).toBeNull();
    const made = await pruneUnits(runner, held, units, 'all', { randomOrders: 0 });
    expect(made).toMatchObject({ measure: 'same', random: { orders: 0, points: [], areas: [] } });
    expect(made?.curves.map(({ p }) => p)).toEqual([null, null]);
  });
});

describe('formulas alone', () => {
  it('tell the classes as well as they were made to', async () => {
    const runner = new LinearRunner(planted);
    const held = heldTruth(runner.ground, truthOf(gold, planted.classNames));
    const found = await classifyByFormulas(runner, held, results);
    expect(found).toMatchObject({
      explained: 4,
      unitCount: 6,
      whole: { right: { hits: 30, of: 30 } },
      explainedOnly: { right: { hits: 30 }, same: { hits: 30 } },
      nothing: { right: { hits: 10 } },
      mostFrequent: { label: 'cat', share: { hits: 10, of: 30 } },
      mostPredicted: { place: 0, share: { hits: 10, of: 30 } },
    });
    expect(found?.lengths.map(({ length, alone, kept }) => [length, alone.right.hits, kept])).toEqual([
      [1, 25, expect.closeTo(0.75, 12)],
      [3, 30, 1],
      [5, 30, 1],
    ]);
    expect(found?.lengths[0].told?.mean).toBeCloseTo(0.5);
    expect(runner.asked.slice(0, 4)).toEqual([
      { kind: 'off', units: [4, 5] },
      { kind: 'off', units: [0, 1, 2, 3, 4, 5] },
      { kind: 'formulas', units: [0, 1, 2, 3], others: 'off', length: 1 },
      { kind: 'formulas', units: [0, 1, 2, 3], others: 'stay', length: 1 },
    ]);
  });

  it('are tried at lengths 1 and 3 and the longest', () => {
    expect([1, 2, 3, 4].map((length) => triedLengths(layer(units, length)))).toEqual([[1], [1, 2], [1, 3], [1, 3, 4]]);
  });

  it('are nothing where no unit is explained', async () => {
    const runner = new LinearRunner(planted);
    expect(await classifyByFormulas(runner, heldTruth(runner.ground, null), layer(units.slice(4), 5))).toBeNull();
    expect(runner.asked).toEqual([]);
  });
});

describe('all of it', () => {
  const make = async (truth: Truth | null): Promise<AblationAnalysis> =>
    ablationAnalysis(new LinearRunner(planted), results, truth, { leftOut: 4, randomOrders: 5, seed: 2 });

  it('is plain JSON, with truth and without', async () => {
    for (const truth of [truthOf(gold, planted.classNames), null]) {
      const analysis = await make(truth);
      expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
      expect(analysis).toMatchObject({ samples: 30, leftOut: 4, unitCount: 6, operators: { behind: 2, all: 9 } });
      expect(analysis.pruning.map(({ pool }) => pool)).toEqual(['all', 'explained']);
    }
  });

  it('tells how far it is, and ends when asked to', async () => {
    const told: string[] = [];
    const ended = new AbortController();
    const runner = new LinearRunner(planted);
    const made = ablationAnalysis(runner, results, null, {
      randomOrders: 5,
      signal: ended.signal,
      onProgress: ({ part, done, total }) => {
        told.push(`${part} ${done} of ${total}`);
        if (part === 'pruning') ended.abort();
      },
    });
    await expect(made).rejects.toThrow('aborted');
    expect(told).toEqual(['units 6 of 6', 'pruning 16 of 37']);
  });

  it('asks for few outcomes at once, in their order', async () => {
    const sizes: number[] = [];
    const changes = Array.from({ length: 35 }, (_, unit) => ({ kind: 'off', units: [unit] }) as const);
    const runner = {
      try: async (some: readonly unknown[]) => {
        sizes.push(some.length);
        return some.map(() => ({ predicted: new Int32Array(), meanScores: new Float32Array() }));
      },
    };
    expect(await tryInLots(runner, changes, (_, at) => at)).toEqual(changes.map((_, at) => at));
    expect(sizes).toEqual([16, 16, 3]);
  });

  it('is written as tables that read back', async () => {
    const analysis = await make(truthOf(gold, planted.classNames));
    const read = csvParse(ablationUnitsCsv(analysis, { concepts, units }));
    expect(read.map(({ unit }) => Number(unit))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(Number(read[0].loss)).toBe(analysis.units.units[0].loss);
    expect(read[0]).toMatchObject({ iou: '0.4', became_wrong: '10', formula: 'water OR wheel' });
    expect(read[0].pushes).toMatch(/^dog 0\.66/);
    expect(read[5]).toMatchObject({ iou: '', formula: '', p: '' });
    const pruning = csvParse(ablationPruningCsv(analysis));
    expect(pruning).toHaveLength(3 * (7 + 5));
    expect(pruning[1]).toMatchObject({
      pool: 'all',
      order: 'least',
      pruned: '1',
      measure: 'right',
      value: '1',
      hits: '30',
    });
    const classes = csvParse(ablationClassesCsv(analysis));
    expect(classes[1]).toMatchObject({ label: 'dog', class: 'dog', samples: '10', right: '10', needs: '0 (0)' });
    const formulas = csvParse(ablationFormulasCsv(analysis));
    expect(formulas.map(({ what, length, right }) => `${what} ${length} ${right}`)).toEqual([
      ...['whole  30', 'explained-units-only  30', 'formulas-alone 1 25', 'formulas-with-others 1 25'],
      ...['formulas-alone 3 30', 'formulas-with-others 3 30', 'formulas-alone 5 30', 'formulas-with-others 5 30'],
      ...['all-off  10', 'most-frequent-label  10'],
    ]);
    expect(ablationFormulasCsv({ formulas: null })).toBe(
      'what,length,right,compared,accuracy,low,high,same_predictions,kept,told_mean\n',
    );
  });
});
