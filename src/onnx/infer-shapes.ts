import type { Dim, Known } from './known.ts';
import {
  SMALL_CONSTANT,
  type Attribute,
  type FileDim,
  type GraphNode,
  type Initializer,
  type ModelSummary,
  type ValueInfo,
} from './model-summary.ts';
import { NodeView } from './node-view.ts';
import { countedBy, isOpen } from './open-sizes.ts';
import type { PictureLayout } from './preprocess.ts';
import { elemTypeName } from './read-tensor.ts';
import { fusedRules } from './sequence-rules.ts';
import { MAX_RANK, shapeRules } from './shape-rules.ts';
import { valueRules } from './value-rules.ts';

/** An input, with the size it will be fed in. */
export interface FedInput {
  readonly name: string;
  /** Null for a size that nobody knows; see open-sizes.ts for sizes that are open but shall be followed through the graph. */
  readonly dims: readonly (number | null)[];
  readonly elemType: string;
  /** Of a picture. */
  readonly layout?: PictureLayout;
}

const INTEGER_OUTPUT = new Set(['Shape', 'Size', 'ArgMax', 'ArgMin', 'NonZero', 'NonMaxSuppression']);
const BOOLEAN_OUTPUT = new Set('Equal Less LessOrEqual Greater GreaterOrEqual And Or Xor Not IsNaN IsInf'.split(' '));
/** Operators whose output has the type of another input than the first. */
const TYPED_BY: ReadonlyMap<string, number> = new Map([
  ['Where', 1],
  ['OneHot', 2],
  ['EmbedLayerNormalization', 2],
]);
/** Domain of the operators into which onnxruntime's own tools fuse those of transformers. */
const MICROSOFT = 'com.microsoft';
const CHANNELS_SECOND = new Set(
  'Conv ConvTranspose MaxPool AveragePool LpPool GlobalAveragePool GlobalMaxPool BatchNormalization LRN'.split(' '),
);

/**
 * Works out the shape of every tensor of a graph, by the operators' rules and by what the exporter wrote into the file.
 * What stays unknown is null; a tensor that is missing from the result is not computed from anything known.
 */
export function inferShapes(summary: ModelSummary, fed: readonly FedInput[] = []): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const initializer of summary.initializers.values()) known.set(initializer.name, constant(initializer));
  for (const input of summary.inputs) {
    known.set(input.name, { dims: numbersOnly(input.dims), elemType: input.elemType, dependent: true });
  }
  for (const { name, dims, elemType, layout } of fed) known.set(name, { dims, elemType, dependent: true, layout });
  const written = new Map([...summary.valueInfos, ...summary.outputs.map((output) => [output.name, output] as const)]);
  for (const node of summary.nodes) {
    const view = new NodeView(node, summary.opset, known);
    for (const [name, found] of outputsOf(view, written)) known.set(name, found);
  }
  for (const [name, found] of known) {
    const counts = found.dims?.map(countedBy);
    known.set(name, { ...found, dims: found.dims?.map(withoutOpen), counts });
  }
  return known;
}

function withoutOpen(dim: Dim): Dim {
  return isOpen(dim) ? null : dim;
}

function outputsOf(view: NodeView, written: ReadonlyMap<string, ValueInfo>): [string, Known][] {
  const { node } = view;
  const own = node.domain === '';
  if (own && node.op === 'Constant') return [[node.outputs[0], constantNode(node)]];
  const rules = own ? shapeRules : node.domain === MICROSOFT ? fusedRules : undefined;
  const shapes = attempt(() => rules?.get(node.op)?.(view));
  const found = own ? attempt(() => valueRules.get(node.op)?.(view)) : undefined;
  const values = found && found.length <= SMALL_CONSTANT ? found : undefined;
  const dependent =
    node.op !== 'Shape' && (node.hasSubgraph || node.inputs.some((_, position) => view.input(position)?.dependent));
  return node.outputs.map((name, output): [string, Known] => {
    const inferred = shapes?.[output];
    const dims = merge(
      inferred && inferred.length <= MAX_RANK ? inferred : undefined,
      numbersOnly(written.get(name)?.dims),
    );
    const elemType = written.get(name)?.elemType ?? elemTypeOf(view);
    return [
      name,
      { dims, values: output === 0 ? values : undefined, elemType, dependent, layout: layoutOf(view, dims) },
    ];
  });
}

/** A rule that trips over senseless attributes of a damaged file knows nothing; onnxruntime will say what is wrong with it. */
function attempt<Result>(rule: () => Result | undefined): Result | undefined {
  try {
    return rule();
  } catch {
    return undefined;
  }
}

function constant(tensor: Initializer): Known {
  return { dims: tensor.dims, values: tensor.values, elemType: tensor.elemType, dependent: false };
}

function constantNode(node: GraphNode): Known {
  const single = (value: number, elemType: string): Known => ({
    dims: [],
    values: [value],
    elemType,
    dependent: false,
  });
  const list = (values: readonly number[], elemType: string): Known => ({
    dims: [values.length],
    values,
    elemType,
    dependent: false,
  });
  const attribute: Attribute | undefined = [...node.attributes.values()].at(0);
  switch (attribute?.kind) {
    case 'tensor':
      return constant(attribute.value);
    case 'int':
      return single(attribute.value, 'int64');
    case 'ints':
      return list(attribute.value, 'int64');
    case 'float':
      return single(attribute.value, 'float');
    case 'floats':
      return list(attribute.value, 'float');
    default:
      return { elemType: 'unknown', dependent: false };
  }
}

/** A dimension that both know must be the same; the operator's rule is believed, since the fed size may differ from the exporter's. */
function merge(inferred: Known['dims'], written: Known['dims']): Known['dims'] {
  if (!inferred) return written;
  if (written?.length !== inferred.length) return inferred;
  return inferred.map((dim, axis) => dim ?? written[axis]);
}

function numbersOnly(dims: readonly FileDim[] | undefined): Known['dims'] {
  return dims?.map((dim) => (typeof dim === 'number' && dim > 0 ? dim : null));
}

function elemTypeOf(view: NodeView): string {
  const { op } = view.node;
  if (op === 'Cast') return elemTypeName(view.int('to', 0));
  if (INTEGER_OUTPUT.has(op)) return 'int64';
  if (BOOLEAN_OUTPUT.has(op)) return 'bool';
  if (op === 'QuantizeLinear' || op === 'QLinearConv') return 'uint8';
  if (op === 'DequantizeLinear') return 'float';
  return view.input(TYPED_BY.get(op) ?? 0)?.elemType ?? 'unknown';
}

function layoutOf(view: NodeView, dims: Known['dims']): PictureLayout | undefined {
  if (dims && dims.length !== 4) return undefined;
  if (CHANNELS_SECOND.has(view.node.op)) return 'NCHW';
  const before = view.node.inputs
    .map((_, position) => view.input(position)?.layout)
    .find((layout) => layout !== undefined);
  if (view.node.op !== 'Transpose') return before;
  const perm = view.ints('perm')?.join();
  if (perm === '0,2,3,1' && before !== 'NHWC') return 'NHWC';
  if (perm === '0,3,1,2' && before !== 'NCHW') return 'NCHW';
  return perm === '0,1,2,3' ? before : undefined;
}
