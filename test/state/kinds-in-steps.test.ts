import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { kindsOfResults } from '../../src/engine/kinds/kinds-of-results.ts';
import type { KindGround } from '../../src/engine/kinds/kind-ground.ts';
import type { NamedConcept } from '../../src/engine/kinds/name-similarity.ts';
import { analysisOf } from '../../src/state/analysis.svelte.ts';
import { agreementOf, labelsAmong, labelShares, lengthsShown } from '../../src/state/kind-numbers.ts';
import type { UnitId } from '../../src/engine/ids.ts';
import { FakePairEvidence } from '../ui/fake-pair-evidence.ts';
import { fakePairResults } from '../ui/fake-pair-results.ts';

const evidence = new FakePairEvidence();
const ground: KindGround = { hits: [1, 1], shared: [], withoutNot: 0.01 };

describe('kinds asked for in steps', () => {
  it.each([
    ['kinds', 3],
    ['kindsAtLongest', fakePairResults.settings.length],
  ] as const)('are those made at once: %s', async (view, length) => {
    const asked: (readonly [NamedConcept, NamedConcept])[] = [];
    const knowing = Object.assign(new FakePairEvidence(), {
      kindGrounds: async (units: readonly unknown[]) => units.map(() => ground),
      nameSimilarities: async (pairs: readonly (readonly [NamedConcept, NamedConcept])[]) => {
        asked.push(...pairs);
        return pairs.map(([one, other]) => compare(one, other));
      },
    });
    const compare = (one: NamedConcept, other: NamedConcept) => ({
      tree: ((one.name.length + other.name.length) % 10) / 10,
      cosine: null,
    });
    const results = { ...fakePairResults };
    const found = await analysisOf(view, results, knowing);
    expect(found).toEqual(kindsOfResults(results, { compare }, () => ground, length));
    expect(found.grounded).toBe(true);
    expect(new Set(asked.map((pair) => JSON.stringify(pair))).size).toBe(asked.length);
  });

  it('do without masks where they are not kept, and say other faults', async () => {
    expect((await analysisOf('kinds', { ...fakePairResults }, evidence)).grounded).toBe(false);
    const broken = Object.assign(new FakePairEvidence(), {
      kindGrounds: () => Promise.reject(new Fault('jobs/worker-died', 'It ended.')),
    });
    await expect(analysisOf('kinds', { ...fakePairResults }, broken)).rejects.toThrow('It ended.');
  });
});

describe('numbers of labels', () => {
  it('are over those that can be told, and compare with suggestions', async () => {
    const analysis = await analysisOf('kinds', { ...fakePairResults }, evidence);
    const [first, second, third] = analysis.units;
    const labels = new Map<UnitId, 'unsure' | typeof first.kind>([
      [first.unit, first.kind],
      [second.unit, 'unsure'],
      [third.unit, third.kind === 'none' ? 'lexical' : 'none'],
    ]);
    expect(labelShares(labels).reduce((sum, { units }) => sum + units, 0)).toBe(2);
    const { compared, agreed, unsure } = agreementOf(analysis, labels);
    expect([compared, agreed, unsure]).toEqual([2, 1, 1]);
    expect(agreementOf(analysis, labels, [first.unit]).compared).toBe(1);
    expect([...labelsAmong(labels, [second.unit, analysis.units[3].unit])]).toEqual([[second.unit, 'unsure']]);
  });

  it('stand beside formulas of lengths 1, 3 and 10, or the longest', () => {
    expect([1, 2, 3, 5, 10, 12].map(lengthsShown)).toEqual([[1], [1, 2], [1, 3], [1, 3, 5], [1, 3, 10], [1, 3, 10]]);
  });
});
