import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import type { KeptActivations } from '../../src/engine/activation/kept.ts';
import { thinActivations } from '../../src/engine/activation/thin.ts';
import { unitThreshold } from '../../src/engine/activation/threshold.ts';
import { topSamples, unitMask } from '../../src/engine/activation/unit-mask.ts';
import { UnitMasks } from '../../src/engine/activation/unit-masks.ts';
import { makeCellMaps, type CellMaps } from '../../src/engine/cells/cell-maps.ts';
import type { Grid } from '../../src/engine/concepts.ts';

const sizes = fc.record({ height: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 6 }) });
const sampleCount = 6;

function collected(height: number, width: number, seed: readonly number[], keptQuantile: number): KeptActivations {
  const collector = new ActivationCollector({ unitCount: 2, sampleCount, height, width, keptQuantile });
  const values = Float32Array.from({ length: sampleCount * 2 * height * width }, (_, i) => seed[i % seed.length]);
  collector.add(0, sampleCount, values);
  return collector.finish();
}

/** Maps in which every position is a cell of its own. */
function oneCellAPosition(grid: Grid): CellMaps {
  const positions = Array.from({ length: grid.height * grid.width }, (_, position) => position);
  const palette = Uint32Array.from(positions);
  return makeCellMaps(
    grid,
    Array.from({ length: sampleCount }, () => ({ palette, index: Uint8Array.from(positions) })),
  );
}

it('changes no threshold, no mask, no count and no list of samples', () => {
  const seed = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 7, maxLength: 200 });
  const quantile = fc.double({ min: 0.01, max: 0.4, noNaN: true });
  fc.assert(
    fc.property(
      sizes,
      sizes,
      seed,
      quantile,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (size, more, seed, q, part) => {
        const kept = collected(size.height, size.width, seed, q);
        const grid = { height: size.height + more.height - 1, width: size.width + more.width - 1 };
        const thin = thinActivations(kept, grid);
        const maps = oneCellAPosition(grid);
        const cells = grid.height * grid.width;
        const masks = [kept, thin].map((activations) => new UnitMasks(activations, maps, cells));
        for (const unit of [0, 1]) {
          for (const rule of [
            { kind: 'quantile', quantile: q * Math.max(part, 0.01) },
            { kind: 'fixed', above: kept.floor[unit] + part },
          ] as const) {
            const threshold = unitThreshold(kept, unit, rule);
            expect(unitThreshold(thin, unit, rule)).toBe(threshold);
            for (let sample = 0; sample < sampleCount; sample++)
              expect(unitMask(thin, unit, sample, threshold, grid)).toEqual(
                unitMask(kept, unit, sample, threshold, grid),
              );
            expect(masks[1].counts(unit, threshold)).toEqual(masks[0].counts(unit, threshold));
            expect(topSamples(thin, unit, threshold, 4)).toEqual(topSamples(kept, unit, threshold, 4));
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('drops what lies away from everything that reaches the floor', () => {
  const row = [9, 1, 1, 1, 1, 1, 1, 8];
  const collector = new ActivationCollector({ unitCount: 1, sampleCount: 1, height: 1, width: 8, keptQuantile: 0.2 });
  collector.add(0, 1, Float32Array.from(row));
  const kept = collector.finish();
  expect(kept.floor[0]).toBe(8);
  expect([...thinActivations(kept, { height: 4, width: 16 }).maps]).toEqual([9, 1, NaN, NaN, NaN, NaN, 1, 8]);
});

it('leaves alone what is shrunk to the grid, or was kept whole', () => {
  const kept = collected(4, 4, [1, 2, 3, 4, 5], 0.1);
  expect(thinActivations(kept, { height: 4, width: 3 })).toBe(kept);
  const whole = collected(2, 2, [1, 2, 3], 1);
  expect(thinActivations(whole, { height: 8, width: 8 })).toBe(whole);
});
