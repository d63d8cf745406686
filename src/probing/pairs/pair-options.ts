/** Columns of a table that hold sentence pairs: a name of the header, or where there is none a number from 1 as text. */
export interface PairColumns {
  readonly premise: string;
  readonly hypothesis: string;
  /** Null: no gold labels. */
  readonly gold: string | null;
  /** Labels that some model predicted; null: none. */
  readonly prediction: string | null;
}

/** What a person may choose about sentence pairs; what is left out takes the reader's choice. Plain data. */
export interface PairOptions {
  readonly columns?: PairColumns;
  /** `given`: words are separated by single spaces already. `cut`: by the tokenizer of docs/text.md. Unless given, found out from the text. */
  readonly tokens?: 'given' | 'cut';
  /** Most common words that become concepts, on each side; 2,000 unless given (reference). */
  readonly words?: number;
  /**
   * Overlap of the two sets of words. `paper` (unless given): shared words over words of either, above 0, 25, 50 and 75 %. `reference`: the
   * program's: its denominator leaves the shared words out, above 25, 50 and 75 %. Shares are those of unique words.
   */
  readonly overlap?: 'paper' | 'reference';
  /** Lemmas become concepts too; not unless asked for. */
  readonly lemmas?: boolean;
}
