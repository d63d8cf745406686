import type { Vocabulary } from './read-vocabulary.ts';

const NEEDED = ['[CLS]', '[SEP]', '[UNK]'];
const PREFIX = '##';

/**
 * What a tokenizer.json would say of a vocabulary of BERT's form (vocab.txt): pieces that go on a word are marked by `##`, and `[CLS]`,
 * `[SEP]` and `[UNK]` are among them. It is lower case if no piece has an upper case letter; accents are taken off then, as BERT's uncased
 * models have it.
 *
 * @returns undefined for other vocabularies
 */
export function wordPieceOf(vocabulary: Vocabulary): Readonly<Record<string, unknown>> | undefined {
  const words = [...vocabulary.keys()];
  if (!NEEDED.every((token) => vocabulary.has(token)) || !words.some((word) => word.startsWith(PREFIX)))
    return undefined;
  const marks = words.filter((word) => /^\[[A-Z]+\]$/.test(word));
  const lowercase = !words.some((word) => !marks.includes(word) && /\p{Lu}/u.test(word));
  const special = (id: string, type: number): unknown => ({ SpecialToken: { id, type_id: type } });
  const sequence = (id: string, type: number): unknown => ({ Sequence: { id, type_id: type } });
  const single = [special('[CLS]', 0), sequence('A', 0), special('[SEP]', 0)];
  return {
    added_tokens: marks.map((content) => ({ id: vocabulary.get(content), content, special: true, normalized: false })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, sequence('B', 1), special('[SEP]', 1)],
    },
    decoder: { type: 'WordPiece', prefix: PREFIX },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: PREFIX,
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary),
    },
  };
}
