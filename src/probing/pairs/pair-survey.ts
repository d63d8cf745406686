import type { PairColumns, PairOptions } from './pair-options.ts';

/** How sentence pairs were read. Plain data. */
export interface PairSurvey {
  /** Names of the columns to choose from, or numbers from 1 where there is no header; empty where the format has no choice. */
  readonly found: readonly string[];
  /** Null where the format has no choice. */
  readonly columns: PairColumns | null;
  /** Pairs by gold label, `none` for those without, in the order entailment, neutral, contradiction, none. */
  readonly gold: readonly { readonly label: string; readonly pairs: number }[];
  /** The choices in force. */
  readonly tokens: NonNullable<PairOptions['tokens']>;
  readonly words: number;
  readonly overlap: NonNullable<PairOptions['overlap']>;
  readonly lemmas: boolean;
  /** Where tags come from: the file, or wink-pos-tagger. */
  readonly tags: 'given' | 'tagger';
  /** Word vectors behind NEIGHBORS; null where there are none. */
  readonly vectors: {
    /** Name of the file, or of the embedded table. */
    readonly name: string;
    /** Words that have a vector and are searched for the nearest. */
    readonly words: number;
    /** Concepts with a vector, and word concepts in all. */
    readonly concepts: number;
    readonly of: number;
  } | null;
}
