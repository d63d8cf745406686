import type { EncodedBatch } from '../onnx/text/encode-batch.ts';
import type { EncodedRow } from '../onnx/text/tokenizer.ts';
import type { FloatTensor } from '../runtime/model-session.ts';

/** A layer of tokens, each row's tokens made one. */
export interface PooledTokens {
  readonly units: number;
  /** `[rows, units]` largest value of the row's tokens; special tokens and padding are left out, as long as there are others. */
  readonly values: Float32Array;
  /** `[rows, units]` the word where it lies, the first of equals; see EncodedRow. -1 where the layer's sentence cannot be told. */
  readonly words: Float32Array;
}

const SIDES = ['premise', 'hypothesis', 'pair'] as const;

/**
 * Pools a tensor [batch, tokens, units] or [tokens, batch, units] by maximum. Which axis is which, and which sentence the tokens are of, is
 * told by its sizes: encodeBatch makes them different.
 *
 * @param rows rows that count; a model that fixes its batch gives more
 * @returns undefined, if no two axes have such sizes
 */
export function poolTokens({ dims, data }: FloatTensor, batch: EncodedBatch, rows: number): PooledTokens | undefined {
  const { axes } = batch;
  if (dims.length !== 3) return undefined;
  const batchFirst = dims[0] === axes.rows && SIDES.some((side) => axes[side] === dims[1]);
  if (!batchFirst && !(dims[1] === axes.rows && SIDES.some((side) => axes[side] === dims[0]))) return undefined;
  const tokens = batchFirst ? dims[1] : dims[0];
  const units = dims[2];
  const sides = SIDES.filter((side) => axes[side] === tokens && batch.rowsOf[side] !== undefined);
  const values = new Float32Array(rows * units);
  const words = new Float32Array(rows * units).fill(-1);
  for (let row = 0; row < rows; row++) {
    const encoded = sides.map((side) => batch.rowsOf[side]?.[row]).filter((found) => found !== undefined);
    const counted = countedTokens(encoded, tokens);
    for (let unit = 0; unit < units; unit++) {
      let best = -1;
      let peak = -Infinity;
      for (const token of counted) {
        const at = batchFirst ? (row * tokens + token) * units + unit : (token * axes.rows + row) * units + unit;
        if (best >= 0 && !(data[at] > peak)) continue;
        best = token;
        peak = data[at];
      }
      values[row * units + unit] = peak;
      if (encoded.length === 1) words[row * units + unit] = encoded[0].words[best] ?? -1;
    }
  }
  return { units, values, words };
}

/** Tokens of words; all of a row that has none. Where the sentence cannot be told, up to the end of the longest. */
function countedTokens(encoded: readonly EncodedRow[], tokens: number): readonly number[] {
  const length = Math.min(tokens, Math.max(1, ...encoded.map(({ ids }) => ids.length)));
  const all = Array.from({ length }, (_, token) => token);
  const ofWords = all.filter((token) => encoded.some(({ words }) => (words[token] ?? -1) >= 0));
  return ofWords.length > 0 ? ofWords : all;
}
