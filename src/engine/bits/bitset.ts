/** Number of 32-bit words a bitset over `size` members takes. */
export const wordsFor = (size: number): number => (size + 31) >>> 5;

/** A bitset over `size` members in shared memory, all clear. */
export const sharedBitset = (size: number): Uint32Array =>
  new Uint32Array(new SharedArrayBuffer(Math.max(4, wordsFor(size) * 4)));

/** Is member `i` in the set? */
export const hasBit = (bits: Uint32Array, i: number): boolean => ((bits[i >>> 5] >>> (i & 31)) & 1) === 1;

/** Puts member `i` into the set. */
export function setBit(bits: Uint32Array, i: number): void {
  bits[i >>> 5] |= 1 << (i & 31);
}

/** Number of ones in a 32-bit word. */
export function popcount32(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Number of members of `a`, or of `a` and `b` together where `b` is given. Both have the same number of words. */
export function countBits(a: Uint32Array, b?: Uint32Array): number {
  let count = 0;
  if (b) for (let i = 0; i < a.length; i++) count += popcount32(a[i] & b[i]);
  else for (let i = 0; i < a.length; i++) count += popcount32(a[i]);
  return count;
}

/** Do two bitsets of the same number of words have the same members? */
export function equalBits(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
