import type { Sentence } from '../../engine/text/sentence-pair.ts';
import type { PairOptions } from './pair-options.ts';
import type { SourcePair, SourceSentence } from './pair-source.ts';
import type { TaggedWords, Tagger } from './tags.ts';
import { splitAtSpaces, tokenize } from './tokenize.ts';

/** Marks of vocabularies that are no words; the only ones whose case counts. */
const NO_WORDS = new Set(['UNK', 'PAD', '<unk>', '<pad>']);

/** How sentences are cut and tagged. */
export interface StoreOptions {
  readonly tokens: NonNullable<PairOptions['tokens']>;
  /** Tags words; undefined where every sentence brings its tags. */
  readonly tagger: Tagger | undefined;
}

/**
 * The sentences of all pairs, each kept once however often it occurs, as numbers of words. Tags and lemmas come when they are first asked for.
 */
export class SentenceStore {
  /** All words, lower case, in order of first occurrence: pair by pair, premise first. */
  readonly words: string[] = [];
  /** Sentence of each pair's premise and hypothesis, by turns. */
  readonly sentenceOf: Uint32Array;
  readonly #options: StoreOptions;
  readonly #sources: SourceSentence[] = [];
  readonly #wordIds: Uint32Array[] = [];
  readonly #tagged: (TaggedWords | undefined)[] = [];
  readonly #wordId = new Map<string, number>();
  /** By word: does it occur without a capital? */
  readonly #isCommon: boolean[] = [];

  constructor(pairs: readonly SourcePair[], options: StoreOptions) {
    this.#options = options;
    this.sentenceOf = new Uint32Array(2 * pairs.length);
    const known = new Map<string, number>();
    for (const [at, pair] of pairs.entries()) {
      this.sentenceOf[2 * at] = this.#add(pair.premise, known);
      this.sentenceOf[2 * at + 1] = this.#add(pair.hypothesis, known);
    }
  }

  get sentenceCount(): number {
    return this.#sources.length;
  }

  /** Numbers of a sentence's words, as `words` has them. */
  wordIds(sentence: number): Uint32Array {
    return this.#wordIds[sentence];
  }

  /** Tags and lemmas of a sentence, as given or from the tagger. */
  tagged(sentence: number): TaggedWords {
    return (this.#tagged[sentence] ??= this.#tag(sentence));
  }

  /** A sentence as pages and models take it. */
  sentence(sentence: number, lemmas: boolean): Sentence {
    const source = this.#sources[sentence];
    const tagged = this.tagged(sentence);
    return { text: source.text, spans: this.#cut(source), tags: tagged.tags, ...(lemmas && { lemmas: tagged.lemmas }) };
  }

  #add(source: SourceSentence, known: Map<string, number>): number {
    const { text, spans, tags, lemmas } = source;
    const key = spans === undefined && tags === undefined ? text : JSON.stringify([text, spans, tags, lemmas]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const sentence = this.#sources.length;
    known.set(key, sentence);
    this.#sources.push(source);
    this.#wordIds.push(Uint32Array.from(this.#written(source), (word) => this.#intern(word)));
    return sentence;
  }

  #intern(written: string): number {
    const word = NO_WORDS.has(written) ? written : written.toLowerCase();
    let id = this.#wordId.get(word);
    if (id === undefined) {
      id = this.words.length;
      this.words.push(word);
      this.#isCommon.push(false);
      this.#wordId.set(word, id);
    }
    if (written === word) this.#isCommon[id] = true;
    return id;
  }

  #cut({ text, spans }: SourceSentence): readonly number[] {
    return this.#options.tokens === 'cut' ? tokenize(text) : (spans ?? splitAtSpaces(text));
  }

  #written(source: SourceSentence): string[] {
    const spans = this.#cut(source);
    return Array.from({ length: spans.length / 2 }, (_, word) =>
      source.text.slice(spans[2 * word], spans[2 * word + 1]),
    );
  }

  #tag(sentence: number): TaggedWords {
    const source = this.#sources[sentence];
    const { tags, lemmas } = source;
    const ids = this.#wordIds[sentence];
    const { tagger } = this.#options;
    if (tagger === undefined) {
      const words = Array.from(ids, (id) => this.words[id]);
      return { tags: tags ?? [], lemmas: lemmas?.map((lemma) => lemma.toLowerCase()) ?? words };
    }
    const written = this.#written(source);
    if (ids.length > 0 && this.#isCommonWord(ids[0], tagger)) written[0] = this.words[ids[0]];
    const found = tagger(written);
    return lemmas?.length === ids.length ? { ...found, lemmas: lemmas.map((lemma) => lemma.toLowerCase()) } : found;
  }

  /** Whether a word at a sentence's start is no name: it occurs without a capital too, or without one is no noun in the singular. */
  #isCommonWord(word: number, tagger: Tagger): boolean {
    return this.#isCommon[word] || !/^NNP?$/.test(tagger([this.words[word]]).tags[0]);
  }
}
