import type { Dim, Known } from './known.ts';
import type { GraphNode } from './model-summary.ts';

/** The shapes of an operator's outputs, as far as they follow from what is known of its inputs. */
export type ShapeRule = (node: NodeView) => readonly (readonly Dim[] | undefined)[] | undefined;

/** One operator with what is known of its inputs; the rules of shapes read it. */
export class NodeView {
  readonly node: GraphNode;
  readonly opset: number;
  readonly #known: ReadonlyMap<string, Known>;

  constructor(node: GraphNode, opset: number, known: ReadonlyMap<string, Known>) {
    this.node = node;
    this.opset = opset;
    this.#known = known;
  }

  /** What is known of the input at a position; undefined where it is left out or unknown. */
  input(position: number): Known | undefined {
    return this.#known.get(this.node.inputs[position] ?? '');
  }

  dims(position: number): readonly Dim[] | undefined {
    return this.input(position)?.dims;
  }

  values(position: number): readonly Dim[] | undefined {
    return this.input(position)?.values;
  }

  /** Values of an input that all are known. */
  numbers(position: number): readonly number[] | undefined {
    const values = this.values(position);
    return values?.every((value) => value !== null) ? (values as readonly number[]) : undefined;
  }

  int(name: string): number | undefined;
  int(name: string, otherwise: number): number;
  int(name: string, otherwise?: number): number | undefined {
    const attribute = this.node.attributes.get(name);
    return attribute?.kind === 'int' ? attribute.value : otherwise;
  }

  ints(name: string): readonly number[] | undefined {
    const attribute = this.node.attributes.get(name);
    return attribute?.kind === 'ints' ? attribute.value : undefined;
  }

  floats(name: string): readonly number[] | undefined {
    const attribute = this.node.attributes.get(name);
    return attribute?.kind === 'floats' ? attribute.value : undefined;
  }

  string(name: string): string {
    const attribute = this.node.attributes.get(name);
    return attribute?.kind === 'string' ? attribute.value : '';
  }

  /** Axes given as an attribute (older operator sets) or as the input at a position (newer ones). */
  axes(position: number): readonly number[] | undefined {
    return this.ints('axes') ?? this.numbers(position);
  }
}
