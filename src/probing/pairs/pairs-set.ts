import type { SampleLabels } from '../../engine/concepts.ts';
import type { ConceptId } from '../../engine/ids.ts';
import { probingFaults } from '../errors.ts';
import { sha256 } from '../hash.ts';
import type { ProbingOptions, ProbingTools } from '../probing-options.ts';
import type { ProbingSet } from '../probing-set.ts';
import { pairConcepts, type PairConcepts, type SideConcepts } from './concepts.ts';
import { givenOrCut } from './given-or-cut.ts';
import { OVERLAPS } from './overlap.ts';
import type { PairSource } from './pair-source.ts';
import type { PairSurvey } from './pair-survey.ts';
import { SentenceStore } from './sentence-store.ts';
import { loadTagger, PENN_TAGS } from './tags.ts';
import { pairVectors } from './vectors.ts';

const MOST_WORDS = 2000;
const MOST_CONCEPTS = 65_534;

/** Changes when the same sentences would give other words, tags or concepts. */
const VERSION = 'pairs 1';

/**
 * Makes a probing set of sentence pairs: words, tags and overlap become concepts (docs/text.md), one position a sample.
 *
 * Words are cut and counted at once; tags and lemmas of a sentence come when they are first asked for, unless lemmas are concepts, which must be
 * counted. So that concepts are known all the same, every tag that the tagger can give is one; where the file brings tags, those found.
 *
 * The content hash covers what `source.digests` names, the options in force, and the word vectors (size and stamp of a file, the bytes of the
 * embedded table).
 *
 * @throws Fault, if no concepts are left, if there are too many, or if the word vectors cannot be read
 */
export async function pairsSet(
  source: PairSource,
  options: ProbingOptions,
  tools: ProbingTools | undefined,
): Promise<ProbingSet> {
  const { pairs } = source;
  const { words = MOST_WORDS, overlap = 'paper', lemmas = false } = options.pairs ?? {};
  const tokens = options.pairs?.tokens ?? givenOrCut(pairs);
  const hasTags =
    tokens === 'given' &&
    pairs.every(({ premise, hypothesis }) => premise.tags !== undefined && hypothesis.tags !== undefined);
  const store = new SentenceStore(pairs, { tokens, tagger: hasTags ? undefined : await loadTagger() });
  const found = pairConcepts(store, {
    words,
    overlap,
    lemmas,
    tags: hasTags ? tagsOf(store) : PENN_TAGS,
    categories: options.categories,
  });
  checkConcepts(found, source.title, options.categories);
  const vectors = await pairVectors(source.vectors, store.words, tools?.wordTable?.bind(tools));
  const pairSurvey: Omit<PairSurvey, 'vectors'> = {
    found: source.found,
    columns: source.columns,
    gold: goldCounts(source),
    tokens,
    words,
    overlap,
    lemmas,
    tags: hasTags ? 'given' : 'tagger',
  };
  const splits = source.splits ?? [];
  return {
    format: 'pairs',
    title: source.title,
    concepts: found.concepts,
    categories: found.categories.filter(({ probed }) => probed).map(({ name }) => name),
    sampleCount: pairs.length,
    grid: { height: 1, width: 1 },
    contentHash: await sha256(
      [
        VERSION,
        ...source.digests,
        JSON.stringify([tokens, words, overlap, lemmas, hasTags]),
        ...(options.categories === undefined ? [] : [`categories ${options.categories.join(',')}`]),
        ...(vectors === undefined ? [] : [vectors.digest]),
      ].join('\n'),
    ),
    survey: {
      layout: source.layout,
      categories: found.categories.map((category) => ({ ...category, samples: null })),
      splits,
      colors: 'none',
      pairs: { ...pairSurvey, vectors: vectors === undefined ? null : vectorSurvey(vectors, found) },
    },
    ...(vectors !== undefined && vectors.vectors.words.length > 0 && { vectors: vectors.vectors }),
    notes: source.notes,
    sampleName: (sample) => pairs[sample].name,
    labels: async (sample) => pairLabels(store, found, overlap, sample),
    picture: async () => undefined,
    pair: (sample) => ({
      premise: store.sentence(store.sentenceOf[2 * sample], lemmas),
      hypothesis: store.sentence(store.sentenceOf[2 * sample + 1], lemmas),
      gold: pairs[sample].gold,
      given: pairs[sample].given,
    }),
  };
}

/** The tags that occur, in the order of their codes. */
function tagsOf(store: SentenceStore): string[] {
  const tags = new Set<string>();
  for (let sentence = 0; sentence < store.sentenceCount; sentence += 1) {
    for (const tag of store.tagged(sentence).tags) tags.add(tag);
  }
  return Array.from(tags).sort();
}

function checkConcepts(
  { concepts, categories }: PairConcepts,
  title: string,
  wanted: readonly string[] | undefined,
): void {
  if (concepts.length === 0) {
    const known = categories.map(({ name }) => name).join(', ');
    throw probingFaults['no-chosen-categories']((wanted ?? []).join(', '), title, known);
  }
  if (concepts.length > MOST_CONCEPTS) throw probingFaults['too-many-concepts'](title, concepts.length, MOST_CONCEPTS);
}

function goldCounts({ pairs }: PairSource): PairSurvey['gold'] {
  const counts = new Map(['entailment', 'neutral', 'contradiction', 'none'].map((label) => [label, 0]));
  for (const { gold } of pairs) counts.set(gold ?? 'none', (counts.get(gold ?? 'none') ?? 0) + 1);
  return Array.from(counts, ([label, count]) => ({ label, pairs: count }));
}

function vectorSurvey(
  { vectors, name }: NonNullable<Awaited<ReturnType<typeof pairVectors>>>,
  { concepts }: PairConcepts,
): PairSurvey['vectors'] {
  const known = new Set(vectors.words);
  const words = concepts.filter(({ category }) => category.endsWith(':tok'));
  return {
    name,
    words: vectors.words.length,
    concepts: words.filter((concept) => known.has(concept.name.slice(concept.name.indexOf(':') + 1))).length,
    of: words.length,
  };
}

function pairLabels(
  store: SentenceStore,
  { sides, overlap }: PairConcepts,
  measure: keyof typeof OVERLAPS,
  sample: number,
): SampleLabels {
  const ids = new Set<number>();
  const sentences = [store.sentenceOf[2 * sample], store.sentenceOf[2 * sample + 1]];
  for (const [side, sentence] of sentences.entries()) addSentence(store, sides[side], sentence, ids);
  if (overlap.length > 0) {
    const premise = new Set(store.wordIds(sentences[0]));
    const hypothesis = new Set(store.wordIds(sentences[1]));
    const shared = Array.from(hypothesis).filter((word) => premise.has(word)).length;
    const level = OVERLAPS[measure].level(shared, premise.size + hypothesis.size - shared);
    for (const id of overlap.slice(0, level)) ids.add(id);
  }
  return { planes: [], everywhere: Array.from(ids).sort((a, b) => a - b) as ConceptId[] };
}

function addSentence(store: SentenceStore, side: SideConcepts, sentence: number, ids: Set<number>): void {
  for (const word of store.wordIds(sentence)) if (side.ofWord[word] >= 0) ids.add(side.ofWord[word]);
  if (side.ofTag.size === 0 && side.ofLemma.size === 0) return;
  const { tags, lemmas } = store.tagged(sentence);
  for (const id of found(side.ofTag, tags)) ids.add(id);
  for (const id of found(side.ofLemma, lemmas)) ids.add(id);
}

function found(ids: ReadonlyMap<string, ConceptId>, names: readonly string[]): ConceptId[] {
  return names.map((name) => ids.get(name)).filter((id) => id !== undefined);
}
