import type { Evidence } from '../../state/app-state.svelte.ts';

/**
 * Where a unit's activation lies above one threshold, and not above another where that is given: values 0 or 1, by position.
 *
 * @param upTo null: no upper end
 */
export async function bandMask(
  evidence: Evidence,
  unit: number,
  sample: number,
  above: number,
  upTo: number | null,
): Promise<Uint8Array> {
  if (upTo === null) return evidence.unitMask(unit, sample, above);
  const [lower, upper] = await Promise.all([above, upTo].map((at) => evidence.unitMask(unit, sample, at)));
  return lower.map((is, position) => (upper[position] === 0 ? is : 0));
}
