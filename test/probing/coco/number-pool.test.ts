import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberPool } from '../../../src/probing/coco/number-pool.ts';

const numbers = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

it('gives back every list, also when trimmed', () => {
  fc.assert(
    fc.property(fc.array(numbers), (lists) => {
      const pool = new NumberPool();
      const starts = lists.map((list) => pool.add(list));
      expect(starts.map((start) => Array.from(pool.list(start)))).toEqual(lists);
      pool.trim();
      expect(starts.map((start) => Array.from(pool.list(start)))).toEqual(lists);
    }),
  );
});

it('takes a byte or two for a coordinate of an outline', () => {
  const pool = new NumberPool();
  pool.add(Array.from({ length: 1000 }, (_, at) => Math.round(1000 + 400 * Math.sin(at / 50))));
  expect(pool.bytes).toBeLessThan(1010);
});
