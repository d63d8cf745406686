import type { ModelSummary } from './model-summary.ts';
import { pictureInput, takesPicture, type PictureInput } from './picture-input.ts';
import type { PairInput } from './text/pair-input.ts';
import { pairInput } from './text/read-pair-input.ts';

/** What a model takes. Plain data. */
export type ModelInput = ({ readonly kind: 'pictures' } & PictureInput) | ({ readonly kind: 'pairs' } & PairInput);

/**
 * Whether a model takes pictures or sentence pairs, and how. Inputs of pairs whose role cannot be told are no fault here: a person can
 * still say (see check-encoding.ts).
 *
 * @throws Fault, if it takes neither, or if an input has a type that cannot be fed
 */
export function modelInput(summary: ModelSummary): ModelInput {
  const pairs = takesPicture(summary) ? undefined : pairInput(summary);
  return pairs ? { kind: 'pairs', ...pairs } : { kind: 'pictures', ...pictureInput(summary) };
}
