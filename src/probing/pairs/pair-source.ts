import type { PairColumns } from './pair-options.ts';
import type { TreeFile } from '../file-tree.ts';
import type { SplitSurvey } from '../probing-set.ts';

/** A sentence as a file has it. */
export interface SourceSentence {
  readonly text: string;
  /** Words are given: at `spans`, or where there are none (`.tok`, `.feats`) they stand in `text`, separated by single spaces. */
  readonly tokenised: boolean;
  /** Where given words lie in a text that was left as it was written (parse columns); as in Sentence. */
  readonly spans?: readonly number[];
  /** Given with the words: their Penn Treebank tags, as many as words. */
  readonly tags?: readonly string[];
  /** Given with the words: their lemmas. */
  readonly lemmas?: readonly string[];
}

/** A pair as a file has it. */
export interface SourcePair {
  readonly premise: SourceSentence;
  readonly hypothesis: SourceSentence;
  /** entailment, neutral, contradiction; null for `-`, UNK, and where none is given. */
  readonly gold: string | null;
  readonly given: string | null;
  /** Names it: an id of the file (`pairID`), or `row 12`. */
  readonly name: string;
}

/** Sentence pairs as a reader of files gives them; `pairsSet` makes a probing set of it. */
export interface PairSource {
  readonly title: string;
  /** Name of the layout for people: `SNLI (JSON lines)`. */
  readonly layout: string;
  readonly pairs: readonly SourcePair[];
  /** See PairSurvey. */
  readonly found: readonly string[];
  readonly columns: PairColumns | null;
  /** Lines that identify the contents, for the content hash: file name, SHA-256 and columns. */
  readonly digests: readonly string[];
  readonly notes: readonly string[];
  /** Files of pairs to choose from (train, dev, test); absent or empty where there is one only. */
  readonly splits?: readonly SplitSurvey[];
  /** A file of word vectors (GloVe text) that lies in the tree, or undefined. */
  readonly vectors: TreeFile | undefined;
}
