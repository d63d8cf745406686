import type { Dim } from './known.ts';
import type { ShapeRule } from './node-view.ts';
import { isOpen } from './open-sizes.ts';
import { gatherElements, oneHot, range, recurrent, tile } from './sequence-rules.ts';
import { convolve, deconvolve, globalPool, pool, resize } from './spatial-rules.ts';

/** More dimensions than any tensor has; guards against sizes that a damaged file claims. */
export const MAX_RANK = 64;

const same: ShapeRule = (node) => [node.dims(0)];

const broadcast: ShapeRule = (node) => {
  const shapes = node.node.inputs.map((_, position) => node.dims(position));
  return [shapes.reduce((joined, dims) => joined && dims && broadcastDims(joined, dims))];
};

/** The shape of two tensors combined value by value (ONNX's and NumPy's broadcasting). */
export function broadcastDims(a: readonly Dim[], b: readonly Dim[]): Dim[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? (axis < rank - a.length ? 1 : null);
    const right = b[axis - rank + b.length] ?? (axis < rank - b.length ? 1 : null);
    if (left === 1) return right;
    if (right === 1) return left;
    return isOpen(right) ? right : (left ?? right);
  });
}

function product(dims: readonly Dim[]): Dim {
  return dims.reduce<Dim>((sum, dim) => (sum === null || dim === null ? null : sum * dim), 1);
}

function positive(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

const reshape: ShapeRule = (node) => {
  const dims = node.dims(0);
  const wanted = node.ints('shape') ?? node.values(1);
  if (!wanted) {
    const rank = node.dims(1)?.[0];
    return [rank === null || rank === undefined || rank > MAX_RANK ? undefined : new Array<Dim>(rank).fill(null)];
  }
  const copies = node.int('allowzero', 0) === 0;
  const made = wanted.map((dim, axis): Dim => (dim === 0 && copies ? (dims?.[axis] ?? null) : dim));
  const open = made.indexOf(-1);
  if (open < 0) return [made];
  return [made.with(open, openDimension(dims, made, wanted, copies))];
};

/** The size that -1 stands for. Dimensions copied from the input cancel out, so that an unknown batch does no harm. */
function openDimension(
  dims: readonly Dim[] | undefined,
  made: readonly Dim[],
  wanted: readonly Dim[],
  copies: boolean,
): Dim {
  if (!dims) return null;
  const copied = (axis: number): boolean => copies && wanted[axis] === 0;
  const whole = product(dims.filter((_, axis) => !copied(axis)));
  const rest = product(made.filter((dim, axis) => dim !== -1 && !copied(axis)));
  return whole === null || !rest ? null : whole / rest;
}

const flatten: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (!dims) return [[null, null]];
  const axis = positive(node.int('axis', 1), dims.length);
  return [[product(dims.slice(0, axis)), product(dims.slice(axis))]];
};

const gemm: ShapeRule = (node) => {
  const a = node.dims(0);
  const b = node.dims(1);
  return [[a?.[node.int('transA', 0) ? 1 : 0] ?? null, b?.[node.int('transB', 0) ? 0 : 1] ?? null]];
};

const matmul: ShapeRule = (node) => {
  const a = node.dims(0);
  const b = node.dims(1);
  if (!a || !b) return undefined;
  if (a.length < 2 || b.length < 2)
    return [[...a.slice(0, -1), ...b.slice(0, -2), ...b.slice(-1).filter(() => b.length > 1)]];
  return [[...broadcastDims(a.slice(0, -2), b.slice(0, -2)), a[a.length - 2], b[b.length - 1]]];
};

const transpose: ShapeRule = (node) => {
  const dims = node.dims(0);
  const perm = node.ints('perm') ?? dims?.map((_, axis) => dims.length - 1 - axis);
  return [perm?.map((axis) => dims?.[axis] ?? null)];
};

const squeeze: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (!dims) return undefined;
  const axes = node.axes(1)?.map((axis) => positive(axis, dims.length));
  if (!axes && dims.includes(null)) return undefined;
  return [dims.filter((dim, axis) => (axes ? !axes.includes(axis) : dim !== 1))];
};

const unsqueeze: ShapeRule = (node) => {
  const dims = node.dims(0);
  const axes = node.axes(1);
  if (!dims || !axes) return undefined;
  const rank = dims.length + axes.length;
  const added = new Set(axes.map((axis) => positive(axis, rank)));
  const rest = [...dims];
  return [Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (rest.shift() ?? null)))];
};

const concat: ShapeRule = (node) => {
  const shapes = node.node.inputs.map((_, position) => node.dims(position));
  const first = shapes.find((dims) => dims !== undefined);
  if (!first) return undefined;
  const axis = positive(node.int('axis', 1), first.length);
  const joined = shapes.map((dims) => dims?.[axis] ?? null);
  const total = joined.reduce((sum, dim) => (sum === null || dim === null ? null : sum + dim), 0);
  const merged = first.map(
    (_, position) => shapes.map((dims) => dims?.[position] ?? null).find((dim) => dim !== null) ?? null,
  );
  return [merged.with(axis, total)];
};

const pad: ShapeRule = (node) => {
  const dims = node.dims(0);
  const pads = node.ints('pads') ?? node.ints('paddings') ?? node.numbers(1);
  if (!dims || !pads) return [dims?.map(() => null)];
  const axes = (node.numbers(3) ?? dims.map((_, axis) => axis)).map((axis) => positive(axis, dims.length));
  return [
    dims.map((dim, axis) => {
      const at = axes.indexOf(axis);
      return at < 0 || dim === null ? dim : dim + pads[at] + pads[at + axes.length];
    }),
  ];
};

const reduce: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (!dims) return undefined;
  const given = node.axes(1);
  if (!given && node.node.inputs.length > 1 && node.node.inputs[1] !== '') return undefined;
  const all = !given?.length && node.int('noop_with_empty_axes', 0) === 0;
  const axes = all ? dims.map((_, axis) => axis) : (given ?? []).map((axis) => positive(axis, dims.length));
  const kept = node.int('keepdims', 1) !== 0;
  return [
    kept ? dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim)) : dims.filter((_, axis) => !axes.includes(axis)),
  ];
};

const pick: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (!dims) return undefined;
  const axis = positive(node.int('axis', 0), dims.length);
  return [node.int('keepdims', 1) !== 0 ? dims.with(axis, 1) : dims.toSpliced(axis, 1)];
};

const slice: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (!dims) return undefined;
  const starts = node.ints('starts') ?? node.numbers(1);
  const ends = node.ints('ends') ?? node.numbers(2);
  if (!starts || !ends) return [dims.map(() => null)];
  const axes = (node.axes(3) ?? starts.map((_, axis) => axis)).map((axis) => positive(axis, dims.length));
  const steps = node.numbers(4);
  return [
    dims.map((dim, axis) => {
      const at = axes.indexOf(axis);
      if (at < 0 || dim === null) return dim;
      const step = steps?.[at] ?? 1;
      // A table cut to an open number of rows: it has no fewer of them.
      if (step === 1 && starts[at] === 0 && isOpen(ends[at])) return ends[at];
      const [low, high] = step > 0 ? [0, dim] : [-1, dim - 1];
      const start = Math.min(Math.max(starts[at] < 0 ? starts[at] + dim : starts[at], Math.max(low, 0)), high);
      const end = Math.min(Math.max(ends[at] < 0 ? ends[at] + dim : ends[at], low), high);
      return Math.max(0, Math.ceil((end - start) / step));
    }),
  ];
};

const split: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (!dims) return undefined;
  const axis = positive(node.int('axis', 0), dims.length);
  const count = node.node.outputs.length;
  const sizes = node.ints('split') ?? node.numbers(1);
  const whole = dims[axis];
  const even = whole === null ? null : Math.ceil(whole / count);
  return node.node.outputs.map((_, i) => {
    const last = i === count - 1 && whole !== null && even !== null ? whole - even * (count - 1) : even;
    return dims.with(axis, sizes?.[i] ?? last);
  });
};

const gather: ShapeRule = (node) => {
  const dims = node.dims(0);
  const indices = node.dims(1);
  if (!dims || !indices) return undefined;
  const axis = positive(node.int('axis', 0), dims.length);
  return [[...dims.slice(0, axis), ...indices, ...dims.slice(axis + 1)]];
};

const expand: ShapeRule = (node) => {
  const dims = node.dims(0);
  const wanted = node.values(1);
  return [dims && wanted && broadcastDims(dims, wanted)];
};

/** DepthToSpace and SpaceToDepth: how many times as large each side becomes. */
const blocks =
  (grows: boolean): ShapeRule =>
  (node) => {
    const dims = node.dims(0);
    const block = node.int('blocksize', 1);
    const scale = (dim: Dim, factor: number): Dim => (dim === null ? null : dim * factor);
    const side = grows ? block : 1 / block;
    return [dims && [dims[0], scale(dims[1], 1 / (side * side)), scale(dims[2], side), scale(dims[3], side)]];
  };

function each(names: string, rule: ShapeRule): [string, ShapeRule][] {
  return names.split(' ').map((name) => [name, rule]);
}

/** The rules by operator, from ONNX's operator reference. Operators without a rule have outputs of unknown shape. */
export const shapeRules: ReadonlyMap<string, ShapeRule> = new Map([
  ...each(
    'Relu Clip LeakyRelu ThresholdedRelu Elu Selu Celu PRelu Sigmoid HardSigmoid HardSwish Swish Gelu Mish Tanh Softplus',
    same,
  ),
  ...each(
    'Softsign Softmax LogSoftmax Hardmax Identity Dropout Cast CastLike LRN LpNormalization BatchNormalization',
    same,
  ),
  ...each(
    'InstanceNormalization GroupNormalization LayerNormalization MeanVarianceNormalization Shrink Erf Exp Log',
    same,
  ),
  ...each(
    'Sqrt Abs Neg Reciprocal Floor Ceil Round Sign Not IsNaN IsInf Sin Cos QuantizeLinear DequantizeLinear',
    same,
  ),
  ...each(
    'Add Sub Mul Div Pow Mod Min Max Mean Sum Where Equal Less LessOrEqual Greater GreaterOrEqual And Or Xor',
    broadcast,
  ),
  ...each('Conv ConvInteger QLinearConv', convolve),
  ...each('MaxPool AveragePool LpPool', pool),
  ...each('GlobalAveragePool GlobalMaxPool GlobalLpPool', globalPool),
  ...each(
    'ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare',
    reduce,
  ),
  ...each('ArgMax ArgMin', pick),
  ...each('Resize Upsample', resize),
  ...each('LSTM GRU RNN', recurrent),
  ...each('CumSum Trilu ReverseSequence ScatterND ScatterElements RMSNormalization', same),
  ['ConvTranspose', deconvolve],
  ['Gemm', gemm],
  ['MatMul', matmul],
  ['Reshape', reshape],
  ['Flatten', flatten],
  ['Transpose', transpose],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Concat', concat],
  ['Pad', pad],
  ['Slice', slice],
  ['Split', split],
  ['Gather', gather],
  ['Expand', expand],
  ['GatherElements', gatherElements],
  ['OneHot', oneHot],
  ['Range', range],
  ['Tile', tile],
  ['Size', () => [[]]],
  ['DepthToSpace', blocks(true)],
  ['SpaceToDepth', blocks(false)],
  ['Shape', (node) => [[node.dims(0)?.length ?? null]]],
  ['ConstantOfShape', (node) => [node.values(0)]],
]);
