import type { GraphWalk } from './graph-walk.ts';
import type { GraphNode } from './model-summary.ts';
import { readConstant } from './read-constant.ts';

/** The weights of a linear operator, with the positions of a convolution's kernel added up. */
export interface LinearWeights {
  /** Units that come in: channels of maps, numbers of a vector. */
  readonly inputs: number;
  /** Units that go out. */
  readonly outputs: number;
  /** `[outputs, inputs]`, row by row. */
  readonly weights: Float64Array;
}

/** Operators between a constant as it is stored and as it is read. */
const STORED_AS = new Set(['Cast', 'Identity', 'Transpose', 'Reshape', 'Unsqueeze', 'Squeeze']);
/** Those of them that leave the order of a matrix's numbers as it is, or turn the matrix around. */
const MATRIX_AS = new Set(['Cast', 'Identity', 'Transpose']);

/** A number that an attribute of an operator has. */
export function numberOf(node: GraphNode, name: string, otherwise: number): number {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'int' || attribute?.kind === 'float' ? attribute.value : otherwise;
}

/** The name under which a constant stands in the file, past operators that only store it otherwise; undefined for what is computed. */
export function storedName(graph: GraphWalk, tensor: string): string | undefined {
  let at = tensor;
  for (let node = graph.producer(at); node && STORED_AS.has(node.op); node = graph.producer(at))
    at = node.inputs[0] ?? '';
  return graph.constant(at) ? at : undefined;
}

/**
 * Reads the weights of a Gemm, a MatMul or a convolution, grouped or not.
 *
 * @param model the file's bytes
 * @param position of the input that the data come in at
 * @returns null, if its weights are not stored in the file as float or float16, or it is another operator
 */
export async function linearWeights(
  model: Uint8Array,
  graph: GraphWalk,
  node: GraphNode,
  position: number,
): Promise<LinearWeights | null> {
  if (node.op === 'Conv') return position === 0 ? kernelSums(model, graph, node) : null;
  if (node.op === 'Gemm' && (position !== 0 || numberOf(node, 'transA', 0) !== 0)) return null;
  if (node.op !== 'Gemm' && node.op !== 'MatMul') return null;
  const inputsFirst = node.op === 'Gemm' ? numberOf(node, 'transB', 0) === 0 : position === 0;
  const factor = node.op === 'Gemm' ? numberOf(node, 'alpha', 1) : 1;
  return matrix(model, graph, node.inputs[1 - position] ?? '', inputsFirst, factor);
}

async function matrix(
  model: Uint8Array,
  graph: GraphWalk,
  tensor: string,
  inputsFirst: boolean,
  factor: number,
): Promise<LinearWeights | null> {
  let at = tensor;
  let turned = false;
  for (let node = graph.producer(at); node && MATRIX_AS.has(node.op); node = graph.producer(at)) {
    turned = turned !== (node.op === 'Transpose');
    at = node.inputs[0] ?? '';
  }
  const dims = graph.constant(at)?.dims;
  if (dims?.length !== 2) return null;
  const values = await readConstant(model, at);
  const first = inputsFirst !== turned;
  const [inputs, outputs] = first ? dims : [dims[1], dims[0]];
  if (values?.length !== inputs * outputs) return null;
  const weights = new Float64Array(values.length);
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      weights[output * inputs + input] = factor * values[first ? input * outputs + output : output * inputs + input];
    }
  }
  return { inputs, outputs, weights };
}

/** Of a convolution: for each pair of channels the sum over the kernel, 0 for channels of different groups. */
async function kernelSums(model: Uint8Array, graph: GraphWalk, node: GraphNode): Promise<LinearWeights | null> {
  const name = storedName(graph, node.inputs[1] ?? '');
  const dims = name === undefined ? undefined : graph.constant(name)?.dims;
  if (name === undefined || !dims || dims.length < 3) return null;
  const groups = numberOf(node, 'group', 1);
  const [outputs, perGroup] = dims;
  const positions = dims.slice(2).reduce((product, size) => product * size, 1);
  const values = await readConstant(model, name);
  if (values?.length !== outputs * perGroup * positions || groups < 1 || outputs % groups !== 0) return null;
  const inputs = perGroup * groups;
  const weights = new Float64Array(outputs * inputs);
  for (let output = 0, at = 0; output < outputs; output++) {
    const row = output * inputs + Math.floor(output / (outputs / groups)) * perGroup;
    for (let input = 0; input < perGroup; input++) {
      let sum = 0;
      for (let position = 0; position < positions; position++, at++) sum += values[at];
      weights[row + input] = sum;
    }
  }
  return { inputs, outputs, weights };
}
