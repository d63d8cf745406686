import { expect, it, vi } from 'vitest';
import { MaskCache } from '../../src/jobs/mask-cache.ts';

const mask = (value: number): Uint8Array => Uint8Array.of(value);

it('asks once for each mask, also while the answer is on its way', async () => {
  const cache = new MaskCache(100);
  const load = vi.fn(async () => mask(1));
  const both = await Promise.all([cache.get('a', 10, load), cache.get('a', 10, load)]);
  expect(both[0]).toBe(both[1]);
  expect(load).toHaveBeenCalledTimes(1);
});

it('forgets the masks longest out of use when all together grow too large', async () => {
  const cache = new MaskCache(30);
  const load = vi.fn(async () => mask(2));
  for (const key of ['a', 'b', 'c']) await cache.get(key, 10, load);
  await cache.get('a', 10, load);
  await cache.get('d', 10, load);
  expect(load).toHaveBeenCalledTimes(4);
  for (const key of ['a', 'c', 'd']) await cache.get(key, 10, load);
  expect(load).toHaveBeenCalledTimes(4);
  await cache.get('b', 10, load);
  expect(load).toHaveBeenCalledTimes(5);
});

it('gives what is larger than all its room, and asks again for what failed or was cleared', async () => {
  const cache = new MaskCache(5);
  expect(await cache.get('a', 10, async () => mask(3))).toEqual(mask(3));
  await expect(cache.get('b', 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await cache.get('b', 1, async () => mask(4))).toEqual(mask(4));
  cache.clear();
  expect(await cache.get('b', 1, async () => mask(5))).toEqual(mask(5));
});
