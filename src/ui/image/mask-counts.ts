import { countText, plural } from '../../figures/text/numbers.ts';

/**
 * How much a unit's mask and a formula's cover of a picture, in words: `312 positions`, or `unit 312, formula 540, both 301`; empty where
 * there is no mask.
 */
export function maskCounts(unit: Uint8Array | null, formula: Uint8Array | null): string {
  if (unit === null || formula === null) {
    const only = unit ?? formula;
    return only === null ? '' : plural(positions(only, only), 'position');
  }
  const numbers = [positions(unit, unit), positions(formula, formula), positions(unit, formula)].map(countText);
  return `unit ${numbers[0]}, formula ${numbers[1]}, both ${numbers[2]}`;
}

function positions(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let position = 0; position < one.length; position += 1) sum += one[position] & other[position];
  return sum;
}
