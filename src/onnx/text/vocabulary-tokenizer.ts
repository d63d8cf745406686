import type { Sentence } from '../../engine/text/sentence-pair.ts';
import type { Vocabulary } from './read-vocabulary.ts';
import type { EncodedRow, PairTokenizer, TokenizerInfo } from './tokenizer.ts';

/** How vocabularies name the unknown word and padding; the first found counts. */
const UNKNOWN = ['UNK', '<unk>', '[UNK]', '<UNK>', '_UNK_', '@@UNKNOWN@@', '<oov>', 'OOV', 'unk'];
const PADDING = ['PAD', '<pad>', '[PAD]', '<PAD>', '_PAD_', '@@PADDING@@', 'pad'];
const NO_WORD = -1;

/**
 * A tokenizer that looks words up as the probing set has cut them, one token a word; no marks of beginning or end are added.
 *
 * If no entry but marks (such as `UNK` or `<s>`) has an upper case letter, words are looked up in lower case; otherwise as they are written,
 * then in lower case. Words that the vocabulary lacks get the id of its unknown word, or are left out where it has none. A
 * sentence of which nothing stays becomes one unknown word (or one padding) that belongs to no word, since models take no empty rows.
 */
export function vocabularyTokenizer(
  vocabulary: Vocabulary,
  reference: Pick<TokenizerInfo, 'name' | 'hash'>,
): PairTokenizer {
  const unknown = firstOf(vocabulary, UNKNOWN);
  const padding = firstOf(vocabulary, PADDING) ?? 0;
  const lowerCase = isLowerCase(vocabulary);
  const idOf = (written: string): number | undefined =>
    (lowerCase ? undefined : vocabulary.get(written)) ?? vocabulary.get(written.toLowerCase()) ?? unknown;
  return {
    info: { kind: 'vocabulary', ...reference, tokens: vocabulary.size, largestId: largest(vocabulary), joins: false },
    padding,
    sentence: ({ text, spans }: Sentence, firstWord, maxTokens): EncodedRow => {
      const ids: number[] = [];
      const words: number[] = [];
      for (let at = 0; at < spans.length && ids.length < maxTokens; at += 2) {
        const id = idOf(text.slice(spans[at], spans[at + 1]));
        if (id === undefined) continue;
        ids.push(id);
        words.push(firstWord + at / 2);
      }
      if (ids.length === 0) return { ids: [unknown ?? padding], words: [NO_WORD], types: [0] };
      return { ids, words, types: ids.map(() => 0) };
    },
    pair: () => {
      throw new RangeError('A vocabulary cannot join two sentences into one row.');
    },
  };
}

function firstOf(vocabulary: Vocabulary, names: readonly string[]): number | undefined {
  const name = names.find((candidate) => vocabulary.has(candidate));
  return name === undefined ? undefined : vocabulary.get(name);
}

function isLowerCase(vocabulary: Vocabulary): boolean {
  const marks = new Set([...UNKNOWN, ...PADDING]);
  for (const word of vocabulary.keys()) {
    if (/\p{Lu}/u.test(word) && !marks.has(word) && !/^[<[@_].*[>\]@_]$/.test(word)) return false;
  }
  return true;
}

function largest(vocabulary: Vocabulary): number {
  let id = 0;
  for (const one of vocabulary.values()) id = Math.max(id, one);
  return id;
}
