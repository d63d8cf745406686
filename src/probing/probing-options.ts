import type { PairOptions } from './pairs/pair-options.ts';
import type { Picture, PixelImage } from './probing-set.ts';

/** What to read of a probing set, as a person may choose it; plain data. Readers pass over what does not concern them. */
export interface ProbingOptions {
  /** Names of the categories to probe; unless given, the reader's choice (all, for most). */
  readonly categories?: readonly string[];
  /** Names of the splits to read (`train`, `val`); unless given, all. */
  readonly splits?: readonly string[];
  /** Compute color concepts from the pixels where the set brings none; unless given, yes where pictures can be decoded. */
  readonly colors?: boolean;
  /** Sentence pairs: columns, and which concepts are made of the words. */
  readonly pairs?: PairOptions;
}

/** What readers cannot do by themselves. */
export interface ProbingTools {
  /** Turns a picture into pixels; without it, no colors are computed. @throws Fault naming the picture */
  decode(picture: Picture): Promise<PixelImage>;
  /**
   * The embedded table of word vectors (src/probing/pairs/word-table.ts), for NEIGHBORS where a set of pairs brings none; without it there
   * is no NEIGHBORS then. @throws Fault
   */
  wordTable?(): Promise<Uint8Array<ArrayBuffer>>;
}
