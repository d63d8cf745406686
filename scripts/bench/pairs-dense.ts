import { TopList } from '../../src/engine/search/top-list.ts';

/** A set of pairs, one byte each. */
export type PairBytes = Uint8Array;

/** What {@link denseSearch} went through and found. */
export interface DenseFound {
  /** Scores of the last beam, best first. */
  readonly scores: readonly number[];
  readonly formulas: number;
}

interface Formula {
  readonly score: number;
  readonly pairs: PairBytes;
}

const operators = ['or', 'and', 'and-not'] as const;

/**
 * The reference program's search on sentence pairs: every formula over all pairs, one byte a pair, from its parent's bytes and a concept's.
 * Where the reference walks the bytes three times, to make them, for the intersection and for the union, this walks them once.
 *
 * @param concepts for each concept the pairs where it holds
 * @param neighbors for each concept the concepts whose union NEIGHBORS of it is
 */
export function denseSearch(
  concepts: readonly PairBytes[],
  neighbors: readonly (readonly number[])[],
  unit: PairBytes,
  { length, beam }: { readonly length: number; readonly beam: number },
): DenseFound {
  const scratch = new Uint8Array(unit.length);
  let formulas = 0;
  let top = new TopList<Formula>(beam);
  const offer = (score: number): void => {
    formulas++;
    if (score > top.bar) top.offer({ score, pairs: scratch.slice() });
  };
  const candidates: PairBytes[] = [];
  for (const [id, concept] of concepts.entries()) {
    const nothing = new Uint8Array(unit.length);
    const alone = scoreBytes(nothing, concept, 'or', unit, scratch);
    offer(alone);
    if (alone > 0) candidates.push(concept);
    scratch.fill(0);
    for (const near of neighbors[id]) for (let i = 0; i < scratch.length; i++) scratch[i] |= concepts[near][i];
    const together = scoreBytes(nothing, scratch.slice(), 'or', unit, scratch);
    offer(together);
    if (together > 0) candidates.push(concept);
  }
  for (let step = 2; step <= length; step++) {
    const before = top.items;
    top = new TopList<Formula>(beam);
    for (const formula of before) top.offer(formula);
    for (const { pairs } of before) {
      for (const concept of candidates) {
        for (const operator of operators) offer(scoreBytes(pairs, concept, operator, unit, scratch));
      }
    }
  }
  return { scores: top.items.map(({ score }) => score), formulas };
}

/** Writes `left op right` to `out`; the IoU of it and a unit. */
function scoreBytes(
  left: PairBytes,
  right: PairBytes,
  operator: (typeof operators)[number],
  unit: PairBytes,
  out: PairBytes,
): number {
  let intersection = 0;
  let union = 0;
  for (let i = 0; i < out.length; i++) {
    const here =
      operator === 'or' ? left[i] | right[i] : operator === 'and' ? left[i] & right[i] : left[i] & (1 - right[i]);
    out[i] = here;
    intersection += here & unit[i];
    union += here | unit[i];
  }
  return intersection / union;
}
