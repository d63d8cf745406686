import { describe, expect, it } from 'vitest';
import { flowDown, flowFrom, lowest } from '../../src/engine/contributions/flow.ts';
import { barWidth, layoutFlow } from '../../src/ui/charts/flow-layout.ts';
import { contributionsAnswer, unknownText, weightFactsText } from '../../src/ui/text/contributions.ts';

describe('a flow laid out', () => {
  const units = (...values: readonly number[]) => values.map((value, unit) => ({ unit, value }));
  const wide = flowDown(flowFrom(0), [units(1, 2, 3, 4, 5, 6, 7, 8)]);
  const flow = flowDown(
    wide,
    lowest(wide).map(({ number }) => units(1, number + 1, 1)),
  );

  it('has a column a level, and nothing that lies over something else', () => {
    const placed = layoutFlow(flow, 900);
    expect(placed.columns).toEqual([0, 300, 600]);
    for (const node of placed.nodes) {
      expect(node.x).toBeCloseTo(placed.columns[node.level], 6);
      expect(node.y).toBeGreaterThan(0);
      expect(node.y + node.height).toBeLessThan(placed.height);
    }
    for (const level of [1, 2]) {
      const column = placed.nodes.filter((node) => node.level === level).sort((one, other) => one.y - other.y);
      // Two lines of text stand at each node's middle.
      const middles = column.map(({ y, height }) => y + height / 2);
      for (let at = 1; at < middles.length; at += 1) expect(middles[at] - middles[at - 1]).toBeGreaterThanOrEqual(28);
    }
    const [first] = placed.links;
    expect(first.path.startsWith(`M${barWidth},`)).toBe(true);
    expect(placed.links).toHaveLength(flow.links.length);
  });

  it('has bars as high as the lines that come to them, and lines as thick as their shares', () => {
    const placed = layoutFlow(flow, 900);
    const scale = placed.nodes[0].height;
    for (const link of placed.links) expect(link.thickness).toBeCloseTo(Math.max(1, link.share * scale), 4);
    for (const node of placed.nodes) expect(node.height).toBeCloseTo(Math.max(1, node.share * scale), 4);
  });

  it('keeps room for a number in narrow places', () => {
    const placed = layoutFlow(flow, 120);
    expect(placed.width).toBe(3 * 92);
    expect(placed.room).toBeGreaterThan(60);
  });
});

describe('what units are made of, in words', () => {
  const contributors = [{ unit: 3, value: 0.81234 }];
  const inhibitors = [{ unit: 9, value: -0.5 }];

  it('names the strongest of each kind', () => {
    expect(contributionsAnswer({ contributors, inhibitors }, 'weight', 12, 'low')).toBe(
      'Of the units of low, unit 12 is pushed most by unit 3 (weight +0.812) and is held back most by unit 9 (weight −0.500).',
    );
    expect(contributionsAnswer({ contributors, inhibitors: [] }, 'correlation', 12, 'low')).toBe(
      'Of the units of low, unit 12 rises most with unit 3 (r +0.812).',
    );
    expect(contributionsAnswer({ contributors, inhibitors: [] }, 'iou', 12, 'low')).toBe(
      'Of the masks of low, that of unit 12 overlaps most with that of unit 3 (IoU 0.812). A mask takes nothing away, so there are no inhibitors.',
    );
    const none = { contributors: [], inhibitors: [] };
    expect(contributionsAnswer(none, 'iou', 12, 'low')).toBe('The mask of unit 12 overlaps no mask of low.');
    expect(contributionsAnswer(none, 'weight', 12, 'low')).toBe('No unit of low has to do with unit 12.');
  });

  it('says what has no number, and where weights come from', () => {
    expect(unknownText({ unknown: 0 }, 'iou')).toBe('');
    expect(unknownText({ unknown: 1 }, 'correlation')).toBe(
      '1 unit has no number: a unit with the same value everywhere goes with nothing.',
    );
    expect(weightFactsText({ operator: 'Gemm', positions: 1, addedBeside: false })).toBe(
      'Weights of the Gemm between the layers.',
    );
    expect(weightFactsText({ operator: 'Conv', positions: 9, addedBeside: true })).toBe(
      'Weights of the Conv between the layers, added up over 9 positions. Something else is added before the units, as a shortcut around this layer is; its part is in no weight.',
    );
  });
});
