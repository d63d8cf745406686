/**
 * What an input of a model of sentence pairs takes: token ids, masks (1 at tokens, 0 at padding) or lengths of one sentence, or of both
 * sentences in one row (`pair`), where token types tell first and second sentence apart and positions count from 0.
 */
export type InputRole = (typeof INPUT_ROLES)[number];

/** All roles, in the order in which a page offers them. */
export const INPUT_ROLES = [
  'premise-ids',
  'premise-mask',
  'premise-lengths',
  'hypothesis-ids',
  'hypothesis-mask',
  'hypothesis-lengths',
  'pair-ids',
  'pair-mask',
  'pair-types',
  'pair-positions',
  'pair-lengths',
] as const;

/** A tokenizer's or vocabulary's file, as results keep it. */
export interface TokenizerReference {
  /** `vocabulary`: a list of words with their numbers. `tokenizer`: a tokenizer.json of Hugging Face's form. */
  readonly kind: 'vocabulary' | 'tokenizer';
  /** Name of the file; the model's own where its metadata hold the vocabulary. */
  readonly name: string;
  /** Hex SHA-256 of its contents. */
  readonly hash: string;
}

/** How sentence pairs become a model's input. Plain data: results keep it, and activations depend on all of it but the classes. */
export interface PairEncoding {
  /** What each input takes, by the input's name. */
  readonly roles: Readonly<Record<string, InputRole>>;
  /** Axes of ids and masks: `batch-first` [pairs, tokens], `tokens-first` [tokens, pairs]. */
  readonly order: 'batch-first' | 'tokens-first';
  /** Null where none is known yet: one must be dropped. */
  readonly tokenizer: TokenizerReference | null;
  /** Tokens in a row at most, special tokens counted; what is longer is cut at the end, the longer sentence of a pair first. */
  readonly maxTokens: number;
  /** Names of the classes in the order of the model's output; shown and compared with gold labels. */
  readonly classes: readonly string[];
}
