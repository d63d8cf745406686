import type { OpenedProbing, TokenizerInfo } from '../jobs/api.ts';
import { encodingProblems } from '../onnx/text/check-encoding.ts';
import type { InputChoice } from './input-choice.svelte.ts';

/**
 * What keeps the open model from being run on the open probing set, in a sentence or more; empty where nothing does.
 *
 * @param tokenizer the one the encoding names; null where it is not open
 */
export function modelProblem(
  { layers, encoding, pairInput }: Pick<InputChoice, 'layers' | 'encoding' | 'pairInput'>,
  probing: OpenedProbing | null,
  tokenizer: TokenizerInfo | null,
): string {
  if (probing?.hasPairs && !pairInput) {
    return 'This model takes pictures, and the probing set has sentence pairs. Drop a model that takes token ids, or a probing set of pictures.';
  }
  if (probing && !probing.hasPairs && pairInput) {
    return 'This model takes sentence pairs, and the probing set has none. Drop sentence pairs, or a model that takes pictures.';
  }
  if (pairInput && encoding) {
    const problems = encodingProblems(pairInput, encoding, tokenizer);
    if (problems.length > 0) return problems.join(' ');
  }
  return layers.length === 0 ? 'Choose a layer.' : '';
}
