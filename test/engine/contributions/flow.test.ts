import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contribution } from '../../../src/engine/contributions/contributions.ts';
import { flowDown, flowFrom, lowest } from '../../../src/engine/contributions/flow.ts';

const list = (...pairs: readonly (readonly [number, number])[]): Contribution[] =>
  pairs.map(([unit, value]) => ({ unit, value }));

describe('a flow through layers', () => {
  it('divides what comes to a node as the values of its contributors are, and joins units that several have', () => {
    const one = flowDown(flowFrom(5), [list([7, 3], [2, 1])]);
    const two = flowDown(one, [list([4, 0.2]), list([4, 0.5], [9, 0.5])]);
    expect(two).toEqual({
      nodes: [
        { level: 0, number: 5, share: 1 },
        { level: 1, number: 2, share: 0.25 },
        { level: 1, number: 7, share: 0.75 },
        { level: 2, number: 4, share: 0.625 },
        { level: 2, number: 9, share: 0.375 },
      ],
      links: [
        { from: 0, to: 2, value: 3, share: 0.75 },
        { from: 0, to: 1, value: 1, share: 0.25 },
        { from: 1, to: 3, value: 0.2, share: 0.25 },
        { from: 2, to: 3, value: 0.5, share: 0.375 },
        { from: 2, to: 4, value: 0.5, share: 0.375 },
      ],
    });
  });

  it('ends where nothing contributes', () => {
    const one = flowDown(flowFrom(0), [list([1, 1], [2, 1])]);
    const two = flowDown(one, [list([3, -1]), list([3, 2])]);
    expect(two.links.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [0, 2],
      [2, 3],
    ]);
    expect(flowDown(flowFrom(0), [[]])).toEqual(flowFrom(0));
  });

  it('neither gains nor loses anything on the way', () => {
    const some = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 50 }))
        .map(([unit, value]) => ({ unit, value })),
      { minLength: 1, maxLength: 5 },
    );
    const distinct = some.map((all) => [...new Map(all.map((one) => [one.unit, one])).values()]);
    fc.assert(
      fc.property(fc.array(fc.array(distinct, { minLength: 10, maxLength: 10 }), { maxLength: 4 }), (levels) => {
        let flow = flowFrom(3);
        for (const level of levels) flow = flowDown(flow, level.slice(0, lowest(flow).length));
        for (let level = 0; level <= levels.length; level += 1) {
          const shares = flow.nodes.filter((node) => node.level === level).map(({ share }) => share);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        }
        for (const [at, node] of flow.nodes.entries()) {
          const comes = flow.links.filter(({ to }) => to === at).reduce((sum, { share }) => sum + share, 0);
          if (node.level > 0) expect(comes).toBeCloseTo(node.share, 9);
        }
      }),
    );
  });
});
