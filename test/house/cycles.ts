/**
 * Cycles of a directed graph: its strongly connected components of more than one node, by Tarjan's algorithm.
 *
 * @param edges targets by node; targets that are no nodes are ignored
 */
export function cycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];

  const visit = (node: string): number => {
    const rank = order.size;
    let low = rank;
    order.set(node, rank);
    open.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!edges.has(next)) continue;
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, lowest.get(next) ?? order.get(next) ?? low);
    }
    lowest.set(node, low);
    if (low === rank) {
      const component = open.splice(open.indexOf(node));
      if (component.length > 1) found.push(component);
    }
    return low;
  };

  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return found;
}
