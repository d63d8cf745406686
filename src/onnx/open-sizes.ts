/** What an axis counts whose size is open. */
export type Counted = 'batch' | 'premise' | 'hypothesis' | 'pair';

/**
 * Stand for open sizes while shapes are worked out: pairs or pictures in a batch, tokens of a row of the premise, of the hypothesis, of
 * both joined. Large primes, so that they cancel where exporters divide by them (`Reshape(x, [batch, -1])`) and can be told from every
 * other size afterwards.
 */
export const OPEN_SIZES: Readonly<Record<Counted, number>> = {
  batch: 1_000_003,
  premise: 1_000_033,
  hypothesis: 1_000_037,
  pair: 1_000_039,
};

const COUNTED = Object.keys(OPEN_SIZES) as readonly Counted[];

/** Whether a size is open, or a multiple of an open one. */
export function isOpen(dim: number | null | undefined): boolean {
  return typeof dim === 'number' && dim > 0 && COUNTED.some((counted) => dim % OPEN_SIZES[counted] === 0);
}

/** What an axis of this size counts; `mixed` for products of an open size with another one; null for sizes known and unknown. */
export function countedBy(dim: number | null): Counted | 'mixed' | null {
  if (!isOpen(dim)) return null;
  return COUNTED.find((counted) => dim === OPEN_SIZES[counted]) ?? 'mixed';
}
