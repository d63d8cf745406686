import type { Contribution } from './contributions.ts';

/** A class, or a unit of a layer, in a {@link Flow}. */
export interface FlowNode {
  /** 0: what the flow starts from; 1: the layer below it, and so on. */
  readonly level: number;
  /** The unit; of a class its place in the model's output. */
  readonly number: number;
  /** Part of what it starts from that comes to it, 0 to 1. */
  readonly share: number;
}

/** What a node is made of. */
export interface FlowLink {
  /** The upper node, by its place in {@link Flow.nodes}. */
  readonly from: number;
  /** The lower node, likewise. */
  readonly to: number;
  /** The weight, r or IoU between them, above 0. */
  readonly value: number;
  /** Part of what the flow starts from that goes this way, 0 to 1. */
  readonly share: number;
}

/**
 * From a class or a unit down through the layers, each node made of the units that contribute most to it. What comes to a node is divided
 * among those that are shown, as their values are to one another.
 */
export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}

/** A flow of nothing but its start. */
export function flowFrom(number: number): Flow {
  return { nodes: [{ level: 0, number, share: 1 }], links: [] };
}

/** The nodes at the lower end of a flow. */
export function lowest({ nodes }: Flow): readonly FlowNode[] {
  const level = nodes.reduce((most, node) => Math.max(most, node.level), 0);
  return nodes.filter((node) => node.level === level);
}

/**
 * A flow led on by one layer. Nodes that nothing contributes to end where they are.
 *
 * @param contributors what each of its lowest nodes is made of, in the order of {@link lowest}; only values above 0 count
 */
export function flowDown(flow: Flow, contributors: readonly (readonly Contribution[])[]): Flow {
  const ends = lowest(flow);
  const level = ends[0].level + 1;
  const shares = new Map<number, number>();
  const parts = ends.flatMap((end, at) => {
    const some = contributors[at].filter(({ value }) => value > 0);
    const sum = some.reduce((total, { value }) => total + value, 0);
    return some.map(({ unit, value }) => {
      const share = (end.share * value) / sum;
      shares.set(unit, (shares.get(unit) ?? 0) + share);
      return { from: flow.nodes.indexOf(end), unit, value, share };
    });
  });
  const below = [...shares.keys()].sort((one, other) => one - other);
  const nodes = [...flow.nodes, ...below.map((number) => ({ level, number, share: shares.get(number) ?? 0 }))];
  const places = new Map(below.map((unit, at) => [unit, flow.nodes.length + at]));
  const links = parts.map(({ unit, ...part }) => ({ ...part, to: places.get(unit) ?? 0 }));
  return { nodes, links: [...flow.links, ...links] };
}
