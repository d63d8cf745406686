import type { PairEncoding } from '../engine/text/pair-encoding.ts';
import type { Preprocessing } from './preprocess.ts';

/** How samples become a model's input, as a person may choose it. Plain data, stored with the results. */
export type Feed = PictureFeed | PairFeed;

/** Pictures, stretched to the size of the input. */
export interface PictureFeed {
  readonly kind: 'pictures';
  readonly preprocessing: Preprocessing;
  readonly height: number;
  readonly width: number;
}

/** Sentence pairs, as token ids. */
export interface PairFeed {
  readonly kind: 'pairs';
  readonly encoding: PairEncoding;
}
