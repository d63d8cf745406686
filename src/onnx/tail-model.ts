import { onnxFaults } from './errors.ts';
import {
  FIELDS,
  fieldOf,
  floatInput,
  multiplication,
  openingOf,
  pieces,
  sparseName,
  textIn,
  withOutput,
  type Piece,
} from './graph-pieces.ts';
import { GraphWalk } from './graph-walk.ts';
import { inferShapes } from './infer-shapes.ts';
import type { GraphNode, ModelSummary } from './model-summary.ts';

/** A model file rewritten so that a layer is multiplied by a mask. */
export interface TailModel {
  readonly model: Blob;
  /** Input in which the layer's values are fed; null where the model computes them itself. */
  readonly values: string | null;
  /** Input that the layer is multiplied by, of any shape that broadcasts to the layer's. */
  readonly mask: string;
  /** The tensor with a number for each class. */
  readonly output: string;
  /** Inputs of the original model that are still needed. */
  readonly inputs: readonly string[];
  /**
   * Tensors that the original model computes and that are inputs here: float values that do not depend on the layer but are read behind it,
   * as a skip connection around it has them.
   */
  readonly sides: readonly string[];
  /** Operators of the original model that are left. */
  readonly operators: number;
}

/** What is left of a graph. */
interface Left {
  /** Whether the layer is an input. */
  readonly isCut: boolean;
  readonly tensor: string;
  readonly output: string;
  readonly nodes: ReadonlySet<GraphNode>;
  /** Names of the tensors that are read or computed. */
  readonly tensors: ReadonlySet<string>;
  readonly sides: readonly string[];
}

const KEPT_OF_MODEL: ReadonlySet<number> = new Set([
  FIELDS.model.irVersion,
  FIELDS.model.opsetImport,
  FIELDS.model.functions,
]);

/**
 * The part of a model behind a layer: the layer is an input, multiplied by a second one, the mask, and only what the class output needs is
 * left. The product keeps the layer's name, so that what reads it need not be written anew. Weights are not copied: the result refers to
 * the given file.
 *
 * @param summary of the same file
 * @param tensor name of the layer
 * @param output name of the tensor with a number for each class; null where the model has none
 * @throws Fault `onnx/no-classes`, where the output does not depend on the layer; `onnx/subgraph-behind`, where control flow stands in between;
 *   of names as `tap` does
 */
export async function tailModel(
  model: Blob | Uint8Array<ArrayBuffer>,
  summary: ModelSummary,
  tensor: string,
  output: string | null,
): Promise<TailModel> {
  const classes = requireBehind(summary, tensor, output);
  return rewrite(model, summary, leftBehind(summary, tensor, classes));
}

/** The whole model with the mask right behind a layer; see {@link tailModel}. @throws Fault as that does */
export async function maskedModel(
  model: Blob | Uint8Array<ArrayBuffer>,
  summary: ModelSummary,
  tensor: string,
  output: string | null,
): Promise<TailModel> {
  const classes = requireBehind(summary, tensor, output);
  const nodes = new Set(summary.nodes);
  const named = [...summary.inputs.map(({ name }) => name), ...summary.initializers.keys()];
  return rewrite(model, summary, {
    ...{ isCut: false, tensor, output: classes, nodes, tensors: new Set(named), sides: [] },
  });
}

/** The output, if it is there and depends on the layer. @throws Fault */
function requireBehind(summary: ModelSummary, tensor: string, output: string | null): string {
  const { fileName } = summary;
  const graph = new GraphWalk(summary);
  if (tensor === '__proto__') throw onnxFaults['reserved-name'](tensor);
  if (tensor === '' || !graph.producer(tensor)) throw onnxFaults['unknown-tensor'](fileName, tensor);
  if (output === null)
    throw onnxFaults['no-classes'](
      fileName,
      'It has no output with a number for each class: open a model that sorts samples into classes.',
    );
  requireNoControl(summary, graph, tensor, output);
  if (dependents(graph, tensor).has(output)) return output;
  const reason = `Its output with a number for each class, ${output}, does not depend on the layer ${tensor}: explain a layer that leads to it.`;
  throw onnxFaults['no-classes'](fileName, reason);
}

/** What the operators inside control flow read from outside is not known here, so none may stand between layer and output. */
function requireNoControl(summary: ModelSummary, graph: GraphWalk, tensor: string, output: string): void {
  const before = new Set(
    summary.nodes.slice(
      0,
      summary.nodes.findIndex((node) => node.outputs.includes(tensor)),
    ),
  );
  const found = new Set([output]);
  for (const at of found) {
    const node = graph.producer(at);
    if (!node || before.has(node)) continue;
    if (node.hasSubgraph) throw onnxFaults['subgraph-behind'](summary.fileName, tensor, node.op);
    for (const input of node.inputs) found.add(input);
  }
}

/** A tensor and all that depend on it. */
function dependents(graph: GraphWalk, tensor: string): ReadonlySet<string> {
  const found = new Set([tensor]);
  for (const at of found)
    for (const { node } of graph.readers(at)) for (const one of node.outputs) if (one !== '') found.add(one);
  return found;
}

function leftBehind(summary: ModelSummary, tensor: string, output: string): Left {
  const graph = new GraphWalk(summary);
  const behind = dependents(graph, tensor);
  const known = inferShapes(summary);
  // What a session gives as float can be held; anything else is computed again from what it comes from.
  const isSide = (at: string): boolean => {
    const { elemType, dependent } = known.get(at) ?? {};
    return !behind.has(at) && dependent === true && elemType === 'float' && at !== '__proto__';
  };
  const nodes = new Set<GraphNode>();
  const tensors = new Set([output]);
  const sides: string[] = [];
  for (const at of tensors) {
    const node = at === tensor ? undefined : graph.producer(at);
    if (!node) continue;
    if (isSide(at)) {
      sides.push(at);
      continue;
    }
    nodes.add(node);
    for (const input of node.inputs) if (input !== '') tensors.add(input);
  }
  return { isCut: true, tensor, output, nodes, tensors, sides };
}

async function rewrite(model: Blob | Uint8Array<ArrayBuffer>, summary: ModelSummary, left: Left): Promise<TailModel> {
  const { isCut, tensor, output, nodes, tensors, sides } = left;
  const file = model instanceof Blob ? new Uint8Array(await model.arrayBuffer()) : model;
  const values = freeName(summary, 'layer values');
  const mask = freeName(summary, 'layer mask');
  const masked = multiplication(values, mask, tensor);
  const graph: (Uint8Array<ArrayBuffer> | Piece)[] = isCut ? [masked] : [];
  const around: Piece[] = [];
  let place = 0;
  for (const part of pieces(file)) {
    if (KEPT_OF_MODEL.has(part.field)) around.push(part);
    if (part.field !== FIELDS.model.graph) continue;
    for (const piece of pieces(part.value)) {
      const node = piece.field === FIELDS.graph.node ? summary.nodes[place++] : undefined;
      if (!node) {
        if (isNeeded(piece, left)) graph.push(piece);
      } else if (nodes.has(node)) {
        // Behind a cut, what computes the layer is left only where something else that it computes is needed.
        const renamed = isCut ? freeName(summary, 'layer unread') : values;
        const computes = node.outputs.includes(tensor);
        graph.push(computes ? nodePiece(withOutput(piece.value, tensor, renamed)) : piece);
        if (computes && !isCut) graph.push(masked);
      }
    }
  }
  for (const name of [...(isCut ? [values] : []), mask, ...sides]) graph.push(floatInput(name));
  const length = graph.reduce((sum, part) => sum + lengthOf(part), 0);
  const sliceOf = (part: Uint8Array<ArrayBuffer> | Piece): Blob | Uint8Array<ArrayBuffer> => {
    if (part instanceof Uint8Array) return part;
    const { from, to } = part;
    return model instanceof Blob ? model.slice(from, to) : new Uint8Array(model.buffer, from, to - from);
  };
  return {
    model: new Blob([...around.map(sliceOf), openingOf(FIELDS.model.graph, length), ...graph.map(sliceOf)]),
    values: isCut ? values : null,
    ...{ mask, output, sides, operators: nodes.size },
    inputs: summary.inputs.map(({ name }) => name).filter((name) => tensors.has(name)),
  };
}

const nodePiece = (node: Uint8Array): Uint8Array<ArrayBuffer> => fieldOf(FIELDS.graph.node, node);

const lengthOf = (part: Uint8Array | Piece): number => (part instanceof Uint8Array ? part.length : part.to - part.from);

/** Whether a part of the graph that is no operator is needed. */
function isNeeded({ field, value }: Piece, { output, tensors }: Left): boolean {
  switch (field) {
    case FIELDS.graph.name:
      return true;
    case FIELDS.graph.initializer:
      return tensors.has(textIn(value, 8));
    case FIELDS.graph.sparseInitializer:
      return tensors.has(sparseName(value));
    case FIELDS.graph.input:
      return tensors.has(textIn(value, FIELDS.value.name));
    case FIELDS.graph.output:
      return textIn(value, FIELDS.value.name) === output;
    default:
      return false;
  }
}

/** A name that no tensor of the model has. */
function freeName({ nodes, initializers, inputs }: ModelSummary, wanted: string): string {
  const taken = new Set([
    ...nodes.flatMap((node) => [...node.inputs, ...node.outputs]),
    ...initializers.keys(),
    ...inputs.map(({ name }) => name),
  ]);
  let name = wanted;
  for (let more = 2; taken.has(name); more++) name = `${wanted} ${more}`;
  return name;
}
