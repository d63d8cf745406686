import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openActivationPart, type ActivationPart } from '../../src/engine/activation/activation-part.ts';
import { checkActivationPart } from '../../src/engine/activation/check-activation-part.ts';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import type { KeptActivations } from '../../src/engine/activation/kept.ts';
import { LargestValues } from '../../src/engine/activation/largest.ts';
import { unitThreshold } from '../../src/engine/activation/threshold.ts';

const UNITS = 2;

/** A layer of a few hundred samples, so that maps are dropped on the way, and which collector reads what when. */
interface Layer {
  readonly height: number;
  readonly width: number;
  readonly keptQuantile: number;
  /** Values of each sample. */
  readonly values: readonly Float32Array[];
  /** Samples in the order in which they are read; those of one collector follow each other. */
  readonly order: readonly number[];
  /** Where in the order another collector begins, or the same hands over a part. */
  readonly cuts: readonly { readonly at: number; readonly kind: 'collector' | 'part' }[];
  readonly batch: number;
  readonly seed: number;
}

const layers: fc.Arbitrary<Layer> = fc
  .record({
    height: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 3 }),
    sampleCount: fc.integer({ min: 1, max: 240 }),
    keptQuantile: fc.constantFrom(0.005, 0.02, 0.1, 0.5, 1),
    seed: fc.nat(),
    kind: fc.constantFrom('ties', 'sparse', 'spread', 'broken'),
    batch: fc.integer({ min: 1, max: 9 }),
    cuts: fc.array(fc.record({ at: fc.integer({ min: 0, max: 240 }), kind: fc.constantFrom('collector', 'part') }), {
      maxLength: 6,
    }),
  })
  .map(({ sampleCount, kind, seed, ...rest }) => {
    const dice = diceOf(seed);
    const rare = [NaN, Infinity, -Infinity, 0, -0];
    const value = (): number => {
      if (kind === 'broken' && dice() < 0.02) return rare[Math.floor(dice() * rare.length)];
      if (kind === 'ties') return Math.floor(dice() * 6) - 2;
      if (kind === 'sparse') return dice() < 0.95 ? 0 : dice() * dice();
      return dice() - 0.5;
    };
    const values = Array.from({ length: sampleCount }, () =>
      Float32Array.from({ length: UNITS * rest.height * rest.width }, value),
    );
    return { ...rest, values, seed, order: shuffled([...values.keys()], dice) };
  });

function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (Math.imul(state ^ (state >>> 15), 0x85ebca77) >>> 0) / 2 ** 32;
  };
}

function shuffled<Item>(items: readonly Item[], dice: () => number): Item[] {
  return items
    .map((item) => ({ item, at: dice() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function collectorOf({ height, width, keptQuantile, values }: Layer, samplesToRead = values.length) {
  const sizes = { unitCount: UNITS, sampleCount: values.length, samplesToRead, height, width, keptQuantile };
  return new ActivationCollector(sizes);
}

/** Adds samples in batches. */
function addAll(collector: ActivationCollector, { values, batch }: Layer, samples: readonly number[]): void {
  for (let first = 0; first < samples.length; first += batch) {
    const some = samples.slice(first, first + batch);
    const lengths = values[0].length;
    const all = new Float32Array(some.length * lengths);
    for (const [row, sample] of some.entries()) all.set(values[sample], row * lengths);
    collector.addSamples(some, all);
  }
}

/** What an uninterrupted run keeps. */
function atOnce(layer: Layer, samples: readonly number[] = [...layer.values.keys()]): KeptActivations {
  const collector = collectorOf(layer, samples.length);
  addAll(
    collector,
    layer,
    samples.toSorted((a, b) => a - b),
  );
  return collector.finish();
}

/** Reads everything in stretches, and gives their parts in the order taken. */
function partsOf(layer: Layer): ActivationPart[] {
  const parts: (ActivationPart | null)[] = [];
  let collector = collectorOf(layer);
  let from = 0;
  for (const { at, kind } of [...layer.cuts.toSorted((a, b) => a.at - b.at), { at: Infinity, kind: 'part' }]) {
    addAll(collector, layer, layer.order.slice(from, at));
    parts.push(collector.takePart());
    if (kind === 'collector') collector = collectorOf(layer);
    from = at;
  }
  return parts.filter((part) => part !== null);
}

const bytes = ({ buffer }: { readonly buffer: ArrayBufferLike }): Buffer => Buffer.from(new Uint8Array(buffer));
const same = (a: { readonly buffer: ArrayBufferLike }, b: { readonly buffer: ArrayBufferLike }): boolean =>
  bytes(a).equals(bytes(b));

describe('parts of a layer', () => {
  it('give in any order what an uninterrupted run gives, byte for byte', () => {
    fc.assert(
      fc.property(layers, (layer) => {
        const parts = shuffled(partsOf(layer), diceOf(layer.seed + 1));
        const collector = collectorOf(layer);
        for (const part of parts) collector.addPart(openActivationPart(part.buffer));
        expect(collector.takePart()).toBeNull();
        expect(same(collector.finish(), atOnce(layer))).toBe(true);
        expect(same(collector.end(), atOnce(layer))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('go on where a run was broken off, as often as it is', () => {
    fc.assert(
      fc.property(layers, (layer) => {
        const kept: ActivationPart[] = [];
        let from = 0;
        for (const { at } of [...layer.cuts.toSorted((a, b) => a.at - b.at), { at: Infinity }]) {
          const resumed = collectorOf(layer);
          for (const part of kept) resumed.addPart(part);
          addAll(resumed, layer, layer.order.slice(from, at));
          if (at === Infinity) expect(same(resumed.end(), atOnce(layer))).toBe(true);
          const part = at === Infinity ? null : resumed.takePart();
          if (part) kept.push(part);
          from = at;
        }
      }),
      { numRuns: 150 },
    );
  });

  it('hold only what can still matter, and that wholly', () => {
    fc.assert(
      fc.property(layers, (layer) => {
        const { samples, start, floor, peaks } = atOnce(layer);
        const size = layer.height * layer.width;
        const rank = Math.floor(layer.keptQuantile * layer.values.length * size) + 1;
        for (let unit = 0; unit < UNITS; unit++) {
          const maps = layer.values.map((values) => [...values.subarray(unit * size, (unit + 1) * size)]);
          const sorted = maps
            .flat()
            .filter((value) => !Number.isNaN(value))
            .sort((a, b) => b - a);
          const bound = layer.keptQuantile < 1 && rank <= sorted.length ? sorted[rank - 1] : -Infinity;
          const tops = maps.map((map) => Math.max(-Infinity, ...map.filter(Number.isFinite)));
          expect(floor[unit]).toBe(bound + 0);
          const expected = [...tops.keys()].filter((sample) => tops[sample] >= bound);
          expect([...samples.subarray(start[unit], start[unit + 1])]).toEqual(expected);
          const found = [...peaks.subarray(start[unit], start[unit + 1])];
          expect(found.map((peak) => peak + 0)).toEqual(expected.map((sample) => tops[sample] + 0));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('of three shards of different sizes are one run, with its thresholds', () => {
    fc.assert(
      fc.property(layers, (layer) => {
        const { order } = layer;
        const cuts = [0, Math.floor(order.length / 7), Math.floor(order.length / 2), order.length];
        const joined = collectorOf(layer);
        for (const i of [2, 0, 1]) {
          const shard = collectorOf(layer);
          addAll(shard, layer, order.slice(cuts[i], cuts[i + 1]));
          const part = shard.takePart();
          if (part) joined.addPart(part);
        }
        const found = joined.end();
        expect(same(found, atOnce(layer))).toBe(true);
        for (let unit = 0; unit < UNITS; unit++) {
          if (found.notFinite[unit] > 0) continue;
          const size = layer.height * layer.width;
          const all = layer.values.flatMap((values) => [...values.subarray(unit * size, (unit + 1) * size)]);
          const sorted = all.sort((a, b) => b - a);
          const rank = Math.min(sorted.length, Math.floor(0.005 * sorted.length) + 1);
          expect(unitThreshold(found, unit, { kind: 'quantile', quantile: 0.005 })).toBe(sorted[rank - 1] + 0);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('pass the check, and are read from their buffers as they were written', () => {
    fc.assert(
      fc.property(layers, (layer) => {
        for (const part of partsOf(layer)) {
          expect(() => checkActivationPart(part)).not.toThrow();
          expect(openActivationPart(part.buffer)).toEqual(part);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are refused by another run, and where a sample came already', () => {
    const sizes = { unitCount: 1, sampleCount: 3, height: 1, width: 1, keptQuantile: 1 };
    const collector = new ActivationCollector(sizes);
    collector.add(0, 1, Float32Array.of(3));
    const part = collector.takePart() ?? expect.fail('a part was taken');
    expect(() => collector.addPart(part)).toThrow('Sample 0 is none of 3, or came twice.');
    for (const change of [
      { samplesToRead: 2 },
      { keptQuantile: 0.5 },
      { unitCount: 2 },
      { width: 2 },
      { sampleCount: 4 },
    ])
      expect(() => new ActivationCollector({ ...sizes, ...change }).addPart(part)).toThrow(
        'The part is of another run',
      );
    expect(() => openActivationPart(collector.finish().buffer)).toThrow('These bytes are no part of a layer.');
    collector.end();
    expect(() => collector.add(1, 1, Float32Array.of(3))).toThrow('The collector has ended.');
  });
});

describe('checking a part', () => {
  const whole = (): ActivationPart => {
    const collector = new ActivationCollector({ unitCount: 2, sampleCount: 5, height: 1, width: 2, keptQuantile: 1 });
    collector.addSamples([4, 1], Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    return collector.takePart() ?? expect.fail('a part was taken');
  };

  it.each<[string, (part: ActivationPart) => unknown, string]>([
    ['a sample that there is not', (part) => (part.samples[0] = 5), 'it names samples that there are not'],
    ['a sample twice', (part) => (part.samples[0] = 1), 'it has a sample twice'],
    ['a map of no sample', (part) => (part.rows[1] = 2), 'it has maps of samples that are not its own'],
    ['a map twice', (part) => (part.rows[1] = 0), 'its maps of unit 0 are out of order'],
    ['stretches that go back', (part) => (part.start[1] = 5), 'its parts do not fit together'],
    ['stretches within a map', (part) => (part.start[1] = 0.5), 'its parts do not fit together'],
  ])('finds %s', (_, damage, problem) => {
    const part = whole();
    damage(part);
    expect(() => checkActivationPart(part)).toThrow(new RangeError(problem));
  });

  it.each<[string, Partial<ActivationPart>, string]>([
    ['missing maps', { maps: new Float32Array(6) }, 'it lacks some maps'],
    ['missing peaks', { highest: new Float32Array(3) }, 'it lacks some peaks'],
    ['missing extremes', { minimum: new Float32Array(1) }, 'it lacks values of some units'],
    ['an array of another type', { rows: new Float32Array(4) as never }, 'it lacks an array'],
    ['more samples than a run reads', { samplesToRead: 1 }, 'it has more samples than are read'],
    ['no height', { height: 0 }, 'its sizes are none'],
    ['a quantile that is none', { keptQuantile: NaN }, 'its sizes are none'],
  ])('finds %s', (_, change, problem) => {
    expect(() => checkActivationPart({ ...whole(), ...change })).toThrow(new RangeError(problem));
  });
});

describe('the largest of a stream', () => {
  it('are those of sorting everything, whatever comes when', () => {
    const given = fc.record({
      values: fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float(), fc.constantFrom(Infinity, -Infinity)), {
        maxLength: 1500,
        size: 'max',
      }),
      k: fc.integer({ min: 1, max: 900 }),
    });
    fc.assert(
      fc.property(given, ({ values, k }) => {
        const stream = Float32Array.from(values);
        const largest = new LargestValues(k);
        for (let from = 0; from < stream.length; from += 7) largest.add(stream.subarray(from, from + 7));
        largest.settle();
        const sorted = [...stream].filter((value) => !Number.isNaN(value)).sort((a, b) => b - a);
        expect(largest.bound).toBe((k <= sorted.length ? sorted[k - 1] : -Infinity) + 0);
      }),
      { numRuns: 200 },
    );
  });
});
