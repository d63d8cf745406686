import type { Dim } from './known.ts';
import type { NodeView } from './node-view.ts';

/** How a window moves along one axis. */
interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

type Shapes = readonly (readonly Dim[] | undefined)[] | undefined;

function windowAlong(node: NodeView, kernel: readonly number[], axis: number): Window {
  const pads = node.ints('pads');
  return {
    kernel: kernel[axis],
    stride: node.ints('strides')?.[axis] ?? 1,
    dilation: node.ints('dilations')?.[axis] ?? 1,
    before: pads?.[axis] ?? 0,
    after: pads?.[axis + kernel.length] ?? 0,
  };
}

function slide(size: Dim, window: Window, autoPad: string, ceil: boolean): Dim {
  if (size === null) return null;
  const { kernel, stride, dilation, before, after } = window;
  if (autoPad.startsWith('SAME')) return Math.ceil(size / stride);
  const padded = size + (autoPad === 'VALID' ? 0 : before + after);
  const steps = (padded - (dilation * (kernel - 1) + 1)) / stride;
  if (!ceil) return Math.floor(steps) + 1;
  const count = Math.ceil(steps) + 1;
  // A last window that would begin in the padding behind the picture is dropped, as PyTorch and onnxruntime do.
  return (count - 1) * stride >= size + before ? count - 1 : count;
}

function kernelOf(node: NodeView, weights: readonly Dim[] | undefined): readonly number[] | undefined {
  const given = node.ints('kernel_shape') ?? weights?.slice(2);
  return given?.every((size) => size !== null) ? (given as readonly number[]) : undefined;
}

/** Conv: [batch, filters, ...]. QLinearConv has its weights as fourth input. */
export function convolve(node: NodeView): Shapes {
  const dims = node.dims(0);
  const weights = node.dims(node.node.op === 'QLinearConv' ? 3 : 1);
  const kernel = kernelOf(node, weights);
  const spatial = dims?.slice(2) ?? (kernel ?? []).map(() => null);
  if (!dims && !kernel) return undefined;
  const sizes = spatial.map((size, axis) =>
    kernel ? slide(size, windowAlong(node, kernel, axis), node.string('auto_pad'), false) : null,
  );
  return [[dims?.[0] ?? null, weights?.[0] ?? null, ...sizes]];
}

/** ConvTranspose: the same backwards. */
export function deconvolve(node: NodeView): Shapes {
  const dims = node.dims(0);
  const weights = node.dims(1);
  const kernel = kernelOf(node, weights);
  if (!dims || !kernel) return undefined;
  const filters = weights?.[1] ?? null;
  const sizes = dims.slice(2).map((size, axis) => {
    const given = node.ints('output_shape')?.[axis];
    if (given !== undefined || size === null) return given ?? null;
    const { stride, dilation, before, after } = windowAlong(node, kernel, axis);
    if (node.string('auto_pad').startsWith('SAME')) return size * stride;
    const extra = node.ints('output_padding')?.[axis] ?? 0;
    return stride * (size - 1) + extra + (kernel[axis] - 1) * dilation + 1 - before - after;
  });
  return [[dims[0], filters === null ? null : filters * node.int('group', 1), ...sizes]];
}

/** MaxPool, AveragePool, LpPool: the channels stay. */
export function pool(node: NodeView): Shapes {
  const dims = node.dims(0);
  const kernel = node.ints('kernel_shape');
  if (!dims || !kernel) return undefined;
  const ceil = node.int('ceil_mode', 0) === 1;
  const sizes = dims
    .slice(2)
    .map((size, axis) => slide(size, windowAlong(node, kernel, axis), node.string('auto_pad'), ceil));
  const pooled = [dims[0], dims[1], ...sizes];
  return node.node.outputs.map(() => pooled);
}

/** Pooling over the whole map. */
export function globalPool(node: NodeView): Shapes {
  const dims = node.dims(0);
  return [dims?.map((dim, axis) => (axis < 2 ? dim : 1))];
}

/** Resize and Upsample: sizes are given, or factors. */
export function resize(node: NodeView): Shapes {
  const dims = node.dims(0);
  if (!dims) return undefined;
  const modern = node.node.op === 'Resize' && node.opset >= 11;
  const axes = node.ints('axes')?.map((axis) => (axis < 0 ? axis + dims.length : axis));
  const spread = (values: readonly Dim[] | undefined): readonly Dim[] | undefined =>
    axes && values?.length ? dims.map((_, axis) => (axes.includes(axis) ? values[axes.indexOf(axis)] : null)) : values;
  const sizes = modern ? spread(node.values(3)) : undefined;
  if (sizes?.length) return [dims.map((dim, axis) => sizes[axis] ?? (axes && !axes.includes(axis) ? dim : null))];
  const scales = node.floats('scales') ?? spread(node.values(modern ? 2 : 1));
  return [
    dims.map((dim, axis) => {
      const scale = scales?.[axis] ?? (axes && !axes.includes(axis) ? 1 : null);
      return dim === null || scale === null ? null : Math.floor(dim * scale);
    }),
  ];
}
