import { ints, node, weights } from './networks.ts';
import { writeModel, type ModelSpec, type NodeSpec, type TensorSpec, type ValueSpec } from './onnx-writer.ts';

/** What a model of two encoded sentences is to look like. */
export interface TwoSentenceOptions {
  /** Words in the order of their ids, written into the metadata under `vocabulary`; without them the table has `rows` rows. */
  readonly words?: readonly string[];
  /** Rows of the embedding table; 20 by default. */
  readonly rows?: number;
  /** Ids [tokens, batch] in place of [batch, tokens]. */
  readonly tokensFirst?: boolean;
  /** Whether it takes the number of tokens of each sentence (int64). Without them padding changes its result. */
  readonly lengths?: boolean;
  /** Element type of the ids; int64 by default. */
  readonly ids?: 'int64' | 'int32';
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Units of one direction of the LSTM in {@link twoSentenceModel}. */
export const LSTM_UNITS = 4;
/** Units of the hidden layer of {@link twoSentenceModel}. */
export const HIDDEN_UNITS = 10;

const DIMENSIONS = 5;
const FEATURES = 4 * 2 * LSTM_UNITS;

/**
 * A small model of the paper's architecture, with seeded weights: words looked up, a bidirectional LSTM of 4 units a direction, its last states
 * as [p; h; p-h; p*h], batch normalisation, 10 ReLU units `hidden`, 3 classes `logits`.
 *
 * Inputs: `premise`, `hypothesis` (ids), `premise_lengths`, `hypothesis_lengths`. States of each token, as [batch, tokens, 8] or [tokens, batch, 8]:
 * `premise_states`, `hypothesis_states`.
 */
export function twoSentenceModel(options: TwoSentenceOptions = {}): Uint8Array<ArrayBuffer> {
  const { words, tokensFirst = false, lengths = true, ids = 'int64' } = options;
  const rows = words?.length ?? options.rows ?? 20;
  const idsOf = (side: string): ValueSpec => ({
    name: side,
    dims: tokensFirst ? [`${side}_tokens`, 'batch'] : ['batch', `${side}_tokens`],
    elemType: ids,
  });
  const lengthsOf = (side: string): ValueSpec => ({ name: `${side}_lengths`, dims: ['batch'], elemType: 'int64' });
  const sides = ['premise', 'hypothesis'];
  return writeModel({
    inputs: [...sides.map(idsOf), ...(lengths ? sides.map(lengthsOf) : [])],
    outputs: [{ name: 'logits', dims: ['batch', 3] }],
    initializers: [
      weights('words', [rows, DIMENSIONS], 1),
      weights('w', [2, 4 * LSTM_UNITS, DIMENSIONS], 2),
      weights('r', [2, 4 * LSTM_UNITS, LSTM_UNITS], 3),
      weights('b', [2, 8 * LSTM_UNITS], 4),
      ...ones('scale', FEATURES),
      ...['shift', 'mean'].map((name, seed) => weights(name, [FEATURES], 5 + seed)),
      ...ones('variance', FEATURES),
      weights('w1', [HIDDEN_UNITS, FEATURES], 7),
      weights('b1', [HIDDEN_UNITS], 8),
      weights('w2', [3, HIDDEN_UNITS], 9),
      weights('b2', [3], 10),
      ints('join', [0, -1]),
      ints('join3', [0, 0, -1]),
    ],
    nodes: [
      ...sides.flatMap((side) => encoder(side, tokensFirst, lengths)),
      node('Sub', ['premise_code', 'hypothesis_code'], 'difference'),
      node('Mul', ['premise_code', 'hypothesis_code'], 'product'),
      node('Concat', ['premise_code', 'hypothesis_code', 'difference', 'product'], 'features', { axis: 1 }),
      node('BatchNormalization', ['features', 'scale', 'shift', 'mean', 'variance'], 'normal'),
      node('Gemm', ['normal', 'w1', 'b1'], 'linear', { transB: 1 }),
      node('Relu', 'linear', 'hidden'),
      node('Dropout', 'hidden', 'dropped'),
      node('Gemm', ['dropped', 'w2', 'b2'], 'logits', { transB: 1 }),
    ],
    metadata: { ...(words && { vocabulary: JSON.stringify(words) }), ...options.metadata },
  });
}

function ones(name: string, count: number): [TensorSpec] {
  return [{ name, dims: [count], values: new Array<number>(count).fill(1) }];
}

function encoder(side: string, tokensFirst: boolean, lengths: boolean): NodeSpec[] {
  const given = lengths ? ['b', `${side}_count`] : ['b'];
  const embedded = `${side}_embedded`;
  return [
    ...(lengths ? [node('Cast', `${side}_lengths`, `${side}_count`, { to: 6 })] : []),
    node('Gather', ['words', side], embedded),
    ...(tokensFirst ? [] : [node('Transpose', embedded, `${side}_turned`, { perm: [1, 0, 2] })]),
    node(
      'LSTM',
      [tokensFirst ? embedded : `${side}_turned`, 'w', 'r', ...given],
      [`${side}_y`, `${side}_last`, `${side}_cell`],
      { direction: 'bidirectional', hidden_size: LSTM_UNITS },
    ),
    node('Transpose', `${side}_y`, `${side}_sides`, { perm: tokensFirst ? [0, 2, 1, 3] : [2, 0, 1, 3] }),
    node('Reshape', [`${side}_sides`, 'join3'], `${side}_states`),
    node('Transpose', `${side}_last`, `${side}_ends`, { perm: [1, 0, 2] }),
    node('Reshape', [`${side}_ends`, 'join'], `${side}_code`),
  ];
}

/** What a joint model is to look like. */
export interface JointOptions {
  /** Rows of the table of tokens; 40 by default. */
  readonly rows?: number;
  /** Rows of the table of positions; 64 by default. */
  readonly positions?: number;
  /** Whether it takes `attention_mask`; by default it does. Without it padding changes its result. */
  readonly mask?: boolean;
  /** Whether positions are an input `position_ids` and not computed inside. */
  readonly positionIds?: boolean;
  /** Element type of its inputs; int64 by default. */
  readonly ids?: 'int64' | 'int32';
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Units of the inner states of {@link jointModel}. */
export const JOINT_UNITS = 6;

/**
 * A small model of BERT's architecture, with seeded weights and one layer of attention: `states` [batch, tokens, 6], `wide` [batch, tokens, 12] (ReLU),
 * `pooled` [batch, 6] (tanh of the first token) and 3 classes `logits`. Inputs: `input_ids`, `attention_mask`, `token_type_ids`, perhaps `position_ids`.
 */
export function jointModel(options: JointOptions = {}): Uint8Array<ArrayBuffer> {
  const { rows = 40, positions = 64, mask = true, positionIds = false, ids = 'int64' } = options;
  const input = (name: string): ValueSpec => ({ name, dims: ['batch', 'sequence'], elemType: ids });
  const names = [
    'input_ids',
    ...(mask ? ['attention_mask'] : []),
    'token_type_ids',
    ...(positionIds ? ['position_ids'] : []),
  ];
  const square = [JOINT_UNITS, JOINT_UNITS];
  return writeModel({
    inputs: names.map(input),
    outputs: [{ name: 'logits', dims: ['batch', 3] }],
    initializers: [
      weights('words', [rows, JOINT_UNITS], 1),
      weights('places', [positions, JOINT_UNITS], 2),
      weights('types', [2, JOINT_UNITS], 3),
      ...ones('gain', JOINT_UNITS),
      weights('bias', [JOINT_UNITS], 4),
      ...['query', 'key', 'value', 'mix'].map((name, seed) => weights(`w_${name}`, square, 5 + seed)),
      weights('w_wide', [JOINT_UNITS, 2 * JOINT_UNITS], 9),
      weights('w_narrow', [2 * JOINT_UNITS, JOINT_UNITS], 10),
      weights('w_pool', square, 11),
      weights('b_pool', [JOINT_UNITS], 12),
      weights('w_class', [3, JOINT_UNITS], 13),
      weights('b_class', [3], 14),
      {
        name: 'all_places',
        dims: [1, positions],
        values: Array.from({ length: positions }, (_, i) => i),
        elemType: 'int64',
      },
      { name: 'root', dims: [], values: [Math.sqrt(JOINT_UNITS)] },
      { name: 'one', dims: [], values: [1] },
      { name: 'far', dims: [], values: [-10_000] },
      { name: 'first', dims: [], values: [0], elemType: 'int64' },
      { name: 'second', dims: [], values: [1], elemType: 'int64' },
      ints('axis0', [0]),
      ints('axis1', [1]),
    ],
    nodes: [
      ...placesOf(positionIds),
      node('Gather', ['words', 'input_ids'], 'word_rows'),
      node('Gather', ['types', 'token_type_ids'], 'type_rows'),
      node('Add', ['word_rows', 'type_rows'], 'typed'),
      node('Add', ['typed', 'place_rows'], 'placed'),
      node('LayerNormalization', ['placed', 'gain', 'bias'], 'embedded', { axis: -1 }),
      ...['query', 'key', 'value'].map((name) => node('MatMul', ['embedded', `w_${name}`], name)),
      node('Transpose', 'key', 'key_turned', { perm: [0, 2, 1] }),
      node('MatMul', ['query', 'key_turned'], 'raw_scores'),
      node('Div', ['raw_scores', 'root'], 'scores'),
      ...(mask ? masked() : []),
      node('Softmax', mask ? 'scores_masked' : 'scores', 'attention', { axis: -1 }),
      node('MatMul', ['attention', 'value'], 'context'),
      node('MatMul', ['context', 'w_mix'], 'mixed'),
      node('Add', ['mixed', 'embedded'], 'residual'),
      node('LayerNormalization', ['residual', 'gain', 'bias'], 'attended', { axis: -1 }),
      node('MatMul', ['attended', 'w_wide'], 'wide_linear'),
      node('Relu', 'wide_linear', 'wide'),
      node('MatMul', ['wide', 'w_narrow'], 'narrow'),
      node('Add', ['narrow', 'attended'], 'states'),
      node('Gather', ['states', 'first'], 'start', { axis: 1 }),
      node('Gemm', ['start', 'w_pool', 'b_pool'], 'pool_linear'),
      node('Tanh', 'pool_linear', 'pooled'),
      node('Gemm', ['pooled', 'w_class', 'b_class'], 'logits', { transB: 1 }),
    ],
    ...(options.metadata && { metadata: options.metadata }),
  } satisfies ModelSpec);
}

/** Looks up the positions: those fed, or as many of all as there are tokens. */
function placesOf(given: boolean): NodeSpec[] {
  if (given) return [node('Gather', ['places', 'position_ids'], 'place_rows')];
  return [
    node('Shape', 'input_ids', 'shape'),
    node('Gather', ['shape', 'second'], 'length'),
    node('Unsqueeze', ['length', 'axis0'], 'lengths'),
    node('Slice', ['all_places', 'axis0', 'lengths', 'axis1'], 'positions'),
    node('Gather', ['places', 'positions'], 'place_rows'),
  ];
}

/** Puts padding out of reach of attention. */
function masked(): NodeSpec[] {
  return [
    node('Unsqueeze', ['attention_mask', 'axis1'], 'mask_wide'),
    node('Cast', 'mask_wide', 'mask_float', { to: 1 }),
    node('Sub', ['one', 'mask_float'], 'hidden_tokens'),
    node('Mul', ['hidden_tokens', 'far'], 'mask_scores'),
    node('Add', ['scores', 'mask_scores'], 'scores_masked'),
  ];
}
