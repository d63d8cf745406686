import { sankey } from 'd3-sankey';
import type { Flow, FlowLink, FlowNode } from '../../engine/contributions/flow.ts';

/** A node with its place in the drawing, in pixels. */
export interface PlacedNode extends FlowNode {
  /** Its place in the flow's list. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** A link with its line. */
export interface PlacedLink extends FlowLink {
  /** The line's middle, as the `d` of a path. */
  readonly path: string;
  /** Thickness of the line. */
  readonly thickness: number;
}

/** A flow laid out from left to right, a column a level. */
export interface PlacedFlow {
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
  readonly width: number;
  readonly height: number;
  /** Left ends of the columns. */
  readonly columns: readonly number[];
  /** Pixels for the text beside a node. */
  readonly room: number;
}

/** Width of a node's bar. */
export const barWidth = 8;

/** Height of the names of the columns. */
export const headHeight = 26;

/** Height that a node takes with its two lines of text. */
const rowHeight = 46;

/** Least height between two nodes, in which two lines of text stand. */
const gap = 30;

/** Narrowest column in which a unit's number can be read. */
const leastColumn = 92;

/**
 * Lays a flow out (Sankey diagram: d3-sankey). Bars and lines are as thick as the shares that come to them.
 *
 * @param available pixels in width; a flow of many levels takes more, to be scrolled
 */
export function layoutFlow({ nodes, links }: Flow, available: number): PlacedFlow {
  const levels = nodes.reduce((most, { level }) => Math.max(most, level), 0) + 1;
  const column = Math.max(leastColumn, available / levels);
  const width = column * levels;
  const counts = Array.from({ length: levels }, (_, at) => nodes.filter(({ level }) => level === at).length);
  const height = headHeight + rowHeight * Math.max(2, ...counts);
  const made = sankey<FlowNode & { place: number }, FlowLink>()
    .nodeId((node) => node.place)
    .nodeAlign((node) => node.level)
    .nodeWidth(barWidth)
    .nodePadding(gap)
    .extent([
      [0, headHeight + gap / 2],
      [column * (levels - 1) + barWidth, height - gap / 2],
    ])({
    nodes: nodes.map((node, place) => ({ ...node, place })),
    links: links.map((link) => ({ ...link, source: link.from, target: link.to, value: link.share })),
  });
  const placed = made.nodes.map(({ level, number, share, place, x0 = 0, y0 = 0, y1 = 0 }): PlacedNode => {
    return { level, number, share, index: place, x: x0, y: y0, height: Math.max(1, y1 - y0) };
  });
  return {
    nodes: placed,
    links: made.links.map(({ width: thickness = 0, y0 = 0, y1 = 0 }, at) => {
      const [from, to] = [placed[links[at].from].x + barWidth, placed[links[at].to].x];
      const middle = (from + to) / 2;
      const path = `M${from},${y0}C${middle},${y0} ${middle},${y1} ${to},${y1}`;
      return { ...links[at], path, thickness: Math.max(1, thickness) };
    }),
    width,
    height,
    columns: Array.from({ length: levels }, (_, level) => level * column),
    room: column - barWidth - 12,
  };
}
