import type { UnitCounts } from '../../src/engine/activation/unit-mask.ts';
import { diceFor } from '../../src/probing/scenes/random.ts';
import type { PairBytes } from './pairs-dense.ts';

/**
 * A unit that fires on 5 to 50 % of all pairs, as ReLU units do: where one of a few concepts holds, some of them common, some rare, mostly
 * unless another holds too; and, since no unit is just that, at some of those pairs not and at some others nevertheless.
 *
 * @param concepts for each concept the pairs where it holds
 * @param byFrequency the concepts, most common first
 */
export function plantedUnit(concepts: readonly PairBytes[], byFrequency: readonly number[], unit: number): PairBytes {
  const dice = diceFor(40_000, unit);
  const mask = new Uint8Array(concepts[0].length);
  const goal = Math.round(dice.between(0.05, 0.5) * mask.length);
  const anyConcept = (): PairBytes => concepts[byFrequency[Math.floor(byFrequency.length ** dice.unit()) - 1]];
  const missing = dice.between(0.05, 0.4);
  let area = 0;
  for (let tries = 0; tries < 40 && area < 0.7 * goal; tries++) {
    const concept = anyConcept();
    const except = dice.chance(0.4) ? anyConcept() : undefined;
    for (let pair = 0; pair < mask.length && area < goal; pair++) {
      if (mask[pair] === 1 || concept[pair] === 0 || except?.[pair] === 1 || dice.chance(missing)) continue;
      mask[pair] = 1;
      area++;
    }
  }
  while (area < goal) {
    const pair = dice.whole(0, mask.length - 1);
    area += 1 - mask[pair];
    mask[pair] = 1;
  }
  return mask;
}

/** A mask's counts over the cells. */
export function countsOf(mask: PairBytes, cellOfPair: readonly number[]): UnitCounts {
  const perCell = new Map<number, number>();
  let area = 0;
  for (const [pair, fires] of mask.entries()) {
    if (fires === 0) continue;
    perCell.set(cellOfPair[pair], (perCell.get(cellOfPair[pair]) ?? 0) + 1);
    area++;
  }
  return { cells: Uint32Array.from(perCell.keys()), counts: Uint32Array.from(perCell.values()), area, firing: area };
}
