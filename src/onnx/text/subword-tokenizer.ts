import type { Tokenizer } from '@huggingface/tokenizers';
import type { Sentence } from '../../engine/text/sentence-pair.ts';
import { onnxFaults } from '../errors.ts';
import { alignWords, type TokenRun } from './align-words.ts';
import { findTemplate, type Template } from './pair-template.ts';
import { isObject } from './read-vocabulary.ts';
import { tokenTexts, type PieceMarks } from './token-text.ts';
import type { EncodedRow, PairTokenizer, TokenizerInfo } from './tokenizer.ts';

type Json = Readonly<Record<string, unknown>>;

const PADDING = ['[PAD]', '<pad>', 'PAD', '<|pad|>'];
const NO_WORD = -1;
/** Kinds of models that tokenizer.json may have. */
const KINDS = new Set(['WordPiece', 'BPE', 'Unigram', 'WordLevel']);
/** What the package wants to find, and files may leave out. */
const NO_PARTS = { decoder: null, post_processor: null, pre_tokenizer: null, normalizer: null, added_tokens: [] };

/** Tokens of a sentence without special ones. */
interface Pieces {
  readonly ids: readonly number[];
  readonly words: readonly number[];
}

/**
 * A tokenizer of Hugging Face's form (tokenizer.json): WordPiece, byte pairs, Unigram or whole words. The package `@huggingface/tokenizers`
 * cuts and looks up; here only the words of the tokens are found (see {@link alignWords}), and rows are cut to length before special tokens
 * are put around them.
 *
 * @param json the file's contents; has a `model`
 * @throws Fault `onnx/tokenizer-refused`, if the package cannot use it
 */
export async function subwordTokenizer(
  json: Json,
  reference: Pick<TokenizerInfo, 'kind' | 'name' | 'hash'>,
): Promise<PairTokenizer> {
  const parts = { ...NO_PARTS, ...json };
  const model = isObject(json['model']) ? json['model'] : {};
  const { type } = model;
  try {
    if (typeof type === 'string' && !KINDS.has(type)) throw new Error(`its model is of the unknown kind ${type}`);
    const { Tokenizer } = await import('@huggingface/tokenizers');
    // Its model of whole words takes the unknown word from the file that usually lies beside this one.
    const config = type === 'WordLevel' ? { unk_token: model['unk_token'] } : {};
    return new SubwordTokenizer(new Tokenizer(parts, config), parts, reference);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'no reason is given';
    throw onnxFaults['tokenizer-refused'](reference.name, reason.replace(/\.$/, ''));
  }
}

class SubwordTokenizer implements PairTokenizer {
  readonly info: TokenizerInfo;
  readonly padding: number;
  readonly #tokenizer: Tokenizer;
  readonly #marks: PieceMarks;
  readonly #single: Template;
  readonly #joint: Template;
  readonly #unknown: string | undefined;

  constructor(tokenizer: Tokenizer, json: Json, reference: Pick<TokenizerInfo, 'kind' | 'name' | 'hash'>) {
    this.#tokenizer = tokenizer;
    this.#marks = marksOf(json);
    this.#unknown = tokenizer.model?.unk_token;
    this.#single = findTemplate(tokenizer, false);
    this.#joint = findTemplate(tokenizer, true);
    const ids = idsOf(json);
    const joins = this.#joint.complete && this.#joint.parts.some((part) => part.kind === 'special');
    this.info = { ...reference, tokens: ids.size, largestId: largestOf(ids), joins };
    const padding = isObject(json['padding']) ? json['padding']['pad_id'] : undefined;
    const named = PADDING.map((token) => tokenizer.token_to_id(token)).find((id) => id !== undefined);
    this.padding = typeof padding === 'number' ? padding : (named ?? 0);
    // Fails here and not at the first sentence, if parts of the file are not what they should be.
    this.#pieces({ text: 'a word', spans: [0, 1, 2, 6], tags: [] }, 0);
  }

  sentence(sentence: Sentence, firstWord: number, maxTokens: number): EncodedRow {
    const room = Math.max(0, maxTokens - specials(this.#single));
    const row = fill(this.#single, cut(this.#pieces(sentence, firstWord), room), { ids: [], words: [] }, maxTokens);
    return row.ids.length > 0 ? row : { ids: [this.padding], words: [NO_WORD], types: [0] };
  }

  pair(premise: Sentence, hypothesis: Sentence, maxTokens: number): EncodedRow {
    if (!this.info.joins) throw new RangeError(`${this.info.name} cannot join two sentences into one row.`);
    const first = this.#pieces(premise, 0);
    const second = this.#pieces(hypothesis, premise.spans.length / 2);
    const room = Math.max(0, maxTokens - specials(this.#joint));
    const [one, other] = shares(first.ids.length, second.ids.length, room);
    return fill(this.#joint, cut(first, one), cut(second, other), maxTokens);
  }

  #pieces(sentence: Sentence, firstWord: number): Pieces {
    if (sentence.text === '') return { ids: [], words: [] };
    const { ids, tokens } = this.#tokenizer.encode(sentence.text, { add_special_tokens: false });
    const words = alignWords(sentence, this.#runs(sentence.text, tokens));
    // A model without a mark of the unknown gives no id there.
    const known = ids
      .map((id, index) => ({ id, word: words[index] ?? NO_WORD }))
      .filter(({ id }) => Number.isInteger(id));
    return {
      ids: known.map(({ id }) => id),
      words: known.map(({ word }) => (word === NO_WORD ? NO_WORD : word + firstWord)),
    };
  }

  /** The tokens by the stretches that the tokenizer's first steps cut; one run where a text has added tokens, which are cut out before. */
  #runs(text: string, tokens: readonly string[]): TokenRun[] {
    const { normalizer, pre_tokenizer: cutter, model } = this.#tokenizer;
    const normal = normalizer ? normalizer.normalize(text) : text;
    const stretches = cutter ? cutter.pre_tokenize(normal, { section_index: 0 }) : [normal];
    const runs = stretches.map((stretch) => ({ stretch, tokens: model ? model._call([stretch]) : [] }));
    const again = runs.flatMap((run) => run.tokens);
    const same = again.length === tokens.length && again.every((token, index) => token === tokens[index]);
    if (!same) return [{ text, tokens: this.#texts(tokens) }];
    const texts = this.#texts(tokens);
    let at = 0;
    return runs.map((run) => ({
      text: tokenTexts([run.stretch], { ...this.#marks, prefix: '', suffix: '' })[0] ?? '',
      tokens: texts.slice(at, (at += run.tokens.length)),
    }));
  }

  #texts(tokens: readonly string[]): (string | null)[] {
    const texts = tokenTexts(tokens, this.#marks);
    return tokens.map((token, index) => (token === this.#unknown ? null : (texts[index] ?? '')));
  }
}

function specials({ parts }: Template): number {
  return parts.filter((part) => part.kind === 'special').length;
}

/** How many tokens each sentence keeps: the longer one loses first, of equals the second. */
function shares(first: number, second: number, room: number): [number, number] {
  if (first + second <= room) return [first, second];
  const half = Math.floor(room / 2);
  if (first <= half) return [first, room - first];
  if (second <= half) return [room - second, second];
  return [room - half, half];
}

function cut({ ids, words }: Pieces, tokens: number): Pieces {
  return { ids: ids.slice(0, tokens), words: words.slice(0, tokens) };
}

function fill({ parts }: Template, first: Pieces, second: Pieces, maxTokens: number): EncodedRow {
  const tokens = parts.flatMap((part) => {
    if (part.kind === 'special') return [{ id: part.id, word: NO_WORD, type: part.type }];
    const { ids, words } = part.kind === 'first' ? first : second;
    return ids.map((id, index) => ({ id, word: words[index] ?? NO_WORD, type: part.type }));
  });
  const kept = tokens.slice(0, maxTokens);
  return { ids: kept.map(({ id }) => id), words: kept.map(({ word }) => word), types: kept.map(({ type }) => type) };
}

function marksOf(json: Json): PieceMarks {
  const model = isObject(json['model']) ? json['model'] : {};
  const text = (key: string): string => (typeof model[key] === 'string' ? model[key] : '');
  const kinds = [json['pre_tokenizer'], json['decoder']].flatMap(partKinds);
  return {
    prefix: text('continuing_subword_prefix'),
    suffix: text('end_of_word_suffix'),
    bytes: kinds.includes('ByteLevel'),
  };
}

/** The types of a part of the file, and of the parts in it where it is a sequence. */
function partKinds(part: unknown): unknown[] {
  if (!isObject(part)) return [];
  const inside = [part['pretokenizers'], part['decoders']].find((list) => Array.isArray(list));
  return [part['type'], ...(Array.isArray(inside) ? inside.flatMap(partKinds) : [])];
}

function idsOf(json: Json): Set<number> {
  const vocabulary = isObject(json['model']) ? json['model']['vocab'] : undefined;
  const ids = Array.isArray(vocabulary) ? vocabulary.map((_, id) => id) : Object.values(vocabulary ?? {});
  const added = Array.isArray(json['added_tokens']) ? json['added_tokens'] : [];
  const all = [...ids, ...added.map((token: unknown) => (isObject(token) ? token['id'] : undefined))];
  return new Set(all.filter((id): id is number => typeof id === 'number'));
}

function largestOf(ids: ReadonlySet<number>): number {
  let most = 0;
  for (const id of ids) most = Math.max(most, id);
  return most;
}
