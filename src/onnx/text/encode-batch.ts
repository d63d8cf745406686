import type { InputRole, PairEncoding } from '../../engine/text/pair-encoding.ts';
import type { SentencePair } from '../../engine/text/sentence-pair.ts';
import type { InputTensor } from '../input-tensor.ts';
import { isJoint, roleOf } from './check-encoding.ts';
import type { PairInput, PairTensor } from './pair-input.ts';
import type { EncodedRow, PairTokenizer } from './tokenizer.ts';

/** What the axis of a tensor counts, by its size. */
export interface BatchAxes {
  readonly rows: number;
  /** Tokens of a row of the premise, of the hypothesis, or of both joined, padding included; null where the model takes no such rows. */
  readonly premise: number | null;
  readonly hypothesis: number | null;
  readonly pair: number | null;
}

/** Sentence pairs as a model takes them. */
export interface EncodedBatch {
  /** By the names of the model's inputs. */
  readonly tensors: Readonly<Record<string, InputTensor>>;
  readonly axes: BatchAxes;
  /** The tokens of each pair, in the order of the pairs, without padding; rows that only fill the batch up are left out. */
  readonly rowsOf: {
    readonly premise?: readonly EncodedRow[];
    readonly hypothesis?: readonly EncodedRow[];
    readonly pair?: readonly EncodedRow[];
  };
}

type Place = 'premise' | 'hypothesis' | 'pair';
const PLACES: readonly Place[] = ['premise', 'hypothesis', 'pair'];

/**
 * Encodes pairs as one batch.
 *
 * Rows are padded at the end to the longest, or to what the model fixes. Where the model leaves sizes open, those of the axes are made
 * different, so that what an axis of any tensor counts is told by its size: by a token or two of padding (never beyond `maxTokens`), or
 * else by repeating the last pair. A model that fixes its batch gets the last pair again and again. Only where a model takes no padding
 * ({@link mustRunSingly}), or a size is at its limit, may the sizes of premise and hypothesis be equal.
 *
 * @param encoding one without problems (see check-encoding.ts)
 * @throws RangeError, if there are no pairs, more than the model takes, or rows of several lengths for a model that takes no padding
 */
export function encodeBatch(
  pairs: readonly SentencePair[],
  input: PairInput,
  encoding: PairEncoding,
  tokenizer: PairTokenizer,
): EncodedBatch {
  if (pairs.length === 0) throw new RangeError('A batch needs a pair at least.');
  if (input.batch !== null && pairs.length > input.batch) {
    throw new RangeError(`The model takes ${input.batch} pairs at once, not ${pairs.length}.`);
  }
  const rowsOf = encodeRows(pairs, input, encoding, tokenizer);
  const axes = sizes(pairs.length, rowsOf, input, encoding);
  const tensors = input.tensors.flatMap((tensor): [string, InputTensor][] => {
    const role = roleOf(encoding.roles, tensor.name);
    return role ? [[tensor.name, fill(tensor, role, rowsOf, axes, encoding.order, tokenizer.padding)]] : [];
  });
  return { tensors: Object.fromEntries(tensors), axes, rowsOf };
}

/**
 * Whether padding would change the result, so that each pair has to run by itself: the model leaves the number of tokens open, and takes
 * neither masks nor lengths of all its rows.
 */
export function mustRunSingly(input: PairInput, encoding: PairEncoding): boolean {
  if (input.tokens !== null) return false;
  const roles = new Set(input.tensors.map(({ name }) => roleOf(encoding.roles, name)));
  return placesOf(encoding).some((place) => !roles.has(`${place}-mask`) && !roles.has(`${place}-lengths`));
}

function placesOf(encoding: PairEncoding): readonly Place[] {
  return isJoint(encoding) ? ['pair'] : ['premise', 'hypothesis'];
}

function encodeRows(
  pairs: readonly SentencePair[],
  input: PairInput,
  encoding: PairEncoding,
  tokenizer: PairTokenizer,
): EncodedBatch['rowsOf'] {
  const most = (place: Place): number => Math.min(encoding.maxTokens, fixedTokens(input, encoding, place) ?? Infinity);
  if (isJoint(encoding)) {
    return { pair: pairs.map(({ premise, hypothesis }) => tokenizer.pair(premise, hypothesis, most('pair'))) };
  }
  return {
    premise: pairs.map(({ premise }) => tokenizer.sentence(premise, 0, most('premise'))),
    hypothesis: pairs.map(({ premise, hypothesis }) =>
      tokenizer.sentence(hypothesis, premise.spans.length / 2, most('hypothesis')),
    ),
  };
}

/** Tokens that the model fixes for the rows of a place. */
function fixedTokens(input: PairInput, { roles, order }: PairEncoding, place: Place): number | null {
  const found = input.tensors
    .filter(({ name, dims }) => roleOf(roles, name)?.startsWith(`${place}-`) && dims?.length === 2)
    .map(({ dims }) => dims?.[order === 'batch-first' ? 1 : 0])
    .find((dim) => typeof dim === 'number' && dim > 0);
  return typeof found === 'number' ? found : null;
}

function sizes(pairs: number, rowsOf: EncodedBatch['rowsOf'], input: PairInput, encoding: PairEncoding): BatchAxes {
  const padded = !mustRunSingly(input, encoding);
  const taken: number[] = [];
  const tokens: Record<Place, number | null> = { premise: null, hypothesis: null, pair: null };
  const open: Place[] = [];
  for (const place of PLACES) {
    const rows = rowsOf[place];
    if (!rows) continue;
    const longest = rows.reduce((most, { ids }) => Math.max(most, ids.length), 1);
    const fixed = fixedTokens(input, encoding, place);
    if (!padded && fixed === null && rows.some(({ ids }) => ids.length !== longest)) {
      throw new RangeError('The model takes no padding, so pairs of different lengths cannot run together.');
    }
    tokens[place] = fixed ?? longest;
    if (fixed === null && padded) open.push(place);
    else taken.push(tokens[place]);
  }
  const asked = input.batch ?? pairs;
  for (const place of open) {
    let size = tokens[place] ?? 1;
    while ((size === asked || taken.includes(size)) && size < encoding.maxTokens) size++;
    tokens[place] = size;
    taken.push(size);
  }
  let rows = asked;
  while (input.batch === null && taken.includes(rows)) rows++;
  return { rows, ...tokens };
}

function fill(
  { elemType }: PairTensor,
  role: InputRole,
  rowsOf: EncodedBatch['rowsOf'],
  axes: BatchAxes,
  order: PairEncoding['order'],
  padding: number,
): InputTensor {
  const [place, kind] = role.split('-') as [Place, string];
  const rows = rowsOf[place] ?? [];
  const tokens = axes[place] ?? 1;
  const rowAt = (row: number): EncodedRow | undefined => rows[Math.min(row, rows.length - 1)];
  if (kind === 'lengths') {
    const lengths = Array.from({ length: axes.rows }, (_, row) => rowAt(row)?.ids.length ?? 0);
    return { dims: [axes.rows], data: toData(lengths, elemType) };
  }
  const values = new Array<number>(axes.rows * tokens);
  for (let row = 0; row < axes.rows; row++) {
    for (let token = 0; token < tokens; token++) {
      const at = order === 'batch-first' ? row * tokens + token : token * axes.rows + row;
      values[at] = valueOf(kind, rowAt(row), token, padding);
    }
  }
  const shape = order === 'batch-first' ? [axes.rows, tokens] : [tokens, axes.rows];
  return { dims: shape, data: toData(values, elemType) };
}

function valueOf(kind: string, row: EncodedRow | undefined, token: number, padding: number): number {
  switch (kind) {
    case 'ids':
      return row?.ids[token] ?? padding;
    case 'mask':
      return row && token < row.ids.length ? 1 : 0;
    case 'types':
      return row?.types[token] ?? 0;
    default:
      return token;
  }
}

function toData(values: readonly number[], elemType: PairTensor['elemType']): InputTensor['data'] {
  if (elemType === 'float') return Float32Array.from(values);
  return elemType === 'int32' ? Int32Array.from(values) : BigInt64Array.from(values, BigInt);
}
