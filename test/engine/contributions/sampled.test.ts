import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActivationCollector } from '../../../src/engine/activation/collector.ts';
import type { KeptActivations } from '../../../src/engine/activation/kept.ts';
import { unitMask } from '../../../src/engine/activation/unit-mask.ts';
import type { Grid } from '../../../src/engine/concepts.ts';
import { strongest } from '../../../src/engine/contributions/contributions.ts';
import { maskIous, type LayerMasks } from '../../../src/engine/contributions/mask-overlap.ts';
import { sampledContributions } from '../../../src/engine/contributions/sampled.ts';
import type { UnitId } from '../../../src/engine/ids.ts';
import { pearson } from '../../../src/engine/statistics/correlation.ts';

interface Made {
  readonly units: number;
  readonly side: readonly [height: number, width: number];
  /** `[samples, units, height, width]` */
  readonly values: readonly number[];
  readonly thresholds: readonly (number | null)[];
}

/** Two layers with maps of different sizes on the same samples, of which some are not read; and a grid. */
interface Case {
  readonly read: readonly boolean[];
  readonly grid: Grid;
  readonly upper: Made;
  readonly lower: Made;
}

const side = fc.integer({ min: 1, max: 4 });

const madeLayer = (samples: number): fc.Arbitrary<Made> =>
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.tuple(side, side)).chain(([units, [height, width]]) => {
    const count = samples * units * height * width;
    return fc.record({
      units: fc.constant(units),
      side: fc.constant([height, width] as const),
      values: fc.array(fc.integer({ min: -3, max: 4 }), { minLength: count, maxLength: count }),
      thresholds: fc.array(fc.constantFrom(null, -4, -0.5, 0, 1.5, 3, 5), { minLength: units, maxLength: units }),
    });
  });

const cases: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 6 }).chain((samples) =>
  fc.record({
    read: fc.array(fc.boolean(), { minLength: samples, maxLength: samples }),
    grid: fc.record({ height: fc.integer({ min: 1, max: 9 }), width: fc.integer({ min: 1, max: 9 }) }),
    upper: madeLayer(samples),
    lower: madeLayer(samples),
  }),
);

function collect({ units, side: [height, width], values }: Made, read: readonly boolean[]): KeptActivations {
  const collector = new ActivationCollector({
    ...{ unitCount: units, sampleCount: read.length, height, width, keptQuantile: 1 },
  });
  const size = units * height * width;
  for (const [sample, isRead] of read.entries()) {
    if (isRead) collector.add(sample, 1, Float32Array.from(values.slice(sample * size, (sample + 1) * size)));
  }
  return collector.finish();
}

/** A unit's mask on all samples, position by position. */
function maskOf(activations: KeptActivations, unit: number, threshold: number | null, grid: Grid): number[] {
  return Array.from({ length: activations.sampleCount }, (_, sample) =>
    threshold === null
      ? new Array<number>(grid.height * grid.width).fill(0)
      : [...unitMask(activations, unit, sample, threshold, grid)],
  ).flat();
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function masksOf(activations: KeptActivations, thresholds: readonly (number | null)[], grid: Grid): LayerMasks {
  const units = thresholds.map((threshold, unit) => ({
    unit: unit as UnitId,
    threshold,
    area: sum(maskOf(activations, unit, threshold, grid)),
  }));
  return { activations, units };
}

function open({ read, grid, upper, lower }: Case) {
  const [up, low] = [collect(upper, read), collect(lower, read)];
  return { up: masksOf(up, upper.thresholds, grid), low: masksOf(low, lower.thresholds, grid) };
}

describe('contributions measured on samples', () => {
  it('by IoU are those of masks compared position by position', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { up, low } = open(given);
        const expected = up.units.flatMap(({ unit, threshold }) => {
          const mask = maskOf(up.activations, unit, threshold, given.grid);
          return low.units.map((other) => {
            const second = maskOf(low.activations, other.unit, other.threshold, given.grid);
            const both = sum(mask.map((value, at) => value * second[at]));
            const either = sum(mask.map((value, at) => Math.max(value, second[at])));
            return either === 0 ? NaN : both / either;
          });
        });
        expect([...maskIous(up, low, given.grid)]).toEqual(expected);
        expect([...sampledContributions(up, low, given.grid, 'iou')]).toEqual([...Float32Array.from(expected)]);
      }),
    );
  });

  it('by correlation are those of the highest values, over the samples that were read', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { up, low } = open(given);
        const samples = [...given.read.keys()].filter((sample) => given.read[sample]);
        const highest = ({ activations }: LayerMasks, unit: number): number[] =>
          samples.map((sample) => activations.highest[unit * given.read.length + sample]);
        const found = sampledContributions(up, low, given.grid, 'correlation');
        const expected = up.units.flatMap(({ unit }) =>
          low.units.map((other) => pearson(highest(up, unit), highest(low, other.unit))?.r ?? NaN),
        );
        expect(found.length).toBe(expected.length);
        for (const [at, r] of expected.entries()) {
          if (Number.isNaN(r)) expect(found[at]).toBeNaN();
          else expect(found[at]).toBeCloseTo(r, 5);
        }
      }),
    );
  });

  it('are only of the upper units asked about, and by IoU only of lower units with a known mask', () => {
    const layer: Made = { units: 3, side: [1, 1], values: [1, 0, 1, 0, 1, 1, 1, 0, 0], thresholds: [0.5, 0.5, 0.5] };
    const { up, low } = open({ read: [true, true, true], grid: { height: 1, width: 1 }, upper: layer, lower: layer });
    const asked = { ...up, units: [up.units[2]] };
    const known = { ...low, units: [low.units[0], low.units[2]] };
    expect([...sampledContributions(asked, known, { height: 1, width: 1 }, 'iou')]).toEqual([
      Math.fround(1 / 3),
      NaN,
      1,
    ]);
    expect(sampledContributions(asked, known, { height: 1, width: 1 }, 'correlation')).toHaveLength(3);
  });

  it('find the one lower unit that an upper unit is made of, whatever the sizes of the maps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 1000 }), (made, seed) => {
        const [samples, units, small] = [24, 5, 4];
        let state = seed;
        const next = (): number => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return state / 2 ** 32;
        };
        const values = Array.from({ length: samples * units * small * small }, next);
        // The upper unit is the lower one, twice as large and enlarged to 8 x 8 by repeating each value; a bias is added.
        const upper = Array.from({ length: samples * 64 }, (_, at) => {
          const [sample, y, x] = [Math.floor(at / 64), Math.floor((at % 64) / 16), Math.floor((at % 8) / 2)];
          return 2 * values[((sample * units + made) * small + y) * small + x] + 1;
        });
        const grid = { height: 16, width: 16 };
        const { up, low } = open({
          ...{ read: new Array<boolean>(samples).fill(true), grid },
          upper: { units: 1, side: [8, 8], values: upper, thresholds: [2.6] },
          lower: { units, side: [small, small], values, thresholds: new Array<number>(units).fill(0.8) },
        });
        for (const by of ['iou', 'correlation'] as const) {
          const { contributors } = strongest(sampledContributions(up, low, grid, by), 3);
          expect(contributors[0]?.unit, by).toBe(made);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('hold many samples a part at a time', () => {
    // 112 x 112 positions of 64 upper units are 100 kB a sample: 200 samples are more than 16 MiB.
    const [samples, units] = [200, 64];
    const values = Array.from({ length: samples * units }, (_, at) => (at * 7919) % 13);
    const grid = { height: 112, width: 112 };
    const layer: Made = { units, side: [1, 1], values, thresholds: new Array<number>(units).fill(6) };
    const made = collect(layer, new Array<boolean>(samples).fill(true));
    const facts = layer.thresholds.map((threshold, unit) => {
      const firing = values.filter((value, at) => at % units === unit && value > 6).length;
      return { unit: unit as UnitId, threshold, area: firing * 112 * 112 };
    });
    const ious = maskIous({ activations: made, units: facts }, { activations: made, units: facts.slice(0, 2) }, grid);
    const expected = facts.flatMap(({ unit }) =>
      [0, 1].map((other) => {
        const fires = (one: number, sample: number): boolean => values[sample * units + one] > 6;
        const all = [...Array(samples).keys()];
        const both = all.filter((sample) => fires(unit, sample) && fires(other, sample)).length;
        return both / all.filter((sample) => fires(unit, sample) || fires(other, sample)).length;
      }),
    );
    expect([...ious]).toEqual(expected);
  });

  it('refuse layers of different samples', () => {
    const layer = (samples: number): LayerMasks => ({
      activations: collect({ units: 1, side: [1, 1], values: [1, 2, 3], thresholds: [0] }, Array(samples).fill(true)),
      units: [],
    });
    expect(() => sampledContributions(layer(2), layer(3), { height: 1, width: 1 }, 'iou')).toThrow(
      'the two layers are of different samples',
    );
  });
});

describe('the units that stand out', () => {
  it('are the largest above 0 and the smallest below 0, and those without a number are counted', () => {
    expect(strongest([0, 0.5, NaN, -0.2, 0.7, 0.5, -0.9, 0.1], 3)).toEqual({
      contributors: [
        { unit: 4, value: 0.7 },
        { unit: 1, value: 0.5 },
        { unit: 5, value: 0.5 },
      ],
      inhibitors: [
        { unit: 6, value: -0.9 },
        { unit: 3, value: -0.2 },
      ],
      unknown: 1,
    });
    expect(strongest([], 3)).toEqual({ contributors: [], inhibitors: [], unknown: 0 });
  });
});
