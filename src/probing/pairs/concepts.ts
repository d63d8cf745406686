import type { Concept } from '../../engine/concepts.ts';
import type { ConceptId } from '../../engine/ids.ts';
import { OVERLAPS } from './overlap.ts';
import type { PairOptions } from './pair-options.ts';
import type { SentenceStore } from './sentence-store.ts';

/** Words that become no concepts, as in the reference (nli/code/analyze.py, SKIP). */
const LEFT_OUT: ReadonlySet<string> = new Set(['a', 'an', 'the', 'of', '.', ',', 'UNK', 'PAD', '<unk>', '<pad>']);

/** Which concepts are made of sentence pairs. */
export interface ConceptChoice {
  /** Most words, and most lemmas, on each side. */
  readonly words: number;
  readonly overlap: NonNullable<PairOptions['overlap']>;
  readonly lemmas: boolean;
  /** All tags that words can have. */
  readonly tags: readonly string[];
  /** Names of the categories to keep; undefined keeps all. */
  readonly categories: readonly string[] | undefined;
}

/** The concepts of a probing set of pairs, and how to look them up. */
export interface PairConcepts {
  readonly concepts: readonly Concept[];
  /** All categories with how many concepts they have, probed or not, in the order of the concepts. */
  readonly categories: readonly { readonly name: string; readonly concepts: number; readonly probed: boolean }[];
  /** Of the premise, then of the hypothesis. */
  readonly sides: readonly [SideConcepts, SideConcepts];
  /** Concepts of overlap by rising threshold; empty where they are not probed. */
  readonly overlap: readonly ConceptId[];
}

/** The concepts of one side. */
export interface SideConcepts {
  /** By number of a word: its concept, or -1. */
  readonly ofWord: Int32Array;
  readonly ofTag: ReadonlyMap<string, ConceptId>;
  readonly ofLemma: ReadonlyMap<string, ConceptId>;
}

interface Entry {
  readonly name: string;
  readonly category: string;
}

/**
 * The concepts of pairs in the reference's order: words and tags (and lemmas) of the premise, the same of the hypothesis, overlap. The words
 * are the most common of both sides together, as the reference counts them, so that both sides have the same; ties go to the word that
 * comes first.
 */
export function pairConcepts(store: SentenceStore, choice: ConceptChoice): PairConcepts {
  const words = mostCommon(wordCounts(store), choice.words);
  const lemmas = choice.lemmas ? mostCommon(lemmaCounts(store), choice.words) : [];
  const ofSide = (side: string): Entry[] => [
    ...words.map((word) => ({ name: `${side}:${word}`, category: `${side}:tok` })),
    ...choice.tags.map((tag) => ({ name: `${side}:tag:${tag}`, category: `${side}:tag` })),
    ...lemmas.map((lemma) => ({ name: `${side}:lemma:${lemma}`, category: `${side}:lemma` })),
  ];
  const overlap = OVERLAPS[choice.overlap].names.map((name) => ({ name, category: 'overlap' }));
  const all: readonly Entry[] = [...ofSide('pre'), ...ofSide('hyp'), ...overlap];

  const isProbed = (category: string): boolean => choice.categories?.includes(category) ?? true;
  const concepts = all
    .map((entry, number) => ({ ...entry, number }))
    .filter(({ category }) => isProbed(category))
    .map((entry, id): Concept => ({ ...entry, id: id as ConceptId }));
  const counts = new Map<string, number>();
  for (const { category } of all) counts.set(category, (counts.get(category) ?? 0) + 1);

  const idOf = new Map(concepts.map(({ name, category, id }) => [`${category} ${name}`, id]));
  const lookUp = (names: readonly string[], side: string, kind: string): Map<string, ConceptId> => {
    const ids = new Map<string, ConceptId>();
    for (const name of names) {
      const id = idOf.get(`${side}:${kind} ${side}:${kind === 'tok' ? '' : `${kind}:`}${name}`);
      if (id !== undefined) ids.set(name, id);
    }
    return ids;
  };
  const side = (name: string): SideConcepts => {
    const tokens = lookUp(words, name, 'tok');
    return {
      ofWord: Int32Array.from(store.words, (word) => tokens.get(word) ?? -1),
      ofTag: lookUp(choice.tags, name, 'tag'),
      ofLemma: lookUp(lemmas, name, 'lemma'),
    };
  };
  return {
    concepts,
    categories: Array.from(counts, ([name, count]) => ({ name, concepts: count, probed: isProbed(name) })),
    sides: [side('pre'), side('hyp')],
    overlap: concepts.filter(({ category }) => category === 'overlap').map(({ id }) => id),
  };
}

/** How often each word occurs in all sentences of all pairs, in order of first occurrence. */
function wordCounts(store: SentenceStore): Map<string, number> {
  const counts = new Float64Array(store.words.length);
  const uses = sentenceUses(store);
  for (const [sentence, times] of uses.entries()) {
    for (const word of store.wordIds(sentence)) counts[word] += times;
  }
  return new Map(store.words.map((word, at) => [word, counts[at]]));
}

function lemmaCounts(store: SentenceStore): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [sentence, times] of sentenceUses(store).entries()) {
    for (const lemma of store.tagged(sentence).lemmas) counts.set(lemma, (counts.get(lemma) ?? 0) + times);
  }
  return counts;
}

/** By sentence: in how many pairs it stands, twice where it is both premise and hypothesis. */
function sentenceUses(store: SentenceStore): Uint32Array {
  const uses = new Uint32Array(store.sentenceCount);
  for (const sentence of store.sentenceOf) uses[sentence] += 1;
  return uses;
}

function mostCommon(counts: ReadonlyMap<string, number>, most: number): string[] {
  return Array.from(counts)
    .filter(([word]) => !LEFT_OUT.has(word))
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([word]) => word);
}
