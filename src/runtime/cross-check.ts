import type { FloatTensor } from './model-session.ts';

/**
 * How far two runs of the same batch lie apart: the largest absolute difference of a tensor, divided by the reference's largest
 * magnitude in that tensor; of all tensors the worst. NaN equals NaN and an infinity itself; anything else non-finite, a missing
 * tensor or another shape counts as infinitely far.
 */
export function crossCheck(
  found: Readonly<Record<string, FloatTensor>>,
  reference: Readonly<Record<string, FloatTensor>>,
): number {
  const distances = Object.entries(reference).map(([name, tensor]) => distance(found[name], tensor));
  return Math.max(0, ...distances);
}

function distance(found: FloatTensor | undefined, reference: FloatTensor): number {
  if (found?.data.length !== reference.data.length || found.dims.join() !== reference.dims.join()) return Infinity;
  let largest = 0;
  let apart = 0;
  for (let i = 0; i < reference.data.length; i += 1) {
    const [a, b] = [found.data[i], reference.data[i]];
    if (Number.isFinite(b)) largest = Math.max(largest, Math.abs(b));
    if (!Object.is(a, b) && a !== b) apart = Math.max(apart, Number.isFinite(a - b) ? Math.abs(a - b) : Infinity);
  }
  return apart === 0 ? 0 : apart / largest;
}
