import type { Attribute, FileDim, GraphNode, Initializer, ValueInfo } from './model-summary.ts';
import { elemTypeName, readTensor } from './read-tensor.ts';
import { bytes, floats, integers, text, walk } from './wire.ts';

/** What the graph messages of a file add up to. Protobuf lets a message come in several parts; each adds to the lists. */
export interface GraphParts {
  name: string;
  readonly nodes: GraphNode[];
  readonly inputs: ValueInfo[];
  readonly outputs: ValueInfo[];
  readonly valueInfos: Map<string, ValueInfo>;
  readonly initializers: Map<string, Initializer>;
}

/** Which part of the graph could not be read, for people: `operator 12`, `initializer 3`. */
export class DamagedPart extends Error {
  readonly where: string;

  constructor(where: string, cause: unknown) {
    super(`${where} is damaged`, { cause });
    this.where = where;
  }
}

/** Reads a GraphProto into the parts. @throws DamagedPart */
export function readGraph(message: Uint8Array, parts: GraphParts): void {
  const counts = new Map<string, number>();
  const part = (kind: string, read: (part: Uint8Array) => void) =>
    bytes((value) => {
      const number = counts.get(kind) ?? 0;
      counts.set(kind, number + 1);
      try {
        read(value);
      } catch (error) {
        throw new DamagedPart(`${kind} ${number}`, error);
      }
    });
  try {
    walk(message, {
      1: part('operator', (node) => parts.nodes.push(readNode(node))),
      2: text((name) => (parts.name = name)),
      5: part('initializer', (tensor) => {
        const initializer = readTensor(tensor);
        parts.initializers.set(initializer.name, initializer);
      }),
      11: part('input', (info) => parts.inputs.push(readValueInfo(info))),
      12: part('output', (info) => parts.outputs.push(readValueInfo(info))),
      13: part('value info', (info) => {
        const value = readValueInfo(info);
        parts.valueInfos.set(value.name, value);
      }),
      15: part('sparse initializer', (sparse) => {
        walk(sparse, {
          1: bytes((tensor) => {
            const initializer = readTensor(tensor);
            parts.initializers.set(initializer.name, initializer);
          }),
        });
      }),
    });
  } catch (error) {
    if (error instanceof DamagedPart) throw error;
    throw new DamagedPart('the graph', error);
  }
}

function readNode(message: Uint8Array): GraphNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  let name = '';
  let op = '';
  let domain = '';
  let hasSubgraph = false;
  walk(message, {
    1: text((input) => inputs.push(input)),
    2: text((output) => outputs.push(output)),
    3: text((value) => (name = value)),
    4: text((value) => (op = value)),
    5: bytes((value) => {
      const attribute = readAttribute(value);
      if (attribute === 'subgraph') hasSubgraph = true;
      else if (attribute) attributes.set(attribute[0], attribute[1]);
    }),
    7: text((value) => (domain = value === 'ai.onnx' ? '' : value)),
  });
  return { name, op, domain, inputs, outputs, attributes, hasSubgraph };
}

function readAttribute(message: Uint8Array): [name: string, attribute: Attribute] | 'subgraph' | undefined {
  const ints: number[] = [];
  const reals: number[] = [];
  const strings: string[] = [];
  let name = '';
  let single: Attribute | undefined;
  let subgraph = false;
  const utf8 = new TextDecoder();
  walk(message, {
    1: text((value) => (name = value)),
    2: floats((value) => (single = { kind: 'float', value })),
    3: integers((value) => (single = { kind: 'int', value })),
    4: bytes((value) => (single = { kind: 'string', value: utf8.decode(value) })),
    5: bytes((value) => (single = { kind: 'tensor', value: readTensor(value) })),
    6: bytes(() => (subgraph = true)),
    7: floats((value) => reals.push(value)),
    8: integers((value) => ints.push(value)),
    9: bytes((value) => strings.push(utf8.decode(value))),
    11: bytes(() => (subgraph = true)),
  });
  if (subgraph) return 'subgraph';
  if (ints.length) return [name, { kind: 'ints', value: ints }];
  if (reals.length) return [name, { kind: 'floats', value: reals }];
  if (strings.length) return [name, { kind: 'strings', value: strings }];
  return single && [name, single];
}

function readValueInfo(message: Uint8Array): ValueInfo {
  let name = '';
  let elemType = 'unknown';
  let dims: FileDim[] | undefined;
  walk(message, {
    1: text((value) => (name = value)),
    2: bytes((type) => {
      walk(type, {
        1: bytes((tensor) => {
          walk(tensor, {
            1: integers((code) => (elemType = elemTypeName(code))),
            2: bytes((shape) => {
              const found: FileDim[] = [];
              walk(shape, { 1: bytes((dim) => found.push(readDim(dim))) });
              dims = found;
            }),
          });
        }),
      });
    }),
  });
  return { name, elemType, ...(dims && { dims }) };
}

function readDim(message: Uint8Array): FileDim {
  let dim: FileDim = null;
  walk(message, {
    1: integers((value) => (dim = value)),
    2: text((symbol) => (dim = symbol || null)),
  });
  return dim;
}
