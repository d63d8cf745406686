import type { Dim } from './known.ts';
import type { NodeView } from './node-view.ts';

/** The values of an operator's output where they follow from the shapes of its inputs; flattened. */
type ValueRule = (node: NodeView) => readonly Dim[] | undefined;

const pass: ValueRule = (node) => node.values(0);

const combine =
  (operation: (a: number, b: number) => number): ValueRule =>
  (node) => {
    const a = node.values(0);
    const b = node.values(1);
    if (!a || !b || (a.length !== b.length && a.length !== 1 && b.length !== 1)) return undefined;
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
      const left = a[a.length === 1 ? 0 : i];
      const right = b[b.length === 1 ? 0 : i];
      return left === null || right === null ? null : operation(left, right);
    });
  };

const isWhole = (node: NodeView): boolean => /^u?int\d+$/.test(node.input(0)?.elemType ?? '');

const divide: ValueRule = (node) => combine((a, b) => (isWhole(node) ? Math.trunc(a / b) : a / b))(node);

const shapeOf: ValueRule = (node) => node.dims(0)?.slice(node.int('start', 0), node.int('end'));

const gather: ValueRule = (node) => {
  const values = node.values(0);
  const indices = node.numbers(1);
  if (node.dims(0)?.length !== 1) return undefined;
  return values && indices?.map((index) => values[index < 0 ? index + values.length : index] ?? null);
};

const concat: ValueRule = (node) => {
  const parts = node.node.inputs.map((_, position) => node.values(position));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
};

const slice: ValueRule = (node) => {
  const values = node.values(0);
  const start = (node.ints('starts') ?? node.numbers(1))?.[0];
  const end = (node.ints('ends') ?? node.numbers(2))?.[0];
  if (!values || node.dims(0)?.length !== 1 || start === undefined || end === undefined) return undefined;
  return (node.numbers(4)?.[0] ?? 1) === 1 ? values.slice(start, end) : undefined;
};

const constantOfShape: ValueRule = (node) => {
  const sizes = node.numbers(0);
  const count = sizes?.reduce((product, size) => product * size, 1);
  const attribute = node.node.attributes.get('value');
  const value = attribute?.kind === 'tensor' ? (attribute.value.values?.[0] ?? null) : 0;
  return count === undefined || count > 64 ? undefined : new Array<Dim>(count).fill(value);
};

/**
 * The small part of arithmetic that exporters use to compute shapes: enough for `Reshape(x, Concat(Gather(Shape(x), 0), -1))`
 * and for sizes of Resize.
 */
export const valueRules: ReadonlyMap<string, ValueRule> = new Map<string, ValueRule>([
  ['Shape', shapeOf],
  ['Gather', gather],
  ['Concat', concat],
  ['Slice', slice],
  ['ConstantOfShape', constantOfShape],
  ['Identity', pass],
  ['Unsqueeze', pass],
  ['Squeeze', pass],
  ['Reshape', pass],
  ['Cast', (node) => (node.int('to') === 6 || node.int('to') === 7 ? node.values(0)?.map(truncate) : node.values(0))],
  ['Floor', (node) => node.values(0)?.map((value) => (value === null ? null : Math.floor(value)))],
  ['Ceil', (node) => node.values(0)?.map((value) => (value === null ? null : Math.ceil(value)))],
  ['Add', combine((a, b) => a + b)],
  ['Sub', combine((a, b) => a - b)],
  ['Mul', combine((a, b) => a * b)],
  ['Div', divide],
]);

function truncate(value: Dim): Dim {
  return value === null ? null : Math.trunc(value);
}
