/** A tokenizer.json of WordPiece with BERT's normalizer and template; lower case, accents taken off. */
export function wordPieceFile(words: readonly string[]): object {
  const vocab = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...words];
  const special = (id: string, type_id = 0) => ({ SpecialToken: { id, type_id } });
  const sequence = (id: string, type_id = 0) => ({ Sequence: { id, type_id } });
  const single = [special('[CLS]'), sequence('A'), special('[SEP]')];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: vocab.slice(0, 4).map((content, id) => ({ id, content, special: true, normalized: false })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, sequence('B', 1), special('[SEP]', 1)],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [vocab.indexOf(id)], tokens: [id] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: ids(vocab),
    },
  };
}

/** GPT-2's letters of all bytes, in the order of its own vocabulary. */
function byteLetters(): string[] {
  const plain = [
    [0x21, 0x7e],
    [0xa1, 0xac],
    [0xae, 0xff],
  ].flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
  return [...plain, ...Array.from({ length: 256 - plain.length }, (_, i) => 0x100 + i)].map((code) =>
    String.fromCharCode(code),
  );
}

/** A tokenizer.json of byte-level BPE as RoBERTa has it, with these merges. */
export function byteLevelFile(merges: readonly string[]): object {
  const vocab = ['<s>', '<pad>', '</s>', '<unk>', ...byteLetters(), ...merges.map((merge) => merge.replace(' ', ''))];
  return {
    version: '1.0',
    padding: { strategy: 'BatchLongest', pad_id: 1, pad_token: '<pad>' },
    added_tokens: vocab.slice(0, 4).map((content, id) => ({ id, content, special: true, normalized: false })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: {
      type: 'RobertaProcessing',
      sep: ['</s>', 2],
      cls: ['<s>', 0],
      trim_offsets: true,
      add_prefix_space: false,
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      vocab: ids(vocab),
      merges,
    },
  };
}

/** A tokenizer.json of Unigram with spaces as `▁`. */
export function unigramFile(pieces: readonly string[]): object {
  const vocab = ['<unk>', '<s>', '</s>', ...pieces].map((piece, id) => [piece, id < 3 ? 0 : -id - piece.length / 10]);
  return {
    version: '1.0',
    added_tokens: ['<unk>', '<s>', '</s>'].map((content, id) => ({ id, content, special: true, normalized: false })),
    normalizer: { type: 'NFKC' },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    post_processor: null,
    decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    model: { type: 'Unigram', unk_id: 0, vocab },
  };
}

function ids(vocab: readonly string[]): Record<string, number> {
  return Object.fromEntries(vocab.map((token, id) => [token, id]));
}
