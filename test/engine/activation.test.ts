import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActivationCollector, type CollectorOptions } from '../../src/engine/activation/collector.ts';
import { openKeptActivations, type KeptActivations } from '../../src/engine/activation/kept.ts';
import { MaskResampler } from '../../src/engine/activation/resample.ts';
import { unitThreshold } from '../../src/engine/activation/threshold.ts';
import { topSamples, unitMask } from '../../src/engine/activation/unit-mask.ts';

/** Activations with ties, of a few samples and units. */
const layers = fc
  .record({
    sampleCount: fc.integer({ min: 1, max: 60 }),
    unitCount: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 4 }),
  })
  .chain((sizes) => {
    const length = sizes.sampleCount * sizes.unitCount * sizes.height * sizes.width;
    const value = fc.oneof(fc.integer({ min: -3, max: 6 }), fc.float({ noNaN: true, min: -8, max: 8 }));
    return fc.record({
      sizes: fc.constant(sizes),
      values: fc.array(value, { minLength: length, maxLength: length }).map((list) => Float32Array.from(list)),
      quantile: fc.double({ min: 0.001, max: 0.6, noNaN: true }),
    });
  });

function collect(
  sizes: Omit<CollectorOptions, 'keptQuantile'>,
  values: Float32Array,
  keptQuantile: number,
): KeptActivations {
  const collector = new ActivationCollector({ ...sizes, keptQuantile });
  const perSample = sizes.unitCount * sizes.height * sizes.width;
  for (let sample = 0; sample < sizes.sampleCount; sample++) {
    collector.add(sample, 1, values.subarray(sample * perSample, (sample + 1) * perSample));
  }
  return collector.finish();
}

/** Values of one unit, all of them. */
function unitValues(
  { sampleCount, unitCount, height, width }: Omit<CollectorOptions, 'keptQuantile'>,
  values: Float32Array,
  unit: number,
): number[] {
  const size = height * width;
  return Array.from({ length: sampleCount }, (_, sample) => [
    ...values.subarray((sample * unitCount + unit) * size, (sample * unitCount + unit + 1) * size),
  ]).flat();
}

describe('thresholds', () => {
  it('are the exact order statistic, whether maps were dropped on the way or not', () => {
    fc.assert(
      fc.property(layers, ({ sizes, values, quantile }) => {
        const all = collect(sizes, values, 1);
        const pruned = collect(sizes, values, quantile);
        for (let unit = 0; unit < sizes.unitCount; unit++) {
          const sorted = unitValues(sizes, values, unit).sort((a, b) => b - a);
          const rank = Math.min(sorted.length, Math.floor(quantile * sorted.length) + 1);
          const expected = sorted[rank - 1] + 0;
          expect(unitThreshold(all, unit, { kind: 'quantile', quantile })).toBe(expected);
          expect(unitThreshold(pruned, unit, { kind: 'quantile', quantile })).toBe(expected);
          expect(sorted.filter((value) => value > expected).length / sorted.length).toBeLessThanOrEqual(quantile);
        }
      }),
    );
  });

  it('leave masks and top samples the same when maps were dropped', () => {
    fc.assert(
      fc.property(layers, ({ sizes, values, quantile }) => {
        const all = collect(sizes, values, 1);
        const pruned = collect(sizes, values, quantile);
        const grid = { height: 5, width: 7 };
        for (let unit = 0; unit < sizes.unitCount; unit++) {
          const threshold = unitThreshold(all, unit, { kind: 'quantile', quantile });
          expect(topSamples(pruned, unit, threshold, 10)).toEqual(topSamples(all, unit, threshold, 10));
          for (let sample = 0; sample < sizes.sampleCount; sample++) {
            expect(unitMask(pruned, unit, sample, threshold, grid)).toEqual(
              unitMask(all, unit, sample, threshold, grid),
            );
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are refused where maps they need were dropped', () => {
    const values = Float32Array.from({ length: 2_000 }, (_, i) => i);
    const kept = collect({ sampleCount: 2_000, unitCount: 1, height: 1, width: 1 }, values, 0.01);
    expect(kept.samples.length).toBeLessThan(100);
    expect(() => unitThreshold(kept, 0, { kind: 'quantile', quantile: 0.02 })).toThrow(RangeError);
    expect(() => unitThreshold(kept, 0, { kind: 'fixed', above: 5 })).toThrow(RangeError);
    expect(unitThreshold(kept, 0, { kind: 'fixed', above: 1_990 })).toBe(1_990);
  });

  it('count values that are no numbers, and keep extremes of dropped maps', () => {
    const values = Float32Array.of(-9, 1, NaN, 3, Infinity, 2);
    const kept = collect({ sampleCount: 6, unitCount: 1, height: 1, width: 1 }, values, 0.2);
    expect([kept.notFinite[0], kept.minimum[0], kept.maximum[0]]).toEqual([2, -9, 3]);
    expect(openKeptActivations(kept.buffer)).toEqual(kept);
  });
});

describe('layouts', () => {
  it('NHWC gives the same as NCHW', () => {
    fc.assert(
      fc.property(layers, ({ sizes, values }) => {
        const { sampleCount, unitCount, height, width } = sizes;
        const size = height * width;
        const swapped = new Float32Array(values.length);
        for (let sample = 0; sample < sampleCount; sample++) {
          for (let unit = 0; unit < unitCount; unit++) {
            for (let i = 0; i < size; i++) {
              swapped[(sample * size + i) * unitCount + unit] = values[(sample * unitCount + unit) * size + i];
            }
          }
        }
        const collector = new ActivationCollector({ ...sizes, keptQuantile: 1 });
        collector.add(0, sampleCount, swapped, 'NHWC');
        expect(collector.finish()).toEqual(collect(sizes, values, 1));
      }),
      { numRuns: 30 },
    );
  });
});

/** Bilinear interpolation with half-pixel centres and clamped edges, as the definition reads. */
function bilinear(map: readonly number[], height: number, width: number, toHeight: number, toWidth: number): number[] {
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const out: number[] = [];
  for (let y = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      const sy = ((y + 0.5) * height) / toHeight - 0.5;
      const sx = ((x + 0.5) * width) / toWidth - 0.5;
      const [y0, x0] = [Math.floor(sy), Math.floor(sx)];
      const at = (row: number, column: number): number =>
        map[clamp(row, height - 1) * width + clamp(column, width - 1)];
      const top = at(y0, x0) * (1 - (sx - x0)) + at(y0, x0 + 1) * (sx - x0);
      const bottom = at(y0 + 1, x0) * (1 - (sx - x0)) + at(y0 + 1, x0 + 1) * (sx - x0);
      out.push(top * (1 - (sy - y0)) + bottom * (sy - y0));
    }
  }
  return out;
}

describe('upsampling', () => {
  it('is bilinear with half-pixel centres and clamped edges', () => {
    const cases = fc
      .record({ height: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 6 }) })
      .chain(({ height, width }) =>
        fc.record({
          height: fc.constant(height),
          width: fc.constant(width),
          toHeight: fc.integer({ min: height, max: 20 }),
          toWidth: fc.integer({ min: width, max: 20 }),
          map: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: height * width, maxLength: height * width }),
          threshold: fc.double({ min: -21, max: 21, noNaN: true }),
        }),
      );
    fc.assert(
      fc.property(cases, ({ height, width, toHeight, toWidth, map, threshold }) => {
        const expected = bilinear(map, height, width, toHeight, toWidth);
        // A value within rounding of the threshold may fall on either side.
        fc.pre(expected.every((value) => Math.abs(value - threshold) > 1e-4));
        const resampler = new MaskResampler(height, width, toHeight, toWidth);
        expect([...resampler.above(Float32Array.from(map), threshold)]).toEqual(
          [...expected.keys()].filter((at) => expected[at] > threshold),
        );
      }),
      { numRuns: 300 },
    );
  });
});
