const WORDS = ' (words)';

/**
 * Name under which the words are collected where the tokens of a layer are largest, beside the layer itself: in place of activations, each
 * unit and sample has the number of the word (see EncodedRow of src/onnx/text/tokenizer.ts).
 */
export function wordsLayer(tensor: string): string {
  return `${tensor}${WORDS}`;
}

/** The tensor that a layer, or the words of one, come from. */
export function tensorOf(layer: string): string {
  return layer.endsWith(WORDS) ? layer.slice(0, -WORDS.length) : layer;
}

/** Whether a name is one of {@link wordsLayer}. */
export function isWordsLayer(layer: string): boolean {
  return layer.endsWith(WORDS);
}

/**
 * Quantile under which only the highest value of each sample is of use: no maps are kept but the largest. So are layers collected that
 * nobody asks to have explained.
 */
export const PEAKS_ONLY = 1e-9;
