/** Halves of a value's sortable bits are counted, 65,536 of each; zero between two calls. */
const times = new Uint32Array(65_536);
const bitsOfOne = new Int32Array(1);
const one = new Float32Array(bitsOfOne.buffer);

/** Bits of a float32 as a number from 0 to 2^32 - 1 in the same order as the values. */
const sortable = (bits: number): number => (bits < 0 ? ~bits : bits | 0x8000_0000) >>> 0;

/** Is this a NaN, by its bits? */
const isNaNBits = (bits: number): boolean => (bits & 0x7fff_ffff) > 0x7f80_0000;

/**
 * The k-th largest of some values, exactly; NaN is passed over. In two walks over them, without sorting: the first finds the upper half of
 * its bits, the second the lower.
 *
 * @param k 1 or more
 * @returns minus infinity, if there are fewer than k
 */
export function kthLargest(values: Float32Array, k: number): number {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) if (!isNaNBits(bits[i])) times[sortable(bits[i]) >>> 16]++;
  const upper = descend(k);
  if (upper.half < 0) return -Infinity;
  for (let i = 0; i < bits.length; i++) {
    const key = sortable(bits[i]);
    if (key >>> 16 === upper.half && !isNaNBits(bits[i])) times[key & 0xffff]++;
  }
  const lower = descend(upper.left);
  const key = (upper.half << 16) | lower.half;
  bitsOfOne[0] = key < 0 ? key & 0x7fff_ffff : ~key;
  return one[0];
}

/** Goes down from the largest half until `k` values are met, and forgets what was counted; half -1 where they are fewer. */
function descend(k: number): { half: number; left: number } {
  let left = k;
  let half = times.length - 1;
  while (half >= 0 && times[half] < left) left -= times[half--];
  times.fill(0);
  return { half, left };
}
