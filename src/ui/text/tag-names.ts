/** The Penn Treebank's part-of-speech tags in words that follow "has" (Santorini, 1990). */
const names: Readonly<Record<string, string>> = {
  CC: 'a coordinating conjunction',
  CD: 'a number',
  DT: 'a determiner',
  EX: 'an existential “there”',
  FW: 'a foreign word',
  IN: 'a preposition',
  JJ: 'an adjective',
  JJR: 'a comparative adjective',
  JJS: 'a superlative adjective',
  LS: 'a list mark',
  MD: 'a modal verb',
  NN: 'a singular noun',
  NNS: 'a plural noun',
  NNP: 'a proper noun',
  NNPS: 'a plural proper noun',
  PDT: 'a predeterminer',
  POS: 'a possessive ending',
  PRP: 'a personal pronoun',
  PRP$: 'a possessive pronoun',
  RB: 'an adverb',
  RBR: 'a comparative adverb',
  RBS: 'a superlative adverb',
  RP: 'a particle',
  SYM: 'a symbol',
  TO: 'the word “to”',
  UH: 'an interjection',
  VB: 'a verb in its base form',
  VBD: 'a verb in the past tense',
  VBG: 'a verb ending in -ing',
  VBN: 'a past participle',
  VBP: 'a verb in the present tense',
  VBZ: 'a verb in the third person',
  WDT: 'a question determiner',
  WP: 'a question pronoun',
  WP$: 'a possessive question word',
  WRB: 'a question adverb',
};

/** A tag in words, with the tag itself: `a plural noun (NNS)`. */
export function tagName(tag: string): string {
  return Object.hasOwn(names, tag) ? `${names[tag]} (${tag})` : `the tag ${tag}`;
}
