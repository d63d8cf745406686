import type { Concept } from '../../engine/concepts.ts';
import type { ActivationProvenance, FeedProvenance, ProbingProvenance } from '../../engine/results/layer-results.ts';
import type { ThresholdRule } from '../../engine/results/explanation.ts';

/** A layer of a model as it is asked for, or a file of activations: its provenance, less how a model happened to be run. */
export type LayerQuestion = DistributiveOmit<ActivationProvenance, 'provider' | 'providerNote' | 'runtimeVersion'>;

type DistributiveOmit<Type, Keys extends PropertyKey> = Type extends unknown ? Omit<Type, Keys> : never;

/** The rule masks come by, as far as it decides what is kept; given thresholds are given again at merging. */
export type ShardThreshold = Exclude<ThresholdRule, { kind: 'given' }> | { readonly kind: 'given' };

/** What all shards of one run have in common: everything that decides their parts, and what results tell of it. */
export interface ShardQuestion {
  /** See src/pipeline/versions.ts. */
  readonly versions: { readonly cells: number; readonly activations: number };
  readonly probing: ProbingProvenance;
  readonly categories: readonly string[];
  readonly concepts: readonly Concept[];
  /** For each concept the ids whose union NEIGHBORS of it is, where there are word vectors. */
  readonly neighbors: readonly (readonly number[])[] | null;
  readonly layer: LayerQuestion;
  readonly threshold: ShardThreshold;
}

const fields: Readonly<Record<string, (question: ShardQuestion) => unknown>> = {
  'version of the cells': ({ versions }) => versions.cells,
  'version of the activations': ({ versions }) => versions.activations,
  'probing set': ({ probing }) => probing.title,
  format: ({ probing }) => probing.format,
  samples: ({ probing }) => probing.sampleCount,
  grid: ({ probing }) => `${probing.grid.height} x ${probing.grid.width}`,
  categories: ({ categories }) => categories.join(', '),
  'contents of the probing set': ({ probing }) => probing.contentHash,
  concepts: ({ concepts }) => concepts,
  'word vectors': ({ neighbors }) => neighbors,
  notes: ({ probing }) => probing.notes,
  'kind of activations': ({ layer }) => layer.kind,
  file: ({ layer }) => layer.name,
  'contents of the file': ({ layer }) => layer.hash,
  layer: ({ layer }) => (layer.kind === 'model' ? layer.layer : ''),
  'input size': ({ layer }) => (layer.kind === 'model' ? inputSize(layer.feed) : ''),
  preprocessing: ({ layer }) => (layer.kind === 'model' ? prepared(layer.feed) : ''),
  threshold: ({ threshold }) => thresholdName(threshold),
};

const inputSize = (feed: FeedProvenance): string =>
  feed.kind === 'pictures' ? `${feed.height} x ${feed.width}` : `${feed.encoding.maxTokens} tokens`;

function prepared(feed: FeedProvenance): unknown {
  if (feed.kind === 'pictures') return feed.preprocessing;
  const { roles, order, tokenizer } = feed.encoding;
  return { roles, order, tokenizer: tokenizer?.hash };
}

/**
 * What differs between two questions, a phrase each: `layer (conv1, not conv2)`.
 *
 * @param theirs named first
 * @param ours named second
 */
export function questionDifferences(theirs: ShardQuestion, ours: ShardQuestion): readonly string[] {
  return Object.entries(fields).flatMap(([name, of]) => {
    const [their, our] = [of(theirs), of(ours)];
    if (JSON.stringify(their) === JSON.stringify(our)) return [];
    const short = [their, our].every((value) => typeof value === 'number' || (value && typeof value === 'string'));
    return [short ? `${name} (${String(their)}, not ${String(our)})` : name];
  });
}

function thresholdName(rule: ShardThreshold): string {
  if (rule.kind === 'quantile') return `quantile ${rule.quantile}`;
  return rule.kind === 'fixed' ? `above ${rule.above}` : 'one a unit';
}
