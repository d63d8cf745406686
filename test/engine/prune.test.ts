import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import type { KeptActivations } from '../../src/engine/activation/kept.ts';
import { pruneActivations } from '../../src/engine/activation/prune.ts';
import { unitThreshold } from '../../src/engine/activation/threshold.ts';

interface Given {
  readonly unitCount: number;
  readonly sampleCount: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Few distinct values, so that ties at the threshold are common. */
const given: fc.Arbitrary<Given> = fc
  .record({
    unitCount: fc.integer({ min: 1, max: 4 }),
    sampleCount: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 1, max: 3 }),
  })
  .chain((sizes) => {
    const length = sizes.unitCount * sizes.sampleCount * sizes.height * sizes.width;
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, Infinity, 0.1, -0.1));
    return fc
      .array(value, { minLength: length, maxLength: length })
      .map((values) => ({ ...sizes, values: Float32Array.from(values) }));
  });

function collected({ values, ...sizes }: Given, keptQuantile: number): KeptActivations {
  const collector = new ActivationCollector({ ...sizes, keptQuantile });
  collector.add(0, sizes.sampleCount, values);
  return collector.finish();
}

/** Everything but the buffer, with one zero. */
const plain = ({ buffer: _buffer, floor, ...rest }: KeptActivations): unknown => ({
  ...rest,
  floor: floor.map((value) => value + 0),
});

const finite = ({ values, ...sizes }: Given): Given => ({
  ...sizes,
  values: values.map((value) => (Number.isFinite(value) ? value : 0)),
});

it('keeps what a collector keeps that was told the smaller quantile from the start', () => {
  const quantile = fc.double({ min: 0.01, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(given, quantile, fc.option(quantile), (some, to, from) => {
      const wide = collected(finite(some), from === null ? 1 : Math.max(from, to));
      expect(plain(pruneActivations(wide, to))).toEqual(plain(collected(finite(some), to)));
    }),
    { numRuns: 300 },
  );
});

it('gives the same threshold for every smaller quantile, also where values are not finite', () => {
  const quantile = fc.double({ min: 0.01, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(given, quantile, quantile, (some, one, other) => {
      const [smaller, to] = [Math.min(one, other), Math.max(one, other)];
      const whole = collected(some, 1);
      const pruned = pruneActivations(whole, to);
      for (let unit = 0; unit < some.unitCount; unit++) {
        if (whole.notFinite[unit] > 0) continue;
        const rule = { kind: 'quantile', quantile: smaller } as const;
        expect(unitThreshold(pruned, unit, rule)).toBe(unitThreshold(whole, unit, rule));
      }
      expect(() => unitThreshold(pruned, 0, { kind: 'quantile', quantile: Math.min(0.99, to * 1.01) })).toThrow(
        RangeError,
      );
    }),
  );
});

it('leaves alone what is pruned that far already', () => {
  const sizes = { unitCount: 1, sampleCount: 4, height: 1, width: 1 };
  const kept = collected({ ...sizes, values: Float32Array.of(1, 2, 3, 4) }, 0.3);
  expect(pruneActivations(kept, 0.3)).toBe(kept);
  expect(pruneActivations(kept, 1)).toBe(kept);
  expect([...pruneActivations(kept, 0.1).samples]).toEqual([3]);
});

it('gives the same masks for every fixed threshold from the one it was told, and refuses lower ones', () => {
  const quantile = fc.double({ min: 0.01, max: 0.3, noNaN: true });
  fc.assert(
    fc.property(given, quantile, fc.integer({ min: -2, max: 2 }), fc.nat({ max: 3 }), (some, to, above, more) => {
      const whole = collected(finite(some), 1);
      const pruned = pruneActivations(whole, to, above);
      const threshold = above + more / 2;
      const reaching = ({ samples, peaks, start }: KeptActivations, unit: number): readonly number[] =>
        [...samples.subarray(start[unit], start[unit + 1])].filter((_, i) => peaks[start[unit] + i] > threshold);
      for (let unit = 0; unit < some.unitCount; unit++) {
        expect(unitThreshold(pruned, unit, { kind: 'fixed', above: threshold })).toBe(Math.fround(threshold));
        expect(reaching(pruned, unit)).toEqual(reaching(whole, unit));
        const { floor } = pruned;
        expect(floor[unit]).toBeLessThanOrEqual(above);
        const below = { kind: 'fixed', above: floor[unit] - 1 } as const;
        expect(() => unitThreshold(pruned, unit, below)).toThrow(RangeError);
      }
    }),
    { numRuns: 300 },
  );
});
