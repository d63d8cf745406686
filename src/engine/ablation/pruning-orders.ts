import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { isExplained } from '../analysis/explained-units.ts';
import type { UnitId } from '../ids.ts';
import type { UnitExplanation } from '../results/explanation.ts';

/** Orders in which units are switched off, one after the other; each has all units of the pool. */
export interface PruningOrders {
  /** By rising IoU; units that are not explained come first. Equal ones in a random order, the reverse of that of `most`. */
  readonly least: readonly UnitId[];
  /** The reverse of `least`. */
  readonly most: readonly UnitId[];
  /** Random orders, each equally likely. */
  readonly random: readonly (readonly UnitId[])[];
}

/**
 * Orders of units. The same seed gives the same orders on every machine.
 *
 * @param pool units, ascending
 * @param randomOrders how many random orders, 0 or more
 * @param seed a 32-bit integer
 */
export function pruningOrders(pool: readonly UnitExplanation[], randomOrders: number, seed: number): PruningOrders {
  const generator = xoroshiro128plus(seed);
  const iouOf = (unit: UnitExplanation): number => (isExplained(unit) ? unit.best.iou : -1);
  const least = shuffled(pool, generator)
    .sort((one, other) => iouOf(one) - iouOf(other))
    .map(({ unit }) => unit);
  const units = pool.map(({ unit }) => unit);
  const random = Array.from({ length: randomOrders }, () => shuffled(units, generator));
  return { least, most: least.toReversed(), random };
}

function shuffled<Item>(items: readonly Item[], generator: RandomGenerator): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = uniformInt(generator, 0, last);
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

/** Powers of two at which little is pruned, at most. */
const MOST_POWERS = 7;

/**
 * How many units are off at each step: none, then powers of two below a quarter of them, then every eighth from a quarter to all; at most 15.
 * Where there are more than seven powers, every other one.
 *
 * @param count units in the pool, 0 or more
 * @returns ascending, from 0 to `count`
 */
export function pruningSteps(count: number): readonly number[] {
  const powers: number[] = [];
  for (let step = 1; step < count / 4; step *= 2) powers.push(step);
  const early = powers.length > MOST_POWERS ? powers.filter((_, at) => at % 2 === 0) : powers;
  const eighths = [2, 3, 4, 5, 6, 7, 8].map((part) => Math.round((count * part) / 8));
  return [...new Set([0, ...early, ...eighths])].sort((one, other) => one - other);
}
