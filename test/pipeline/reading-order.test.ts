import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readingOrder, spreadSamples } from '../../src/pipeline/reading-order.ts';

const counts = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 30_000 }));

it('reads every sample once, and always in the same order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (count) => {
      const order = readingOrder(count);
      expect(new Set(order)).toEqual(new Set(Array.from({ length: count }, (_, sample) => sample)));
      expect(order).toHaveLength(count);
      expect(readingOrder(count)).toEqual(order);
    }),
    { numRuns: 60 },
  );
});

/** Largest distance between neighbours among samples, around the end. */
function largestGap(samples: Uint32Array, count: number): number {
  return samples.reduce(
    (largest, sample, i) => Math.max(largest, sample - (i === 0 ? (samples.at(-1) ?? 0) - count : samples[i - 1])),
    0,
  );
}

it('spreads whatever part was read evenly over the set', () => {
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
      const part = Math.max(1, Math.round(share * count));
      const samples = spreadSamples(count, part);
      expect(samples).toEqual(readingOrder(count).slice(0, part).sort());
      expect(largestGap(samples, count)).toBeLessThanOrEqual(Math.ceil((4 * count) / part) + 1);
    }),
    { numRuns: 150 },
  );
});

it('gives every class its share of a part, whether classes follow each other or take turns', () => {
  const kinds = fc.constantFrom(2, 3, 4, 5, 8, 10, 16);
  fc.assert(
    fc.property(fc.integer({ min: 500, max: 6000 }), kinds, fc.boolean(), (count, classes, sorted) => {
      const part = 30 * classes;
      const classOf = (sample: number): number => (sorted ? Math.floor((sample * classes) / count) : sample % classes);
      const found = new Array<number>(classes).fill(0);
      for (const sample of spreadSamples(count, part)) found[classOf(sample)]++;
      expect(Math.min(...found)).toBeGreaterThanOrEqual(8);
      expect(Math.max(...found)).toBeLessThanOrEqual(60);
    }),
    { numRuns: 150 },
  );
});
