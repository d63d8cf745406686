import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormulaShares } from '../../src/engine/measures/formula-shares.ts';
import { StandInLines, type LayerValues } from '../../src/engine/measures/stand-in-lines.ts';
import { build, holds, positionsOf, randomFormula, randomProbing } from './support/random-probing.ts';

const size = fc.record({ height: fc.integer({ min: 1, max: 7 }), width: fc.integer({ min: 1, max: 7 }) });

describe('shares of a layer’s positions', () => {
  const question = randomProbing.chain((probing) =>
    fc.record({
      probing: fc.constant(probing),
      formulas: fc.array(randomFormula(probing.conceptCount), { minLength: 1, maxLength: 3 }),
      size,
    }),
  );

  it('are the parts of their rectangles that a formula covers, counted in equal pieces', () => {
    fc.assert(
      fc.property(question, ({ probing, formulas, size: { height, width } }) => {
        const { tables, maps } = build(probing);
        const samples = [...probing.samples.keys()].reverse();
        const found = new FormulaShares(tables, maps, formulas, { height, width }).of(samples);
        const { grid } = probing;
        const concepts = positionsOf(probing);
        // Pieces so small that each lies in one position of the grid and in one of the map.
        const expected = samples.flatMap((sample) =>
          formulas.flatMap((formula) => {
            const pieces = new Array<number>(height * width).fill(0);
            for (let y = 0; y < grid.height * height; y++) {
              for (let x = 0; x < grid.width * width; x++) {
                const at = Math.floor(y / height) * grid.width + Math.floor(x / width);
                const here = holds(formula, concepts[sample * grid.height * grid.width + at]);
                pieces[Math.floor(y / grid.height) * width + Math.floor(x / grid.width)] += here ? 1 : 0;
              }
            }
            return pieces.map((count) => count / (grid.height * grid.width));
          }),
        );
        expect(found).toHaveLength(expected.length);
        for (const [at, share] of expected.entries()) expect(found[at]).toBeCloseTo(share, 6);
      }),
    );
  });
});

describe('lines from shares to activations', () => {
  const layer = fc
    .record({
      samples: fc.integer({ min: 1, max: 4 }),
      units: fc.integer({ min: 1, max: 4 }),
      positions: fc.integer({ min: 1, max: 5 }),
      unitsLast: fc.boolean(),
      offset: fc.constantFrom(0, 1000),
    })
    .chain(({ samples, units, positions, unitsLast, offset }) => {
      const length = samples * units * positions;
      const many = (value: fc.Arbitrary<number>): fc.Arbitrary<Float32Array> =>
        fc.array(value, { minLength: length, maxLength: length }).map((values) => Float32Array.from(values));
      return fc.record({
        shares: many(fc.constantFrom(0, 0.25, 0.5, 1)),
        values: many(fc.integer({ min: -8, max: 8 }).map((value) => offset + value)),
        sizes: fc.constant({ samples, units, positions, unitsLast }),
      });
    });

  it('are the least-squares lines, whatever the layout and in whatever batches', () => {
    fc.assert(
      fc.property(layer, ({ shares, values, sizes }) => {
        const { samples, units, positions, unitsLast } = sizes;
        const wanted = Array.from({ length: units }, (_, unit) => units - 1 - unit);
        const whole = new StandInLines(wanted);
        whole.add(shares, { values, ...sizes });
        const lines = whole.finish();
        const parts = new StandInLines(wanted);
        for (let sample = 0; sample < samples; sample++) {
          const at = sample * units * positions;
          const one: LayerValues = { ...sizes, samples: 1, values: values.subarray(at, at + units * positions) };
          parts.add(shares.subarray(at, at + units * positions), one);
        }
        for (const [place, unit] of wanted.entries()) {
          const points = Array.from({ length: samples * positions }, (_, i) => {
            const [sample, position] = [Math.floor(i / positions), i % positions];
            const at = unitsLast
              ? (sample * positions + position) * units + unit
              : (sample * units + unit) * positions + position;
            return { x: shares[(sample * units + place) * positions + position], y: values[at] };
          });
          const expected = lineThrough(points);
          for (const line of [lines[place], parts.finish()[place]]) {
            expect(line.unit).toBe(unit);
            expect(line.base).toBeCloseTo(expected.base, 6);
            expect(line.slope).toBeCloseTo(expected.slope, 6);
            if (expected.told === null) expect(line.told).toBeNull();
            else expect(line.told).toBeCloseTo(expected.told, 6);
          }
        }
      }),
    );
  });

  it('go through the two means where a formula holds at whole positions', () => {
    const lines = new StandInLines([0]);
    const values = Float32Array.of(1, 3, 10, 20, 30);
    lines.add(Float32Array.of(0, 0, 1, 1, 1), { values, samples: 1, units: 1, positions: 5, unitsLast: false });
    const [{ base, slope }] = lines.finish();
    expect(base).toBeCloseTo(2, 12);
    expect(base + slope).toBeCloseTo(20, 12);
  });
});

/** Two passes over the points. */
function lineThrough(points: readonly { readonly x: number; readonly y: number }[]) {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const sum = (of: (point: { x: number; y: number }) => number): number =>
    points.reduce((total, point) => total + of(point), 0);
  const spread = sum((point) => (point.x - x) ** 2);
  const all = sum((point) => (point.y - y) ** 2);
  const slope = spread > 1e-9 ? sum((point) => (point.x - x) * (point.y - y)) / spread : 0;
  const base = y - slope * x;
  const left = sum((point) => (point.y - base - slope * point.x) ** 2);
  return { base, slope, told: all > 1e-9 ? 1 - left / all : null };
}
