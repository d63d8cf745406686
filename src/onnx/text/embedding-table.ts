import type { GraphWalk } from '../graph-walk.ts';
import type { GraphNode, Initializer } from '../model-summary.ts';

/** Operators that hand ids on, one for one. */
const HANDED_ON = new Set(
  'Cast Identity Transpose Reshape Flatten Squeeze Unsqueeze Clip Slice Split Concat Min Max'.split(' '),
);
/** Operators between a table as it is stored and as it is read. */
const STORED_AS = new Set(['Cast', 'Identity', 'DequantizeLinear', 'Dropout']);

/** In onnxruntime's operator EmbedLayerNormalization: position of the ids, and of the table they are looked up in. */
const FUSED: ReadonlyMap<number, number> = new Map([
  [0, 2],
  [1, 4],
  [8, 3],
]);

/** How ids reach the place where their rows are looked up. */
export interface Lookup {
  readonly table: Initializer;
  /** Name of the tensor with the rows. */
  readonly rows: string;
  /** Whether the two axes of the ids change places on the way. */
  readonly turned: boolean;
}

/** Where the values of a tensor are used as row numbers of a constant table; undefined where no such use is found. */
export function findLookup(graph: GraphWalk, ids: string): Lookup | undefined {
  const open = [{ tensor: ids, turned: false }];
  const seen = new Set<string>();
  for (let at = open.shift(); at; at = open.shift()) {
    if (seen.has(at.tensor)) continue;
    seen.add(at.tensor);
    for (const { node, position } of graph.readers(at.tensor)) {
      const table = tableOf(graph, node, position);
      if (table) return { table, rows: node.outputs[0] ?? '', turned: at.turned };
      if (!HANDED_ON.has(node.op)) continue;
      for (const tensor of node.outputs) open.push({ tensor, turned: at.turned !== (node.op === 'Transpose') });
    }
  }
  return undefined;
}

function tableOf(graph: GraphWalk, node: GraphNode, position: number): Initializer | undefined {
  const at =
    node.op === 'EmbedLayerNormalization'
      ? FUSED.get(position)
      : node.op === 'Gather' && position === 1
        ? 0
        : undefined;
  if (at === undefined) return undefined;
  const table = graph.constant(graph.before(node.inputs[at] ?? '', STORED_AS));
  return table?.dims.length === 2 ? table : undefined;
}
