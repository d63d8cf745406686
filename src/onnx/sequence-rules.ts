import type { Dim } from './known.ts';
import type { NodeView, ShapeRule } from './node-view.ts';

/** LSTM, GRU, RNN: all states and the last ones. Their layout says whether the batch comes first or the steps do. */
export const recurrent: ShapeRule = (node) => {
  const [first, second] = node.dims(0) ?? [null, null];
  const units = node.int('hidden_size') ?? node.dims(2)?.[2] ?? null;
  const directions = node.string('direction') === 'bidirectional' ? 2 : 1;
  if (node.int('layout', 0) === 1) {
    const last = [first, directions, units];
    return [[first, second, directions, units], last, last];
  }
  const last = [directions, second, units];
  return [[first, directions, second, units], last, last];
};

export const gatherElements: ShapeRule = (node) => [node.dims(1)];

export const oneHot: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (!dims) return undefined;
  const axis = node.int('axis', -1);
  const at = axis < 0 ? axis + dims.length + 1 : axis;
  return [[...dims.slice(0, at), node.values(1)?.[0] ?? null, ...dims.slice(at)]];
};

export const range: ShapeRule = (node) => {
  const [start, limit, delta] = [0, 1, 2].map((position) => node.numbers(position)?.[0]);
  const known = start !== undefined && limit !== undefined && delta !== undefined && delta !== 0;
  return [[known ? Math.max(0, Math.ceil((limit - start) / delta)) : null]];
};

export const tile: ShapeRule = (node) => {
  const repeats = node.values(1);
  return [node.dims(0)?.map((dim, axis): Dim => times(dim, repeats?.[axis] ?? null))];
};

function times(a: Dim, b: Dim): Dim {
  return a === null || b === null ? null : a * b;
}

const same: ShapeRule = (node: NodeView) => [node.dims(0)];

/** Ids [batch, tokens] and the table of words to [batch, tokens, units]. */
const embed: ShapeRule = (node) => {
  const ids = node.dims(0);
  return [ids && [...ids, node.dims(2)?.[1] ?? null]];
};

/** Rules of onnxruntime's own operators (domain com.microsoft) that its tools make of transformers. */
export const fusedRules: ReadonlyMap<string, ShapeRule> = new Map([
  ['EmbedLayerNormalization', embed],
  ...['SkipLayerNormalization', 'BiasGelu', 'FastGelu', 'QuickGelu', 'Attention'].map((op): [string, ShapeRule] => [
    op,
    same,
  ]),
]);
