import type { PairEncoding } from '../../engine/text/pair-encoding.ts';
import { onnxFaults } from '../errors.ts';
import { GraphWalk } from '../graph-walk.ts';
import type { FileDim, ModelSummary, ValueInfo } from '../model-summary.ts';
import { describeValue } from '../picture-input.ts';
import { findLookup } from './embedding-table.ts';
import { inputRoles } from './input-roles.ts';
import type { PairInput, PairTensor } from './pair-input.ts';

const INTEGER = new Set(['int64', 'int32']);
const BATCH = /^(n|b|bs|.*batch.*|samples?|pairs?|rows)$/i;
const TOKENS = /seq|tok|len|time|word|steps/i;
const UNCHANGED = new Set(['Dropout', 'Identity', 'Cast', 'LayerNormalization', 'Relu', 'Tanh']);
const RECURRENT = new Set(['LSTM', 'GRU', 'RNN']);

/**
 * The inputs of a model that takes sentence pairs: what each takes (see {@link inputRoles}), the order of pairs and tokens, told by the
 * recurrent operator that reads the words, else by the names of the dimensions, and the rows of the tables that ids are looked up in.
 *
 * @returns undefined, if no input takes integers in two dimensions: then it takes no sentences
 * @throws Fault `onnx/pair-input-type`, if such a model has an input of a type that cannot be fed
 */
export function pairInput(summary: ModelSummary): PairInput | undefined {
  const { inputs } = summary;
  if (!inputs.some(takesIds)) return undefined;
  const graph = new GraphWalk(summary);
  const roles = inputRoles(inputs.map(({ name, dims }) => ({ name, rank: dims?.length })));
  const tensors = inputs.map((input, index): PairTensor => {
    const lookup = findLookup(graph, input.name);
    const role = roles[index] ?? null;
    return {
      name: input.name,
      elemType: elemTypeOf(input, summary.fileName),
      dims: input.dims ?? null,
      role,
      vocabulary: (role === null || role.endsWith('-ids')) && lookup ? (lookup.table.dims[0] ?? null) : null,
    };
  });
  const ids = tensors.filter((tensor) => tensor.role?.endsWith('-ids') ?? false);
  const tables = ids.length ? ids : tensors.filter((tensor) => tensor.dims?.length === 2);
  const order = tables.map((tensor) => orderByUse(graph, tensor.name)).find((found) => found !== undefined);
  const known = order ?? orderByNames(tables) ?? 'batch-first';
  const [batchAxis, tokenAxis] = known === 'batch-first' ? [0, 1] : [1, 0];
  return {
    tensors,
    order: known,
    batch: smallest(tensors.map(({ dims }) => fixed(dims?.length === 1 ? dims[0] : dims?.[batchAxis]))),
    tokens: smallest(tables.map(({ dims }) => fixed(dims?.[tokenAxis]))),
  };
}

function takesIds({ elemType, dims }: ValueInfo): boolean {
  return INTEGER.has(elemType) && (!dims || dims.length === 2);
}

function elemTypeOf(input: ValueInfo, fileName: string): PairTensor['elemType'] {
  if (input.elemType === 'int64' || input.elemType === 'int32' || input.elemType === 'float') return input.elemType;
  throw onnxFaults['pair-input-type'](fileName, describeValue(input), input.elemType);
}

/** Recurrent operators read [tokens, batch, units], unless their layout says otherwise. */
function orderByUse(graph: GraphWalk, ids: string): PairEncoding['order'] | undefined {
  const lookup = findLookup(graph, ids);
  let at = lookup?.rows;
  let turned = lookup?.turned ?? false;
  const seen = new Set<string>();
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const readers = graph.readers(at);
    const recurrent = readers.find(({ node, position }) => RECURRENT.has(node.op) && position === 0)?.node;
    if (recurrent) {
      const layout = recurrent.attributes.get('layout');
      const tokensFirst = !(layout?.kind === 'int' && layout.value === 1);
      return tokensFirst === turned ? 'batch-first' : 'tokens-first';
    }
    const next = readers.find(
      ({ node, position }) => position === 0 && (UNCHANGED.has(node.op) || node.op === 'Transpose'),
    );
    if (next?.node.op === 'Transpose') {
      const perm = next.node.attributes.get('perm');
      if (perm?.kind !== 'ints' || perm.value.join() !== '1,0,2') return undefined;
      turned = !turned;
    }
    at = next?.node.outputs[0];
  }
  return undefined;
}

function orderByNames(tables: readonly PairTensor[]): PairEncoding['order'] | undefined {
  for (const { dims } of tables) {
    if (dims?.length !== 2) continue;
    const [first, second] = dims;
    if (isNamed(first, BATCH) || (isNamed(second, TOKENS) && !isNamed(first, TOKENS))) return 'batch-first';
    if (isNamed(second, BATCH) || (isNamed(first, TOKENS) && !isNamed(second, TOKENS))) return 'tokens-first';
    if (second === 1 && first !== 1) return 'tokens-first';
  }
  return undefined;
}

function isNamed(dim: FileDim | undefined, pattern: RegExp): boolean {
  return typeof dim === 'string' && pattern.test(dim);
}

function fixed(dim: FileDim | undefined): number | null {
  return typeof dim === 'number' && dim > 0 ? dim : null;
}

function smallest(sizes: readonly (number | null)[]): number | null {
  const known = sizes.filter((size) => size !== null);
  return known.length ? Math.min(...known) : null;
}
