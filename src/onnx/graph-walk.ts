import type { GraphNode, Initializer, ModelSummary } from './model-summary.ts';

/** A tensor read by an operator, at one of its inputs. */
export interface Reading {
  readonly node: GraphNode;
  readonly position: number;
}

/** A graph's tensors, and which operators compute and read them. */
export class GraphWalk {
  readonly #summary: ModelSummary;
  readonly #producers = new Map<string, GraphNode>();
  readonly #readers = new Map<string, Reading[]>();

  constructor(summary: ModelSummary) {
    this.#summary = summary;
    for (const node of summary.nodes) {
      for (const tensor of node.outputs) this.#producers.set(tensor, node);
      for (const [position, tensor] of node.inputs.entries()) {
        const readings = this.#readers.get(tensor);
        if (readings) readings.push({ node, position });
        else this.#readers.set(tensor, [{ node, position }]);
      }
    }
  }

  /** The operator that computes a tensor; undefined for inputs and constants. */
  producer(tensor: string): GraphNode | undefined {
    return this.#producers.get(tensor);
  }

  /** Who reads a tensor, in the order of the file. */
  readers(tensor: string): readonly Reading[] {
    return this.#readers.get(tensor) ?? [];
  }

  /** The first tensor on the way back, along first inputs, that none of these operators computes. Damaged files may go in circles. */
  before(tensor: string, passed: ReadonlySet<string>): string {
    const seen = new Set<string>();
    let at = tensor;
    for (;;) {
      const node = this.#producers.get(at);
      if (!node || !passed.has(node.op) || !node.inputs[0] || seen.has(at)) return at;
      seen.add(at);
      at = node.inputs[0];
    }
  }

  /** A constant of the file: an initializer, or what a Constant operator holds. */
  constant(tensor: string): Initializer | undefined {
    const stored = this.#summary.initializers.get(tensor);
    if (stored) return stored;
    const node = this.#producers.get(tensor);
    const value = node?.op === 'Constant' ? node.attributes.get('value') : undefined;
    return value?.kind === 'tensor' ? value.value : undefined;
  }
}
