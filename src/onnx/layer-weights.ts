import { GraphWalk } from './graph-walk.ts';
import { layers, type Layer } from './layers.ts';
import { linearWeights, numberOf, storedName, type LinearWeights } from './linear-weights.ts';
import { modelInput } from './model-input.ts';
import type { GraphNode, ModelSummary } from './model-summary.ts';
import { unitScales } from './unit-scales.ts';
import { waysBetween, type Ways } from './ways-between.ts';

/** The weights by which the units of a lower layer make those of an upper one. Plain data. */
export interface LayerWeights {
  /** `[upper units, lower units]`, row by row. */
  readonly weights: Float32Array;
  readonly upperUnits: number;
  readonly lowerUnits: number;
  /** The linear operator they are of: `Conv`, `Gemm` or `MatMul`. */
  readonly operator: string;
  /** Positions of its kernel, or of the maps that it reads as one vector, over which weights were added up; 1: none were. */
  readonly positions: number;
  /** Something is added that does not come from the lower layer, as a shortcut around it does; no weight tells its part. */
  readonly addedBeside: boolean;
}

/** Why there are no such weights, in a sentence. */
export interface NoLayerWeights {
  readonly reason: string;
}

const LINEAR = new Set(['Conv', 'Gemm', 'MatMul']);
/** Operators that keep units apart whatever they do to each: activation functions, pooling, shapes. */
const APART = new Set(
  `Relu LeakyRelu PRelu ThresholdedRelu Elu Selu Celu Clip Sigmoid HardSigmoid HardSwish Swish Gelu Mish Tanh Softplus Softsign
  Erf Exp Abs Sqrt Neg Dropout Identity Cast BatchNormalization MaxPool AveragePool LpPool GlobalAveragePool GlobalMaxPool GlobalLpPool
  ReduceMean ReduceMax ReduceSum ReduceL2 Resize Upsample Pad Flatten Reshape Squeeze Unsqueeze Transpose`.split(/\s+/),
);
/** Operators that combine tensors value by value. */
const BY_VALUE = new Set(['Add', 'Sub', 'Sum', 'Mul', 'Div', 'Pow', 'Min', 'Max']);
const ADDING = new Set(['Add', 'Sub', 'Sum']);

const reasons = {
  unknown: (layer: string) => `The model has no layer ${layer}.`,
  turned: (lower: string, upper: string) => `${lower} is made of ${upper}, not the other way round.`,
  apart: (lower: string, upper: string) => `${upper} is not computed from ${lower}.`,
  none: (lower: string, upper: string) =>
    `No linear operator lies between ${lower} and ${upper}: each unit is made of the one with the same number.`,
  several: (lower: string, upper: string, count: number) =>
    `${count} linear operators lie between ${lower} and ${upper}, so no single weight leads from unit to unit. Choose layers with one between them.`,
  mixes: (lower: string, upper: string, op: string) =>
    `Between ${lower} and ${upper} lies ${op}, behind which a weight no longer tells what a unit does.`,
  past: (lower: string, upper: string, op: string) =>
    `${lower} also reaches ${upper} past the ${op}, by another branch that is added, so the weights are not all there is.`,
  unread: (op: string) => `The weights of the ${op} between them are not stored in the file as float or float16.`,
  sizes: (op: string) => `The units of the layers do not line up with the weights of the ${op} between them.`,
} as const;

/**
 * The weights by which the units of a layer make those of a later one, read from the model's file. There are such where exactly one
 * linear operator lies between them and all ways lead through it; everything else there keeps units apart: activation functions, pooling,
 * dropout, a bias, a batch normalization, whose scale is folded in, as are products with constants and depthwise convolutions. Weights of a
 * convolution are added up over its kernel, with their signs; those of a product that reads maps as one vector, over the positions.
 *
 * @param model the file that `summary` is of; one that modelInput accepts
 * @param lower name of the tensor of the earlier layer
 * @param upper name of the tensor of the later layer
 */
export async function layerWeights(
  model: Blob | Uint8Array,
  summary: ModelSummary,
  lower: string,
  upper: string,
): Promise<LayerWeights | NoLayerWeights> {
  const all = layers(summary, modelInput(summary));
  const [low, up] = [lower, upper].map((name) => all.find(({ tensor }) => tensor === name));
  if (!low || !up) return { reason: reasons.unknown(low ? upper : lower) };
  const graph = new GraphWalk(summary);
  const ways = waysBetween(summary, lower, upper);
  if (!ways) return { reason: reasons[waysBetween(summary, upper, lower) ? 'turned' : 'apart'](lower, upper) };
  const linear = theLinear(ways, graph);
  if (typeof linear === 'number') return { reason: reasons[linear === 0 ? 'none' : 'several'](lower, upper, linear) };
  const mixing = ways.nodes.find((node) => node !== linear && !keepsApart(graph, ways, node));
  if (mixing) return { reason: reasons.mixes(lower, upper, mixing.op) };
  if (!ways.isOnAll(linear)) return { reason: reasons.past(lower, upper, linear.op) };
  const file = model instanceof Blob ? new Uint8Array(await model.arrayBuffer()) : model;
  const found = await linearWeights(file, graph, linear, dataPosition(ways, linear));
  if (!found) return { reason: reasons.unread(linear.op) };
  const sizes = sizesOf(all, ways, linear, found, low, up);
  const weights = sizes && (await scaled(file, graph, ways, linear, found, sizes));
  if (!weights) return { reason: reasons.sizes(linear.op) };
  return {
    weights,
    upperUnits: found.outputs,
    lowerUnits: sizes.units,
    operator: linear.op,
    positions: sizes.positions * kernelPositions(graph, linear),
    addedBeside: ways.nodes.some((node) => addsBeside(graph, ways, node)),
  };
}

/** The one linear operator between two layers, or how many there are. Depthwise ones beside another only scale units. */
function theLinear(ways: Ways, graph: GraphWalk): GraphNode | number {
  const linear = ways.nodes.filter(({ op }) => LINEAR.has(op));
  const mixing = linear.length > 1 ? linear.filter((node) => !isDepthwise(graph, node)) : linear;
  return mixing.length === 1 ? mixing[0] : linear.length;
}

/** A convolution that makes each channel of the one with the same number. */
function isDepthwise(graph: GraphWalk, node: GraphNode): boolean {
  const dims = graph.constant(storedName(graph, node.inputs[1] ?? '') ?? '')?.dims;
  return node.op === 'Conv' && dims?.[1] === 1 && numberOf(node, 'group', 1) === dims[0];
}

function keepsApart(graph: GraphWalk, ways: Ways, node: GraphNode): boolean {
  if (APART.has(node.op)) return true;
  if (LINEAR.has(node.op)) return isDepthwise(graph, node);
  if (!BY_VALUE.has(node.op)) return false;
  // A factor that is neither stored nor of the units themselves differs from sample to sample.
  return (
    ADDING.has(node.op) ||
    node.inputs.every((input) => ways.isFromLower(input) || storedName(graph, input) !== undefined)
  );
}

function addsBeside(graph: GraphWalk, ways: Ways, node: GraphNode): boolean {
  return (
    ADDING.has(node.op) &&
    node.inputs.some((input) => !ways.isFromLower(input) && storedName(graph, input) === undefined)
  );
}

function dataPosition(ways: Ways, node: GraphNode): number {
  return node.inputs.findIndex((input) => ways.isFromLower(input));
}

function kernelPositions(graph: GraphWalk, node: GraphNode): number {
  if (node.op !== 'Conv') return 1;
  const dims = graph.constant(storedName(graph, node.inputs[1] ?? '') ?? '')?.dims ?? [];
  return dims.slice(2).reduce((product, size) => product * size, 1);
}

/** How the lower layer's units stand in what the linear operator reads. */
interface InputSizes {
  /** Units of the lower layer. */
  readonly units: number;
  /** Numbers of each unit that the operator reads beside one another: positions of maps that were made a vector; else 1. */
  readonly positions: number;
  /** Whether a unit's numbers stand together, and not those of a position. */
  readonly unitsFirst: boolean;
}

/** Null where the weights do not fit the layers. */
function sizesOf(
  all: readonly Layer[],
  ways: Ways,
  linear: GraphNode,
  { inputs, outputs }: LinearWeights,
  low: Layer,
  up: Layer,
): InputSizes | null {
  const units = low.units ?? inputs;
  const positions = inputs / units;
  if (!Number.isInteger(positions) || (up.units !== null && up.units !== outputs)) return null;
  const at = ways.nodes.indexOf(linear);
  const unitsOf = new Map(all.map((layer) => [layer.tensor, layer.units]));
  const allowed = (tensor: string, ...counts: readonly number[]): boolean => {
    const found = unitsOf.get(tensor) ?? null;
    return found === null || counts.includes(found);
  };
  const fits = ways.nodes.every((node, place) => {
    if (node === linear) return true;
    const tensor = node.outputs[0] ?? '';
    // What a graph turns around or lays out anew is told by the sizes at both ends.
    if (node.op === 'Transpose' || node.op === 'Reshape') return true;
    return place < at ? allowed(tensor, units, inputs) : allowed(tensor, outputs);
  });
  if (!fits) return null;
  if (positions === 1) return { units, positions, unitsFirst: true };
  const turns = ways.nodes.slice(0, at).filter(({ op }) => op === 'Transpose');
  if (turns.length > 1 || low.layout === 'tokens' || low.layout === 'flat') return null;
  const isTurned = turns.some((node) => {
    const perm = node.attributes.get('perm');
    return perm?.kind === 'ints' && perm.value.join() === (low.layout === 'NCHW' ? '0,2,3,1' : '0,3,1,2');
  });
  if (turns.length > 0 && !isTurned) return null;
  return { units, positions, unitsFirst: (low.layout === 'NCHW') !== isTurned };
}

/** The weights between units, with the scales of what lies on every way before and behind; null where these cannot be read. */
async function scaled(
  file: Uint8Array,
  graph: GraphWalk,
  ways: Ways,
  linear: GraphNode,
  { inputs, outputs, weights }: LinearWeights,
  { units, positions, unitsFirst }: InputSizes,
): Promise<Float32Array | null> {
  const before = new Float64Array(units).fill(1);
  const behind = new Float64Array(outputs).fill(1);
  const at = ways.nodes.indexOf(linear);
  const joins = (node: GraphNode): boolean => node.inputs.filter((input) => ways.isFromLower(input)).length > 1;
  const isWrittenOut = [ways.nodes.slice(0, at).some(joins), ways.nodes.slice(at + 1).some(joins)];
  for (const [place, node] of ways.nodes.entries()) {
    if (node === linear || !ways.isOnAll(node) || joins(node)) continue;
    // Constants of an activation function that is written out, as x * sigmoid(x) is, are no scale.
    if (isWrittenOut[place < at ? 0 : 1] && (node.op === 'Mul' || node.op === 'Div')) continue;
    const side = place < at ? before : behind;
    const scales = await unitScales(file, graph, node, dataPosition(ways, node), side.length);
    if (!scales) return null;
    for (let unit = 0; unit < side.length; unit++) side[unit] *= scales[unit];
  }
  const sums = new Float64Array(outputs * units);
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      const unit = unitsFirst ? Math.floor(input / positions) : input % units;
      sums[output * units + unit] += weights[output * inputs + input];
    }
  }
  return Float32Array.from(sums, (sum, index) => sum * behind[Math.floor(index / units)] * before[index % units]);
}
