import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gapsOf, shardRange, type ShardStep } from '../../src/cli/shards/manifest.ts';
import { threadsFor } from '../../src/cli/threads/explain-units.ts';

const file = { file: 'a', bytes: 1, sha256: '' };

it('shards have every sample once, and are of equal size but for one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1, max: 200 }), (samples, of) => {
      const ranges = Array.from({ length: of }, (_, shard) => shardRange(shard, of, samples));
      expect(ranges[0][0]).toBe(0);
      expect(ranges.at(-1)?.[1]).toBe(samples);
      for (let i = 1; i < of; i++) expect(ranges[i][0]).toBe(ranges[i - 1][1]);
      const sizes = ranges.map(([first, end]) => end - first);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

it('gaps are the samples that no step has', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 40 }), fc.nat(1000), (done, first) => {
      const steps: ShardStep[] = done.flatMap((is, i) =>
        is ? [{ first: first + i, count: 1, cells: file, activations: file }] : [],
      );
      const left = gapsOf({ first, end: first + done.length, steps }).flatMap(([from, to]) =>
        Array.from({ length: to - from }, (_, i) => from + i),
      );
      expect(left).toEqual(done.flatMap((is, i) => (is ? [] : [first + i])));
    }),
  );
});

it('as many threads are started as asked for, not more than there are units, and none for a few units', () => {
  expect([threadsFor(512, 3), threadsFor(2, 64), threadsFor(8, undefined), threadsFor(1, undefined)]).toEqual([
    3, 2, 1, 1,
  ]);
  expect(threadsFor(100_000, undefined)).toBeLessThanOrEqual(8);
});
