import type { FedInput } from '../infer-shapes.ts';
import type { Known } from '../known.ts';
import { OPEN_SIZES, type Counted } from '../open-sizes.ts';
import type { PairInput } from './pair-input.ts';

/** The inputs of a model of sentence pairs with the sizes they are fed in; open ones are followed by what they count. */
export function fedPairs(input: PairInput): FedInput[] {
  const batch = input.batch ?? OPEN_SIZES.batch;
  return input.tensors.flatMap(({ name, elemType, role, dims }): FedInput[] => {
    if (role === null) return [];
    if (role.endsWith('-lengths')) return [{ name, elemType, dims: [batch] }];
    const given = dims?.[input.order === 'batch-first' ? 1 : 0];
    const tokens = typeof given === 'number' && given > 0 ? given : OPEN_SIZES[role.split('-')[0] as Counted];
    return [{ name, elemType, dims: input.order === 'batch-first' ? [batch, tokens] : [tokens, batch] }];
  });
}

const TOKENS: ReadonlySet<unknown> = new Set<Counted>(['premise', 'hypothesis', 'pair']);

/** Why a tensor has no units to probe for each pair, as a sentence; empty where it has, or where that cannot be known. */
export function reasonAgainstPairs({ dims, counts }: Known, input: PairInput): string {
  if (!dims) return '';
  const rank = dims.length;
  if (rank !== 2 && rank !== 3) {
    return `It has ${rank} dimensions; [pairs, units], or [pairs, tokens, units] with the pairs or the tokens first, is needed.`;
  }
  if (counts?.at(-1) != null) return 'Its last axis counts tokens or pairs, not units.';
  const countsPairs = (axis: number): boolean =>
    counts?.[axis] === 'batch' || (counts?.[axis] == null && [null, 1, input.batch].includes(dims[axis]));
  if (rank === 2) return countsPairs(0) ? '' : 'Its first axis does not count pairs.';
  const countsTokens = (axis: number): boolean =>
    TOKENS.has(counts?.[axis]) || (counts?.[axis] == null && isTokens(dims[axis], input));
  const fits = (countsPairs(0) && countsTokens(1)) || (countsTokens(0) && countsPairs(1));
  return fits ? '' : 'Its first two axes are not those of pairs and tokens.';
}

function isTokens(size: number | null, { tokens, tensors, order }: PairInput): boolean {
  if (size === null || size === tokens) return true;
  return tensors.some(({ dims }) => dims?.length === 2 && dims[order === 'batch-first' ? 1 : 0] === size);
}
