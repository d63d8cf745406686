import { GraphWalk } from './graph-walk.ts';
import { layers, type Layer } from './layers.ts';
import { modelInput } from './model-input.ts';
import type { GraphNode, ModelSummary } from './model-summary.ts';
import { readConstant } from './read-constant.ts';

/** The linear layer that makes class scores of a layer's units. */
export interface ClassHead {
  /** The tensor with the scores, as {@link classOutput} gives it. */
  readonly output: string;
  readonly classes: number;
  /** `[units, classes]`, row by row: how much a unit adds to the score of a class. */
  readonly weights: Float32Array;
}

/** Most classes of a model that takes pictures (ImageNet-21k has 21,841), and of one that takes anything else. */
const MOST_CLASSES = { pictures: 25_000, others: 100 } as const;
/** Operators behind a linear layer that change neither the order of the scores nor their number. */
const AFTER = new Set(
  'Add Softmax LogSoftmax Sigmoid Identity Cast Reshape Flatten Squeeze Dropout Transpose'.split(' '),
);
/** Those by which the maps of classes become scores: means, since these commute with the weights. */
const MEANS = new Set(['GlobalAveragePool', 'ReduceMean']);
/** Operators before a linear layer that keep its units apart. */
const BEFORE = new Set(
  'Dropout Identity Cast Flatten Reshape Squeeze Transpose GlobalAveragePool ReduceMean'.split(' '),
);
const SAME = new Set(['Dropout', 'Identity', 'Cast']);
/** Operators that hand numbers on in their order. */
const HANDED_ON = new Set([...SAME, 'Flatten', 'Reshape', 'Squeeze']);
/** Operators between weights as they are stored and as they are read. */
const STORED_AS = new Set(['Cast', 'Identity', 'Transpose']);

/**
 * The output with the class scores or probabilities: one row of few numbers a sample, made by a linear layer (or a mean of the maps of one)
 * with nothing behind it that would change which is largest, or by a softmax, whatever is before it. Of several the one with as many numbers as the metadata name classes, else the
 * first of the file.
 *
 * @param all the model's layers
 * @returns null, if there is none
 */
export function classOutput(summary: ModelSummary, all: readonly Layer[]): string | null {
  const graph = new GraphWalk(summary);
  const most = summary.inputs.some(({ dims }) => dims?.length === 4) ? MOST_CLASSES.pictures : MOST_CLASSES.others;
  const found = summary.outputs.flatMap(({ name }) => {
    const layer = all.find(({ tensor }) => tensor === name);
    if (!layer?.probeable || layer.layout === 'tokens' || layer.height !== 1 || layer.width !== 1) return [];
    if (layer.units === null || layer.units < 2 || layer.units > most) return [];
    return linearBefore(graph, name) || softmaxBefore(graph, name) ? [layer] : [];
  });
  const named = namedCount(summary);
  return (found.find(({ units }) => units === named) ?? found.at(0))?.tensor ?? null;
}

/** The tensor that the linear layer of the classes reads, past operators that hand it on as it is; undefined where there is none. */
export function classInput(summary: ModelSummary, all: readonly Layer[]): string | undefined {
  const output = classOutput(summary, all);
  const graph = new GraphWalk(summary);
  const linear = output === null ? undefined : linearBefore(graph, output);
  const read = linear?.inputs.find((tensor) => all.some((layer) => layer.tensor === tensor));
  return read === undefined ? undefined : graph.before(read, SAME);
}

/**
 * The weights by which a layer's units make the class scores, read from the model's file: of the Gemm, the MatMul or the 1x1 convolution that
 * reads the layer directly (past dropout, means over positions and the like) and leads to the class output.
 *
 * @param model the file that `summary` is of; one that modelInput accepts
 * @param layer name of the tensor
 * @returns null, if there is no such linear layer, or its weights are not stored as float or float16
 */
export async function classHead(
  model: Blob | Uint8Array,
  summary: ModelSummary,
  layer: string,
): Promise<ClassHead | null> {
  const all = layers(summary, modelInput(summary));
  const output = classOutput(summary, all);
  const classes = all.find(({ tensor }) => tensor === output)?.units;
  if (output === null || classes == null) return null;
  const graph = new GraphWalk(summary);
  const linear = linearAfter(graph, layer).find(({ node }) => leadsTo(graph, node.outputs[0] ?? '', output));
  const stored = linear && storedWeights(graph, linear.node, linear.position);
  const values = stored && (await readConstant(model, stored.name));
  if (!stored || !values) return null;
  const { dims, unitsFirst, scale } = stored;
  const units = dims.at(unitsFirst ? 0 : 1) ?? 0;
  const known = all.find(({ tensor }) => tensor === layer)?.units ?? units;
  if (values.length !== units * classes || units !== known) return null;
  const weights = new Float32Array(values.length);
  for (let unit = 0; unit < units; unit++) {
    for (let one = 0; one < classes; one++) {
      weights[unit * classes + one] = scale * values[unitsFirst ? unit * classes + one : one * units + unit];
    }
  }
  return { output, classes, weights };
}

function namedCount(summary: ModelSummary): number | undefined {
  const text = summary.metadata.get('classes') ?? summary.metadata.get('id2label');
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? Object.keys(json).length : undefined;
  } catch {
    return undefined;
  }
}

/** The linear operator that scores come from; undefined where they come from anything else. */
function linearBefore(graph: GraphWalk, scores: string): GraphNode | undefined {
  const seen = new Set<string>();
  const open = [scores];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const node = graph.producer(at);
    if (!node || seen.has(at)) continue;
    seen.add(at);
    if (isLinear(graph, node)) return node;
    if (node.op === 'Add')
      open.push(...node.inputs.filter((tensor) => graph.producer(tensor) && !graph.constant(tensor)));
    else if (AFTER.has(node.op) || MEANS.has(node.op)) open.push(node.inputs[0] ?? '');
  }
  return undefined;
}

/** Whether a tensor is made by a softmax, past operators that only hand it on. */
function softmaxBefore(graph: GraphWalk, scores: string): boolean {
  const op = graph.producer(graph.before(scores, HANDED_ON))?.op;
  return op === 'Softmax' || op === 'LogSoftmax';
}

function isLinear(graph: GraphWalk, node: GraphNode): boolean {
  return [0, 1].some((position) => storedWeights(graph, node, position) !== undefined);
}

/** The linear operators that read a tensor, past those that keep its units apart. */
function linearAfter(graph: GraphWalk, layer: string): { node: GraphNode; position: number }[] {
  const found: { node: GraphNode; position: number }[] = [];
  const seen = new Set<string>();
  const open = [layer];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const { node, position } of graph.readers(at)) {
      if (storedWeights(graph, node, position)) found.push({ node, position });
      else if (BEFORE.has(node.op) && position === 0) open.push(node.outputs[0] ?? '');
    }
  }
  return found;
}

function leadsTo(graph: GraphWalk, from: string, output: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    if (at === output) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const { node } of graph.readers(at)) {
      if (AFTER.has(node.op) || MEANS.has(node.op)) open.push(node.outputs[0] ?? '');
    }
  }
  return false;
}

/** The stored weights of a linear operator. */
interface StoredWeights {
  readonly name: string;
  /** Without the sizes of the kernel, which are 1. */
  readonly dims: readonly number[];
  /** Whether they are [units, classes] as stored, and not [classes, units]. */
  readonly unitsFirst: boolean;
  /** Factor of all of them. */
  readonly scale: number;
}

/** The weights of a Gemm, a MatMul or a 1x1 convolution whose data come in at a position; undefined for anything else. */
function storedWeights(graph: GraphWalk, node: GraphNode, position: number): StoredWeights | undefined {
  const int = (name: string, otherwise: number): number => {
    const attribute = node.attributes.get(name);
    return attribute?.kind === 'int' || attribute?.kind === 'float' ? attribute.value : otherwise;
  };
  if (node.op === 'Gemm' && position === 0 && int('transA', 0) === 0) {
    return weightsOf(graph, node.inputs[1], int('transB', 0) === 0, int('alpha', 1));
  }
  if (node.op === 'MatMul') return weightsOf(graph, node.inputs[1 - position], position === 0, 1);
  if (node.op === 'Conv' && position === 0 && int('group', 1) === 1) return weightsOf(graph, node.inputs[1], false, 1);
  return undefined;
}

function weightsOf(
  graph: GraphWalk,
  tensor: string | undefined,
  unitsFirst: boolean,
  scale: number,
): StoredWeights | undefined {
  let at = tensor ?? '';
  let turned = false;
  for (let node = graph.producer(at); node && STORED_AS.has(node.op); node = graph.producer(at)) {
    turned = turned !== (node.op === 'Transpose');
    at = node.inputs[0] ?? '';
  }
  const stored = graph.constant(at);
  if (!stored || stored.dims.length < 2 || stored.dims.slice(2).some((size) => size !== 1)) return undefined;
  return { name: at, dims: stored.dims.slice(0, 2), unitsFirst: unitsFirst !== turned, scale };
}
