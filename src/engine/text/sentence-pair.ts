/** One of the two sentences of a pair. */
export type Side = 'premise' | 'hypothesis';

/** A sentence as a probing set has cut it into words. Plain data. */
export interface Sentence {
  /** As the file has it. Plain text, never markup. */
  readonly text: string;
  /** Where each word lies in `text`: start and end (exclusive) of the first, of the second, ... in UTF-16 units; ascending. */
  readonly spans: readonly number[];
  /** Penn Treebank tag of each word; empty where words have none. */
  readonly tags: readonly string[];
  /** Lemma of each word, lower case; absent where lemmas are not asked for. */
  readonly lemmas?: readonly string[];
}

/** A sample of two sentences: does the hypothesis follow from the premise? Plain data. */
export interface SentencePair {
  readonly premise: Sentence;
  readonly hypothesis: Sentence;
  /** The annotators' label, one of {@link ENTAILMENT_LABELS}; null where they did not agree (`-`, UNK) or nothing is given. */
  readonly gold: string | null;
  /** Label that the file says some model predicted, in the file's words; null where it says none. */
  readonly given: string | null;
}

/** Labels of natural language inference, in the order in which SNLI's authors number them. */
export const ENTAILMENT_LABELS = ['entailment', 'neutral', 'contradiction'] as const;

/** The words of a sentence as concepts name them: lower case. */
export function wordsOf({ text, spans }: Pick<Sentence, 'text' | 'spans'>): string[] {
  const words: string[] = [];
  for (let at = 0; at < spans.length; at += 2) words.push(text.slice(spans[at], spans[at + 1]).toLowerCase());
  return words;
}
