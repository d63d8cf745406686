import type { PairOptions } from './pair-options.ts';
import type { SourcePair } from './pair-source.ts';

/** Share of marks that stand apart from the word before, from which on words count as given. */
const APART = 0.9;

/**
 * Whether the words of sentences are given or must be cut. Given, if the format says so of every sentence; else if of the full stops, commas,
 * question and exclamation marks that end a word or stand alone at least nine tenths have a space before them (`a dog .`, not `a dog.`).
 */
export function givenOrCut(pairs: readonly SourcePair[]): NonNullable<PairOptions['tokens']> {
  const sentences = pairs.flatMap(({ premise, hypothesis }) => [premise, hypothesis]);
  if (sentences.length > 0 && sentences.every(({ tokenised }) => tokenised)) return 'given';
  let apart = 0;
  let all = 0;
  for (const { text } of sentences) {
    for (const { index } of text.matchAll(/[.,?!](?=\s|$)/g)) {
      all += 1;
      if (index === 0 || text[index - 1] === ' ') apart += 1;
    }
  }
  return all > 0 && apart >= APART * all ? 'given' : 'cut';
}
