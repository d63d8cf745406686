import type { GraphWalk } from './graph-walk.ts';
import { linearWeights, numberOf, storedName } from './linear-weights.ts';
import type { GraphNode } from './model-summary.ts';
import { readConstant } from './read-constant.ts';

/**
 * The factor by which an operator that keeps units apart takes each of them: the scale of a batch normalization, of a product with a constant,
 * the sum of a depthwise kernel; -1 where it turns the sign; 1 for everything else, activation functions too.
 *
 * @param model the file's bytes
 * @param position of the input that the data come in at
 * @param units how many there are
 * @returns null, if its numbers cannot be read, or are not one for each unit
 */
export async function unitScales(
  model: Uint8Array,
  graph: GraphWalk,
  node: GraphNode,
  position: number,
  units: number,
): Promise<Float64Array | null> {
  const all = (value: number): Float64Array => new Float64Array(units).fill(value);
  switch (node.op) {
    case 'Neg':
      return all(-1);
    case 'Sub':
      return all(position === 1 ? -1 : 1);
    case 'BatchNormalization':
      return normalization(model, graph, node, units);
    case 'Mul':
    case 'Div': {
      // A constant divided by the data is no scale.
      if (node.op === 'Div' && position === 1) return null;
      const values = await constant(model, graph, node.inputs[1 - position] ?? '');
      if (values?.length !== 1 && values?.length !== units) return null;
      return Float64Array.from({ length: units }, (_, unit) => {
        const value = values[values.length === 1 ? 0 : unit];
        return node.op === 'Mul' ? value : 1 / value;
      });
    }
    case 'Conv': {
      const kernel = await linearWeights(model, graph, node, position);
      if (kernel?.inputs !== units || kernel.outputs !== units) return null;
      return Float64Array.from({ length: units }, (_, unit) => kernel.weights[unit * units + unit]);
    }
    default:
      return all(1);
  }
}

async function normalization(
  model: Uint8Array,
  graph: GraphWalk,
  node: GraphNode,
  units: number,
): Promise<Float64Array | null> {
  const scale = await constant(model, graph, node.inputs[1] ?? '');
  const variance = await constant(model, graph, node.inputs[4] ?? '');
  if (scale?.length !== units || variance?.length !== units) return null;
  const epsilon = numberOf(node, 'epsilon', 1e-5);
  return Float64Array.from({ length: units }, (_, unit) => scale[unit] / Math.sqrt(variance[unit] + epsilon));
}

async function constant(model: Uint8Array, graph: GraphWalk, tensor: string): Promise<Float32Array | undefined> {
  const name = storedName(graph, tensor);
  return name === undefined ? undefined : readConstant(model, name);
}
