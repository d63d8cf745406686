import type { InputRole, PairEncoding } from '../../engine/text/pair-encoding.ts';
import { ENTAILMENT_LABELS } from '../../engine/text/sentence-pair.ts';
import { classOutput } from '../class-head.ts';
import { namedClasses, numberedClasses } from '../class-names.ts';
import { GraphWalk } from '../graph-walk.ts';
import { layers } from '../layers.ts';
import type { ModelSummary } from '../model-summary.ts';
import { findLookup } from './embedding-table.ts';
import type { PairInput } from './pair-input.ts';
import type { TokenizerInfo } from './tokenizer.ts';

/** Tokens of a row where neither the model nor its table of positions says how many there may be. */
const USUAL_TOKENS = 128;
/** RoBERTa's table has two rows before its first position. */
const ROBERTA_ROWS = 514;

/**
 * The encoding to propose for a model: roles and order as found, its own number of tokens or that of its table of positions, and the names
 * of the classes from its metadata (`classes`: a JSON list, or `id2label`: a JSON object, as Hugging Face's models have it); without them,
 * the labels of natural language inference in SNLI's order, if it has three.
 */
export function suggestEncoding(
  summary: ModelSummary,
  input: PairInput,
  tokenizer: TokenizerInfo | null,
): PairEncoding {
  const roles = input.tensors.flatMap(({ name, role }): [string, InputRole][] => (role ? [[name, role]] : []));
  return {
    roles: Object.fromEntries(roles),
    order: input.order,
    tokenizer: tokenizer && { kind: tokenizer.kind, name: tokenizer.name, hash: tokenizer.hash },
    maxTokens: input.tokens ?? positions(summary, input) ?? USUAL_TOKENS,
    classes: classNames(summary, input),
  };
}

function classNames(summary: ModelSummary, input: PairInput): readonly string[] {
  const named = namedClasses(summary);
  if (named) return named;
  const all = layers(summary, input);
  const output = classOutput(summary, all);
  const count = all.find((layer) => layer.tensor === output)?.units ?? 0;
  if (count === ENTAILMENT_LABELS.length) return ENTAILMENT_LABELS;
  return numberedClasses(count);
}

/** Rows of the smallest table of positions: one that position ids are looked up in, or one named so. */
function positions(summary: ModelSummary, input: PairInput): number | undefined {
  const graph = new GraphWalk(summary);
  const fed = input.tensors
    .filter(({ role }) => role === 'pair-positions')
    .map(({ name }) => findLookup(graph, name)?.table.dims[0]);
  const named = [...summary.initializers.values()]
    .filter(
      ({ name, dims }) => /pos(ition)?[^/]*emb/i.test(name) && dims.length === 2 && graph.readers(name).length > 0,
    )
    .map(({ dims }) => dims[0]);
  const listed = [...summary.initializers.values()]
    .filter(
      ({ elemType, dims, name }) => elemType === 'int64' && dims.length === 2 && dims[0] === 1 && isCut(graph, name),
    )
    .map(({ dims }) => dims[1]);
  const rows = [...fed, ...named, ...listed].filter((count) => count !== undefined && count > 1) as number[];
  if (rows.length === 0) return undefined;
  const fewest = Math.min(...rows);
  return fewest === ROBERTA_ROWS ? fewest - 2 : fewest;
}

/** Whether a constant list of positions is cut to the number of tokens. */
function isCut(graph: GraphWalk, tensor: string): boolean {
  return graph.readers(tensor).some(({ node, position }) => node.op === 'Slice' && position === 0);
}
