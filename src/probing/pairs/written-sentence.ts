import { binaryLeavesOf, leavesOf, placeWords } from './parse-leaves.ts';
import type { SourcePair, SourceSentence } from './pair-source.ts';
import { loadTagger } from './tags.ts';
import { tokenize } from './tokenize.ts';

/** Share of a file's sentences that must be the leaves of their parses, for these to be used. */
const LEAST_FITTING = 0.9;

/** Pairs of one file, and what a person should know about their parses. */
interface Completed {
  readonly pairs: readonly SourcePair[];
  readonly notes: readonly string[];
}

/** Makes sentences of texts and their parses. */
export class WrittenSentences {
  readonly #tags = new Map<string, string>();
  #parses = 0;

  /**
   * A sentence as it was written. Where a parse is given and its leaves are the text but for white space, they are its words; those of a parse
   * with tags bring the tags too.
   *
   * @param parse a parse in Penn Treebank form, or undefined
   * @param binaryParse the same without tags, used where `parse` is missing
   */
  sentence(text: string, parse: string | undefined, binaryParse: string | undefined): SourceSentence {
    const trimmed = text.trim();
    const leaves = parse ? leavesOf(parse) : binaryParse ? binaryLeavesOf(binaryParse) : undefined;
    if (leaves === undefined || trimmed === '') return asWritten(trimmed);
    this.#parses += 1;
    const spans = placeWords(trimmed, leaves.words);
    if (spans === undefined) return asWritten(trimmed);
    const tags = leaves.tags.map((tag) => this.#kept(tag));
    return { text: trimmed, tokenised: true, spans, ...(tags.length > 0 && { tags }) };
  }

  /**
   * Makes all sentences of a file alike: where nearly all have words by their parses, the others are cut and tagged here; where fewer do, no parse
   * is used.
   */
  async complete(file: string, pairs: readonly SourcePair[]): Promise<Completed> {
    if (this.#parses === 0) return { pairs, notes: [] };
    const sentences = pairs.flatMap(({ premise, hypothesis }) => [premise, hypothesis]);
    const fitting = sentences.filter(({ tokenised }) => tokenised).length;
    if (fitting === sentences.length) return { pairs, notes: [] };
    const counts = `${(sentences.length - fitting).toLocaleString('en')} of ${sentences.length.toLocaleString('en')} sentences`;
    if (fitting < LEAST_FITTING * sentences.length) {
      const notes = [`${file}: the parses are not used, as they do not have the words of ${counts}.`];
      return { pairs: mapSentences(pairs, ({ text }) => asWritten(text)), notes };
    }
    const tagger = sentences.some(({ tags }) => tags !== undefined) ? await loadTagger() : undefined;
    const completed = mapSentences(pairs, (sentence) => {
      if (sentence.tokenised) return sentence;
      const { text } = sentence;
      const spans = tokenize(text);
      const words = Array.from({ length: spans.length / 2 }, (_, at) => text.slice(spans[2 * at], spans[2 * at + 1]));
      return { text, tokenised: true, spans, ...(tagger !== undefined && { tags: tagger(words).tags }) };
    });
    const notes = [
      `${file}: the parses do not have the words of ${counts}; these are cut${tagger === undefined ? '' : ' and tagged'} here.`,
    ];
    return { pairs: completed, notes };
  }

  /** One string for all words with the same tag, however many there are. */
  #kept(tag: string): string {
    const known = this.#tags.get(tag);
    if (known !== undefined) return known;
    this.#tags.set(tag, tag);
    return tag;
  }
}

function asWritten(text: string): SourceSentence {
  return { text, tokenised: false };
}

function mapSentences(
  pairs: readonly SourcePair[],
  change: (sentence: SourceSentence) => SourceSentence,
): SourcePair[] {
  return pairs.map((pair) => ({ ...pair, premise: change(pair.premise), hypothesis: change(pair.hypothesis) }));
}
