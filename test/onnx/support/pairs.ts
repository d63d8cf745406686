import type { Sentence, SentencePair } from '../../../src/engine/text/sentence-pair.ts';

/** A sentence cut into words at spaces. */
export function sentence(text: string): Sentence {
  const spans = [...text.matchAll(/\S+/g)].flatMap(({ index, 0: word }) => [index, index + word.length]);
  return { text, spans, tags: [] };
}

/** A pair of sentences cut at spaces. */
export function pair(premise: string, hypothesis: string): SentencePair {
  return { premise: sentence(premise), hypothesis: sentence(hypothesis), gold: null, given: null };
}

/** Words a few of which make sentences of different lengths in tests. */
export const WORDS = [
  'UNK',
  'PAD',
  'a',
  'man',
  'dog',
  'sleeps',
  'runs',
  'outside',
  'nobody',
  'is',
  'the',
  'in',
  'park',
];
