import type { TokenizerReference } from '../../engine/text/pair-encoding.ts';
import type { Sentence } from '../../engine/text/sentence-pair.ts';

/** What a page needs to know of a tokenizer. Plain data. */
export interface TokenizerInfo extends TokenizerReference {
  /** Tokens it knows. */
  readonly tokens: number;
  /** Largest id it gives; a model's embedding table must have more rows. */
  readonly largestId: number;
  /** Whether it joins two sentences into one row with special tokens. */
  readonly joins: boolean;
}

/** Token ids of a row, and the words they belong to. */
export interface EncodedRow {
  readonly ids: readonly number[];
  /**
   * For each token its word: words of the premise are counted from 0, those of the hypothesis go on behind them; -1 for special tokens.
   * A word of several tokens has several entries.
   */
  readonly words: readonly number[];
  /** Token types: 0 for the first sentence, 1 for the second. */
  readonly types: readonly number[];
}

/** Turns sentences into token ids. */
export interface PairTokenizer {
  readonly info: TokenizerInfo;
  /** Id that fills a row up. */
  readonly padding: number;
  /** One sentence. @param firstWord number of its first word: 0, or the premise's words */
  sentence(sentence: Sentence, firstWord: number, maxTokens: number): EncodedRow;
  /** Both in one row. @throws RangeError, if it cannot join */
  pair(premise: Sentence, hypothesis: Sentence, maxTokens: number): EncodedRow;
}
