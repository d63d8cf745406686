import { expect, it } from 'vitest';
import { Recent } from '../../src/engine/recent.ts';

it('keeps the values asked for last, whatever they are', () => {
  const recent = new Recent<number>(2);
  const made: string[] = [];
  const get = (key: string): number =>
    recent.get(key, () => {
      made.push(key);
      return key === 'zero' ? 0 : NaN;
    });
  expect(['zero', 'a', 'zero', 'b', 'zero', 'a'].map(get)).toEqual([0, NaN, 0, NaN, 0, NaN]);
  expect(made).toEqual(['zero', 'a', 'b', 'a']);
});
