/** Number of 32-bit words a bitset over `size` members takes. */
export const wordsFor = (size: number): number => (size + 31) >>> 5;

/** Is member `i` in the set? */
export const hasBit = (bits: Uint32Array, i: number): boolean => ((bits[i >>> 5] >>> (i & 31)) & 1) === 1;

/** Puts member `i` into the set. */
export function setBit(bits: Uint32Array, i: number): void {
  bits[i >>> 5] |= 1 << (i & 31);
}

/** Do two bitsets of the same number of words have the same members? */
export function equalBits(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
