import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestClusters, type WeightedValues } from '../../../src/engine/ranges/one-dimension.ts';
import { mostValues, splitValues } from '../../../src/engine/ranges/weighted-values.ts';

/** Some values, all different and ascending, with how often each occurs. */
const weighted = (most: number): fc.Arbitrary<WeightedValues> =>
  fc
    .uniqueArray(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 5 })), {
      maxLength: most,
      selector: ([value]) => value,
    })
    .map((drawn) => {
      const sorted = drawn.toSorted(([a], [b]) => a - b);
      return {
        values: Float64Array.from(sorted, ([value]) => value / 4),
        weights: Float64Array.from(sorted, ([, weight]) => weight),
      };
    });

/** Sum of squared distances of each value from the mean of its cluster, by the definition. */
function costOf({ values, weights }: WeightedValues, labels: readonly number[]): number {
  let cost = 0;
  for (const label of new Set(labels)) {
    const members = [...labels.keys()].filter((at) => labels[at] === label);
    const weight = members.reduce((sum, at) => sum + weights[at], 0);
    const mean = members.reduce((sum, at) => sum + weights[at] * values[at], 0) / weight;
    cost += members.reduce((sum, at) => sum + weights[at] * (values[at] - mean) ** 2, 0);
  }
  return cost;
}

/** The cluster of each value. */
const labelsOf = (firsts: readonly number[], count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => firsts.findLastIndex((first) => first <= at));

/** Every way of giving `count` values one of `k` labels. */
function* partitions(count: number, k: number): Generator<readonly number[]> {
  if (count === 0) yield [];
  else for (const rest of partitions(count - 1, k)) for (let label = 0; label < k; label++) yield [...rest, label];
}

it('costs as little as the best of all partitions, intervals or not', () => {
  fc.assert(
    fc.property(weighted(7), fc.integer({ min: 1, max: 4 }), (given, k) => {
      const count = given.values.length;
      const found = costOf(given, labelsOf(bestClusters(given, k), count));
      let least = Infinity;
      for (const labels of partitions(count, Math.min(k, Math.max(1, count)))) {
        least = Math.min(least, costOf(given, labels));
      }
      expect(found).toBeCloseTo(least, 8);
    }),
    { numRuns: 60 },
  );
});

it('gives intervals in order, as many as asked for, and never worse than any other split', () => {
  fc.assert(
    fc.property(
      weighted(60),
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.nat(), { maxLength: 7 }),
      (given, k, cuts) => {
        const count = given.values.length;
        const firsts = bestClusters(given, k);
        expect(firsts).toHaveLength(Math.min(k, count));
        if (count === 0) return;
        expect(firsts[0]).toBe(0);
        expect(firsts).toEqual([...new Set(firsts)].toSorted((a, b) => a - b));
        const other = [0, ...cuts.slice(0, k - 1).map((cut) => cut % count)].toSorted((a, b) => a - b);
        const cost = costOf(given, labelsOf(firsts, count));
        expect(cost).toBeLessThanOrEqual(costOf(given, labelsOf(other, count)) + 1e-8);
      },
    ),
  );
});

it('counts equal values by their weight: many small ones pull a boundary to themselves', () => {
  const values = Float64Array.of(1, 2, 9, 10);
  expect(bestClusters({ values, weights: Float64Array.of(1, 1, 1, 1) }, 2)).toEqual([0, 2]);
  expect(bestClusters({ values, weights: Float64Array.of(1000, 1000, 1, 1) }, 3)).toEqual([0, 1, 2]);
});

it('splits the values above a number, each with how often it occurs', () => {
  const values = Float32Array.of(3, -1, 0, 0.5, 3, Number.NaN, Infinity, 0.5, 0.5, 7);
  const split = splitValues(values, 0);
  expect([...split.values]).toEqual([0.5, 3, 7]);
  expect([...split.weights]).toEqual([3, 2, 1]);
  expect(split).toMatchObject({ count: 6, step: 0 });
  expect(splitValues(values, 3)).toMatchObject({ count: 1, values: Float64Array.of(7) });
  expect(splitValues(values, 7)).toMatchObject({ count: 0, values: new Float64Array() });
});

it('takes very many values together in steps, and leaves none out', () => {
  const values = Float32Array.from({ length: mostValues + 1 }, (_, at) => 1 + at / 2 ** 20);
  const split = splitValues(values, 0);
  expect(split.step).toBeCloseTo(1 / 2 ** 18, 10);
  expect(split.values.length).toBeLessThanOrEqual(2 ** 16);
  expect(split.weights.reduce((sum, weight) => sum + weight, 0)).toBe(mostValues + 1);
  const [halves] = [bestClusters(split, 2)];
  expect(split.highs[halves[1] - 1]).toBeLessThan(split.lows[halves[1]]);
  expect(split.values[halves[1]]).toBeCloseTo(1.125, 4);
});
