import type { GraphNode, ModelSummary } from './model-summary.ts';

/** The operators on the ways by which one tensor becomes another. */
export interface Ways {
  /** In the order of computation; empty where both are the same tensor. */
  readonly nodes: readonly GraphNode[];
  /** Whether a tensor is computed from the first one, or is it. */
  isFromLower(tensor: string): boolean;
  /** Whether every way leads through this operator. */
  isOnAll(node: GraphNode): boolean;
}

/**
 * Finds the operators between two tensors of a graph.
 *
 * @returns null where `upper` is not computed from `lower`
 */
export function waysBetween({ nodes }: Pick<ModelSummary, 'nodes'>, lower: string, upper: string): Ways | null {
  const reached = reach(nodes, lower, null);
  if (!reached.has(upper)) return null;
  const needed = new Set([upper]);
  const between: GraphNode[] = [];
  for (const node of nodes.toReversed()) {
    const given = node.inputs.filter((tensor) => reached.has(tensor));
    const isNeeded = node.outputs.some((tensor) => needed.has(tensor) && tensor !== lower);
    if (given.length === 0 || !isNeeded) continue;
    between.push(node);
    for (const tensor of given) needed.add(tensor);
  }
  between.reverse();
  return {
    nodes: between,
    isFromLower: (tensor) => reached.has(tensor),
    isOnAll: (node) => !reach(between, lower, node).has(upper),
  };
}

/** The tensors that can be computed from one, past an operator that is taken out. */
function reach(nodes: readonly GraphNode[], from: string, without: GraphNode | null): ReadonlySet<string> {
  const reached = new Set([from]);
  for (const node of nodes) {
    if (node === without || !node.inputs.some((tensor) => reached.has(tensor))) continue;
    for (const tensor of node.outputs) if (tensor !== '') reached.add(tensor);
  }
  return reached;
}
