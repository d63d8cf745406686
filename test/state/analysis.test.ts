import { describe, expect, it } from 'vitest';
import { accuracyAnalysis } from '../../src/engine/analysis/accuracy.ts';
import { classAnalysis } from '../../src/engine/analysis/class-units.ts';
import { lengthAnalysis } from '../../src/engine/analysis/lengths.ts';
import { uniquenessAnalysis } from '../../src/engine/analysis/uniqueness.ts';
import { Fault } from '../../src/engine/fault.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { analysisOf } from '../../src/state/analysis.svelte.ts';
import { random } from '../ui/fake-data.ts';
import { FakePairEvidence } from '../ui/fake-pair-evidence.ts';
import { fakePairResults } from '../ui/fake-pair-results.ts';

const evidence = new FakePairEvidence();
const copy = (): LayerResults => ({ ...fakePairResults });

/** Results with so many classes that their weights are looked through in several steps. */
function manyClasses(count: number): LayerResults {
  const next = random(8);
  const names = Array.from({ length: count }, (_, place) => `class ${place}`);
  const weights = fakePairResults.units.map(() => names.map(() => next() - 0.5));
  return { ...fakePairResults, classes: { names, weights, predicted: [] } };
}

describe('an analysis made in steps', () => {
  it('is the same as one made at once', async () => {
    const results = copy();
    expect(await analysisOf('lengths', results, evidence)).toEqual(lengthAnalysis(results));
    expect(await analysisOf('formulas', results, evidence)).toEqual(uniquenessAnalysis(results));
    const tallies = await evidence.unitTallies();
    expect(tallies).not.toBeNull();
    expect(await analysisOf('accuracy', results, evidence)).toEqual(tallies && accuracyAnalysis(results, tallies));
  });

  it.each([1, 3, 700])('is the same for %i classes', async (count) => {
    const results = manyClasses(count);
    const { names, classes } = classAnalysis(results) ?? {};
    expect(classes).toHaveLength(count);
    expect(await analysisOf('classes', results, evidence)).toEqual({ names, classes });
  });
});

describe('what cannot be said', () => {
  it('is null without classes, and nothing is asked of the samples', async () => {
    const { classes: _, ...results } = fakePairResults;
    const silent = { unitTallies: () => Promise.reject(new Fault('jobs/not-kept', 'asked')) };
    const asked = Object.assign(new FakePairEvidence(), silent);
    expect(await analysisOf('accuracy', results, asked)).toBeNull();
    expect(await analysisOf('classes', results, asked)).toBeNull();
  });

  it('is null for classes without weights', async () => {
    const { classes } = fakePairResults;
    if (!classes) throw new Error('the made-up results have classes');
    expect(
      await analysisOf('classes', { ...fakePairResults, classes: { ...classes, weights: null } }, evidence),
    ).toBeNull();
  });
});

describe('a kept analysis', () => {
  it('is made once for the same results', async () => {
    const results = copy();
    const [one, other] = await Promise.all([
      analysisOf('formulas', results, evidence),
      analysisOf('formulas', results, evidence),
    ]);
    expect(other).toBe(one);
    expect(await analysisOf('formulas', copy(), evidence)).not.toBe(one);
  });

  it('is asked for again after it failed', async () => {
    const results = copy();
    let fails = true;
    const flaky = Object.assign(new FakePairEvidence(), {
      unitTallies: () =>
        fails ? Promise.reject(new Fault('jobs/not-kept', 'The activations are not kept.')) : evidence.unitTallies(),
    });
    await expect(analysisOf('accuracy', results, flaky)).rejects.toThrow('The activations are not kept.');
    fails = false;
    expect(await analysisOf('accuracy', results, flaky)).not.toBeNull();
  });
});
