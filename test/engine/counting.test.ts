import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeKeptActivations, type KeptActivations } from '../../src/engine/activation/kept.ts';
import { KernelCounter } from '../../src/engine/activation/kernel/kernel-counter.ts';
import { leastAbove } from '../../src/engine/activation/kernel/least-above.ts';
import { kthLargest } from '../../src/engine/activation/kth-largest.ts';
import type { MapCounter } from '../../src/engine/activation/map-counter.ts';
import { PlainCounter } from '../../src/engine/activation/plain-counter.ts';
import { MaskResampler } from '../../src/engine/activation/resample.ts';
import { UnitCounter } from '../../src/engine/activation/unit-mask.ts';
import { makeCellMaps, sampleCells, type CellMaps } from '../../src/engine/cells/cell-maps.ts';
import { Dice } from '../../src/probing/scenes/random.ts';

/** Finite float32 values of every kind: small whole numbers that tie, zeros of both signs, denormals, and anything else. */
const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 6 }) },
  { weight: 3, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true, min: -8, max: 8 }) },
  fc.constantFrom(0, -0, 2 ** -149, -(2 ** -149), 3 * 2 ** -149, 2 ** -126),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
);

const sides = fc.record({
  height: fc.integer({ min: 1, max: 16 }),
  width: fc.integer({ min: 1, max: 16 }),
  gridHeight: fc.integer({ min: 1, max: 120 }),
  gridWidth: fc.integer({ min: 1, max: 120 }),
});

interface Case {
  readonly activations: KeptActivations;
  readonly maps: CellMaps;
  readonly threshold: number;
}

/** Three samples, the second not read, with palettes of any size and indices in runs; one unit; thresholds that tie with values on the grid. */
const cases: fc.Arbitrary<Case> = sides
  .chain((size) => {
    const values = fc.array(value, { minLength: size.height * size.width, maxLength: size.height * size.width });
    return fc.record({
      size: fc.constant(size),
      values: fc.array(values, { minLength: 3, maxLength: 3 }),
      palette: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 200, max: 1200 })),
      run: fc.integer({ min: 1, max: 40 }),
      seed: fc.integer(),
      threshold: fc.oneof(value, fc.double({ noNaN: true, min: -4, max: 4 }), fc.constantFrom(-Infinity, null, null)),
    });
  })
  .map(({ size: { height, width, gridHeight, gridWidth }, values, palette, run, seed, threshold }) => {
    const dice = new Dice(seed);
    const positions = gridHeight * gridWidth;
    const cells = (most: number) => {
      const count = Math.min(most, positions);
      const index = count > 256 ? new Uint16Array(positions) : new Uint8Array(positions);
      for (let at = 0; at < positions;) {
        const end = Math.min(positions, at + dice.whole(1, run));
        index.fill(dice.whole(0, count - 1), at, end);
        at = end;
      }
      return { palette: Uint32Array.from({ length: count }, (_, i) => 3 * i), index };
    };
    const unread = { palette: new Uint32Array(), index: new Uint8Array() };
    const maps = makeCellMaps({ height: gridHeight, width: gridWidth }, [cells(palette), unread, cells(palette)]);
    const sizes = { unitCount: 1, sampleCount: 3, samplesRead: 3, height, width, keptQuantile: 1 };
    const activations = makeKeptActivations(sizes, 3);
    activations.start[1] = 3;
    activations.samples.set([0, 1, 2]);
    activations.maps.set(values.flat());
    for (const [i, map] of values.entries()) activations.peaks[i] = Math.fround(Math.max(...map));
    const enlarged = new MaskResampler(height, width, gridHeight, gridWidth).enlarge(mapOf(activations, 0));
    return { activations, maps, threshold: threshold ?? dice.pick([...enlarged]) };
  });

const mapOf = ({ maps, height, width }: KeptActivations, map: number): Float32Array =>
  maps.slice(map * height * width, (map + 1) * height * width);

function kernelFor(activations: KeptActivations, maps: CellMaps): KernelCounter {
  const kernel = KernelCounter.make(activations, maps);
  if (!kernel) throw new Error('There is no WebAssembly with SIMD here.');
  return kernel;
}

/** Counts by entry of the palette, each position enlarged and compared. */
function slowCounts({ activations, maps, threshold }: Case, map: number): (readonly [number, number])[] {
  const { height, width, samples } = activations;
  const { palette, index } = sampleCells(maps, samples[map]);
  const counts = new Uint32Array(palette.length);
  const resampler = new MaskResampler(height, width, maps.grid.height, maps.grid.width);
  for (const [at, here] of resampler.enlarge(mapOf(activations, map)).entries())
    if (here > threshold && palette.length > 0) counts[index[at]]++;
  return [...counts.entries()].filter(([, count]) => count > 0);
}

function counted(counter: MapCounter, map: number, threshold: number): (readonly [number, number])[] {
  const met = counter.count(map, threshold);
  return Array.from({ length: met }, (_, i) => [counter.entries[i], counter.counts[i]] as const);
}

describe('counting positions above a threshold by cell', () => {
  it('gives what comparing every position gives, by the kernel and without', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const { activations, maps, threshold } = drawn;
        const counters = [new PlainCounter(activations, maps), kernelFor(activations, maps)];
        // Twice, since a map must leave nothing behind for the next.
        for (const map of [0, 1, 2, 0]) {
          const expected = slowCounts(drawn, map);
          for (const counter of counters) expect(counted(counter, map, threshold)).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes float32 to be above exactly where float64 rounded to it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(value, fc.double({ noNaN: true }), fc.constantFrom(3.4028234663852886e38, -3.4028234663852886e38)),
        fc.integer({ min: -3, max: 3 }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (threshold, steps, part) => {
          const { single, double } = leastAbove(threshold);
          const bits = new Int32Array([0]);
          const near = new Float32Array(bits.buffer);
          near[0] = threshold;
          bits[0] += steps;
          const below = near[0];
          bits[0]++;
          const above = near[0];
          fc.pre(Number.isFinite(below) && Number.isFinite(above));
          expect(below >= single).toBe(below > threshold);
          for (const sum of [below, (below + above) / 2, below + (above - below) * part]) {
            if (!Number.isFinite(Math.fround(sum))) continue;
            expect(sum >= double).toBe(Math.fround(sum) > threshold);
          }
          for (const step of [-1n, 0n, 1n]) {
            const double64 = new BigInt64Array(1);
            const sum = new Float64Array(double64.buffer);
            sum[0] = (below + above) / 2;
            double64[0] += step;
            if (Number.isFinite(sum[0])) expect(sum[0] >= double).toBe(Math.fround(sum[0]) > threshold);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives a unit the same mask with either, sample by sample', () => {
    const activations = makeKeptActivations(
      { unitCount: 1, sampleCount: 2, samplesRead: 2, height: 7, width: 7, keptQuantile: 1 },
      2,
    );
    activations.start[1] = 2;
    activations.samples.set([0, 1]);
    activations.maps[24] = 8;
    activations.maps[49 + 6] = 8;
    activations.peaks.fill(8);
    const positions = 112 * 112;
    const halves = {
      palette: Uint32Array.of(5, 9),
      index: Uint8Array.from({ length: positions }, (_, at) => (at < positions / 2 ? 0 : 1)),
    };
    const many = {
      palette: Uint32Array.from({ length: positions }, (_, at) => at),
      index: Uint16Array.from({ length: positions }, (_, at) => at),
    };
    const maps = makeCellMaps({ height: 112, width: 112 }, [halves, many]);
    const plain = new UnitCounter(activations, maps, positions, new PlainCounter(activations, maps));
    const kernel = new UnitCounter(activations, maps, positions, kernelFor(activations, maps));
    const mask = kernel.bySample(0, 4);
    expect(mask).toEqual(plain.bySample(0, 4));
    expect([...mask.samples]).toEqual([0, 1]);
    expect([...mask.cells.subarray(0, mask.start[1])]).toEqual([5, 9]);
    expect(mask.counts[0]).toBe(mask.counts[1]);
    const { area, firing, cells } = kernel.count(mask);
    expect({ area, firing, cells: cells.length }).toEqual({
      area: mask.counts.reduce((sum, count) => sum + count, 0),
      firing: 2,
      cells: new Set(mask.cells).size,
    });
    expect(area).toBeGreaterThan(200);
  });
});

describe('the k-th largest value', () => {
  it('is that of the sorted values', () => {
    const any = fc.oneof(value, fc.constantFrom(NaN, Infinity, -Infinity));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), fc.integer({ min: 1, max: 45 }), (list, k) => {
        const values = Float32Array.from([9, ...list]).subarray(1);
        const sorted = [...values].filter((number) => !Number.isNaN(number)).sort((a, b) => b - a);
        expect(kthLargest(values, k) + 0).toBe((sorted.at(k - 1) ?? -Infinity) + 0);
      }),
      { numRuns: 500 },
    );
  });
});
