import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * Spreads whole numbers over all 32-bit patterns: neighbours in, unrelated numbers out.
 * The finaliser of MurmurHash3 (Appleby, public domain) after a multiply-and-add of each number in turn.
 */
export function scramble(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ number, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash | 0;
}

/** Random choices of one picture. The same seed gives the same choices on every machine. */
export class Dice {
  private readonly generator: RandomGenerator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** A number in [0, 1), a multiple of 2^-24. */
  unit(): number {
    return (this.generator.next() >>> 8) / 0x1000000;
  }

  /** A number in [from, to). */
  between(from: number, to: number): number {
    return from + (to - from) * this.unit();
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** One of the items, each equally likely. `items` must not be empty. */
  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.unit() * items.length)];
  }

  /** The items in a random order, in a new array. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const mixed = [...items];
    for (let last = mixed.length - 1; last > 0; last--) {
      const other = this.whole(0, last);
      [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
    }
    return mixed;
  }
}

/** The choices of picture `sample` of series `seed`; needs no other picture drawn first. */
export function diceFor(seed: number, sample: number): Dice {
  return new Dice(scramble(seed, sample));
}
