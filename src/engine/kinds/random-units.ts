import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { UnitId } from '../ids.ts';

/**
 * Some units in random order, each at most once; all of them, shuffled, where there are no more.
 *
 * @param count 0 or more
 * @param seed a whole number; the same one gives the same units, and of a larger count the first are the same
 */
export function randomUnits(units: readonly UnitId[], count: number, seed: number): readonly UnitId[] {
  const generator = xoroshiro128plus(seed);
  const left = [...units];
  const drawn: UnitId[] = [];
  while (drawn.length < count && left.length > 0) {
    const at = uniformInt(generator, 0, left.length - 1);
    drawn.push(left[at]);
    left[at] = left[left.length - 1];
    left.pop();
  }
  return drawn;
}
