import type { NounTree } from './noun-tree.ts';

/** Where two senses meet in the tree. */
export interface Meeting {
  /** 0 to 1. */
  readonly similarity: number;
  /** The synsets compared, and the hypernym in which they meet. */
  readonly senses: readonly [number, number];
  readonly ancestor: number;
}

/**
 * How near two senses lie (Wu & Palmer, Verb Semantics and Lexical Selection, 1994): 2 d(c) over (2 d(c) + steps from one up to c + steps from the other up
 * to c), with d(c) the depth of a common hypernym c, 1 at the root; the c that gives most.
 *
 * @returns null where nothing is above both
 */
export function wuPalmer(tree: NounTree, one: number, other: number): Omit<Meeting, 'senses'> | null {
  const [fromOne, fromOther] = [stepsUp(tree, one), stepsUp(tree, other)];
  let best: Omit<Meeting, 'senses'> | null = null;
  for (const [ancestor, steps] of fromOne) {
    const others = fromOther.get(ancestor);
    if (others === undefined) continue;
    const twice = 2 * tree.depth(ancestor);
    const similarity = twice / (twice + steps + others);
    if (best === null || similarity > best.similarity) best = { similarity, ancestor };
  }
  return best;
}

/** The nearest of the senses of two words; null where one has none. The first of equals. */
export function nearestSenses(tree: NounTree, one: readonly number[], other: readonly number[]): Meeting | null {
  let best: Meeting | null = null;
  for (const a of one)
    for (const b of other) {
      const found = wuPalmer(tree, a, b);
      if (found && (best === null || found.similarity > best.similarity)) best = { ...found, senses: [a, b] };
    }
  return best;
}

/** Everything above a synset, itself too, with the fewest steps up to it. */
function stepsUp(tree: NounTree, synset: number): ReadonlyMap<number, number> {
  const steps = new Map([[synset, 0]]);
  let level = [synset];
  for (let step = 1; level.length > 0; step++) {
    level = [...new Set(level.flatMap((one) => tree.hypernyms(one)))].filter((above) => !steps.has(above));
    for (const above of level) steps.set(above, step);
  }
  return steps;
}
