import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRuns, runChanges } from '../../../src/probing/coco/run-lengths.ts';
import { goldenJson } from '../support/trees.ts';

interface GoldenMask {
  readonly text: string;
  readonly runs: readonly number[];
  readonly area: number;
}

const { masks } = goldenJson('coco', 'masks.json') as { readonly masks: readonly GoldenMask[] };

/** The inverse of what is tested, after the description in decodeRuns. */
function encodeRuns(runs: readonly number[]): string {
  return runs
    .map((run, at) => {
      let rest = at > 2 ? run - runs[at - 2] : run;
      let text = '';
      for (;;) {
        const bits = rest & 31;
        rest >>= 5;
        const done = (bits & 16) === 0 ? rest === 0 : rest === -1;
        text += String.fromCharCode(48 + bits + (done ? 0 : 32));
        if (done) return text;
      }
    })
    .join('');
}

describe('compressed runs', () => {
  it.each(masks)("are decoded as COCO's own tools made them: $text", ({ text, runs, area }) => {
    expect(decodeRuns(text)).toEqual(runs);
    const changes = runChanges(runs);
    let inside = 0;
    for (let at = 0; at < changes.length; at += 2) inside += changes[at + 1] - changes[at];
    expect(inside).toBe(area);
  });

  it('come back from what an encoder makes of them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 30)), (runs) => {
        expect(decodeRuns(encodeRuns(runs))).toEqual(runs);
      }),
    );
  });

  it.each(['P', '0 1', '0é', '\u00a0'])('that are none: %j', (text) => {
    expect(decodeRuns(text)).toBeUndefined();
  });

  it('change where a run ends; an open end is no change', () => {
    expect(Array.from(runChanges([2, 3, 1]))).toEqual([2, 5]);
    expect(Array.from(runChanges([0, 3, 1, 2]))).toEqual([0, 3, 4, 6]);
  });
});
