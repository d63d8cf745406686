const WORD_TAGS =
  'CC CD DT EX FW IN JJ JJR JJS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB SYM';
const MARK_TAGS = "$ '' , -LRB- -RRB- . : HYPH";

/**
 * Tags that {@link loadTagger}'s tagger gives: those of the Penn Treebank, marks as OntoNotes and spaCy tag them. Left out are LS, which it
 * never gives, and the opening quotes, which it does not tell from closing ones.
 */
export const PENN_TAGS: readonly string[] = `${WORD_TAGS} ${MARK_TAGS}`.split(' ');

/** Tag and lemma of each word of a sentence. */
export interface TaggedWords {
  /** Of {@link PENN_TAGS}. */
  readonly tags: readonly string[];
  /** Lower case; the word itself, where it is no noun, verb, adjective or modal. */
  readonly lemmas: readonly string[];
}

/** Tags the words of one sentence. A noun or adjective with a capital is taken for a name, so a sentence's first word is better given without. */
export type Tagger = (words: readonly string[]) => TaggedWords;

/** What is used of wink-pos-tagger 2.2.2. */
interface WinkTagger {
  /** Lemmas only of nouns, verbs, adjectives, modals and contractions. */
  tagRawTokens(words: readonly string[]): { value: string; pos: string; lemma?: string }[];
}

const known = new Set(PENN_TAGS);
const markTags = new Set(MARK_TAGS.split(' '));

/** Tags of words without letters and digits, where the tagger gives none of {@link PENN_TAGS}. */
const marks: readonly (readonly [pattern: RegExp, tag: string])[] = [
  [/^[$£€¥฿₽﷼₴]$/u, '$'],
  [/^["'`´‘’‚“”„«»]+$/u, "''"],
  [/^(?:[–—~]|[-–—]{2,}|\.\.+|…+)$/u, ':'],
  [/^[.!?]+$/u, '.'],
  [/^-$/u, 'HYPH'],
  [/^%$/u, 'NN'],
  [/^&$/u, 'CC'],
];

/** Loads the tagger; its lexicon is large (3 MB), so it is not loaded before it is needed. */
export async function loadTagger(): Promise<Tagger> {
  // @ts-expect-error: the package brings no types.
  const { default: makeTagger } = (await import('wink-pos-tagger')) as { default: () => WinkTagger };
  const tagger = makeTagger();
  return (words) => {
    const plain = words.map((word) => word.replaceAll('’', "'"));
    const tagged = tagger.tagRawTokens(plain);
    return {
      tags: tagged.map(({ value, pos }) => pennTag(value, pos)),
      lemmas: tagged.map(({ value, lemma }) => (lemma ?? value).toLowerCase()),
    };
  };
}

function pennTag(word: string, tag: string): string {
  if (/[\p{L}\p{N}]/u.test(word)) return bracket(word) ?? (known.has(tag) ? tag : 'SYM');
  const mark = marks.find(([pattern]) => pattern.test(word));
  if (mark !== undefined) return mark[1];
  return markTags.has(tag) ? tag : 'SYM';
}

/** Brackets as treebanks write them: -LRB-, -RSB-. */
function bracket(word: string): string | undefined {
  const side = /^-([LR])[RSC]B-$/i.exec(word)?.[1];
  return side && `-${side.toUpperCase()}RB-`;
}
