import { describe, expect, it } from 'vitest';
import { accuracyAnalysis } from '../../src/engine/analysis/accuracy.ts';
import { classAnalysis } from '../../src/engine/analysis/class-units.ts';
import { lengthAnalysis } from '../../src/engine/analysis/lengths.ts';
import { uniquenessAnalysis } from '../../src/engine/analysis/uniqueness.ts';
import { Fault } from '../../src/engine/fault.ts';
import type { LayerClasses, LayerResults } from '../../src/engine/results/layer-results.ts';
import { analysisOf } from '../../src/state/analysis.svelte.ts';
import { classesShownOf } from '../../src/state/unit-classes.svelte.ts';
import { random } from '../ui/fake-data.ts';
import { FakePairEvidence } from '../ui/fake-pair-evidence.ts';
import { fakePairResults } from '../ui/fake-pair-results.ts';

const evidence = new FakePairEvidence();
const unweighed = { ...fakePairResults, classes: withoutWeights(fakePairResults.classes) };
const copy = (): LayerResults => ({ ...fakePairResults });

function withoutWeights(classes: LayerClasses | undefined): LayerClasses {
  return { ...(classes ?? expect.fail('the made-up results have classes')), weights: null };
}

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
    const whole = classAnalysis(results);
    if (!whole) throw new Error('the made-up results have weights');
    const { units: _, ...shown } = whole;
    expect(shown.classes).toHaveLength(count);
    const found = await analysisOf('classes', results, evidence);
    expect(found).toMatchObject({ ...shown, accuracies: null });
    const pulls = shown.classes.flatMap(({ push, hold }) => [...push, ...hold]);
    const ious = [...new Map(pulls.map(({ unit, iou }) => [unit, iou])).values()];
    const known = ious.filter((iou) => iou !== null);
    expect(found?.standing).toMatchObject({ units: ious.length, explained: known.length });
    expect(found?.standing.meanIou).toBeCloseTo(known.reduce((sum, iou) => sum + iou, 0) / known.length, 12);
    expect(found?.byName.map((place) => shown.names[place])).toEqual(shown.names);
    expect(found?.scale).toBe(Math.max(...(results.classes?.weights ?? []).flat().map(Math.abs)));
  });
});

describe('classes that no linear layer makes', () => {
  it('are told by correlation, of all units and of one alike', async () => {
    const found = await analysisOf('classes', unweighed, evidence);
    const whole = classAnalysis(unweighed, await evidence.classCorrelations(null));
    expect(found).toMatchObject({ by: 'correlation', scale: 1, classes: whole?.classes });
    expect(found?.samples).toBeGreaterThan(2);
    // Each made-up class varies with the unit of its number.
    expect(found?.classes.map(({ push }) => push[0].unit)).toEqual([0, 1, 2]);
    for (const { unit, push, hold } of whole?.units ?? []) {
      const own = await classesShownOf(unit, unweighed, evidence);
      expect(own).toMatchObject({ by: 'correlation', scale: 1, unit, push, hold });
      for (const { place, value } of [...push, ...hold]) expect(own?.values[place]).toBe(value);
    }
  });

  it('have accuracies beside them, or none where gold labels cannot be read', async () => {
    const failing = { goldLabels: () => Promise.reject(new Fault('jobs/not-kept', 'The cells are not kept.')) };
    const found = await analysisOf('classes', copy(), Object.assign(new FakePairEvidence(), failing));
    expect(found?.accuracies).toBeNull();
    expect((await analysisOf('classes', copy(), evidence))?.accuracies).toHaveLength(3);
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

  it('is null for classes with neither weights nor correlations', async () => {
    const { classes } = fakePairResults;
    if (!classes) throw new Error('the made-up results have classes');
    const unrelated = Object.assign(new FakePairEvidence(), { classCorrelations: () => Promise.resolve(null) });
    expect(
      await analysisOf('classes', { ...fakePairResults, classes: { ...classes, weights: null } }, unrelated),
    ).toBeNull();
    expect(await classesShownOf(3, unweighed, unrelated)).toBeNull();
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
