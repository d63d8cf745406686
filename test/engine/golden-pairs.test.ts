import { describe, expect, it } from 'vitest';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import type { SampleLabels } from '../../src/engine/concepts.ts';
import { Explainer } from '../../src/engine/explain.ts';
import { referenceLength } from '../../src/engine/formula/length.ts';
import { referenceText } from '../../src/engine/formula/print.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { neighborConcepts } from '../../src/engine/text/neighbors.ts';
import { cellsOf } from './support/cells-of.ts';
import * as golden from './support/golden-pairs.ts';

const grid = { height: 1, width: 1 };

const { table, maps } = (() => {
  const samples: SampleLabels[] = [];
  for (let sample = 0; sample < golden.sampleCount; sample++) {
    const everywhere: ConceptId[] = [];
    for (let feature = 0; feature < golden.featureCount; feature++) {
      if (golden.features[sample * golden.featureCount + feature]) everywhere.push(feature as ConceptId);
    }
    samples.push({ planes: [], everywhere });
  }
  return cellsOf(grid, golden.featureCount, samples);
})();

const activations = (() => {
  const sizes = { unitCount: golden.unitCount, sampleCount: golden.sampleCount, height: 1, width: 1, keptQuantile: 1 };
  const collector = new ActivationCollector(sizes);
  collector.add(0, golden.sampleCount, Float32Array.from(golden.activations));
  return collector.finish();
})();

describe('the reference program on sentence pairs', () => {
  it('is recorded with both namings, lengths 1, 3 and 5, beams of 5 and 10, with and without a penalty', () => {
    const kinds = golden.runs.map(({ settings: { names, ...run } }) =>
      [names, run.MAX_FORMULA_LENGTH, run.BEAM_SIZE, run.COMPLEXITY_PENALTY].join(' '),
    );
    expect(kinds).toEqual([
      ...['neighbors 1 10 1', 'neighbors 3 10 1', 'neighbors 5 10 1', 'neighbors 3 10 0.95', 'neighbors 5 5 0.95'],
      ...['tok 1 10 1', 'tok 3 10 1', 'tok 5 10 1'],
    ]);
    const formulas = golden.runs.flatMap(({ units }) => units.map(({ formula }) => formula)).join();
    for (const operator of ['OR', 'AND', 'NOT', 'NEIGHBORS']) expect(formulas).toContain(`${operator} `);
  });

  it.each(['neighbors', 'tok'] as const)('has the same neighbours for every feature: names %s', (naming) => {
    const recorded = golden.runs.filter((run) => run.settings.names === naming && run.neighbor_sets !== null);
    const sets = neighborConcepts(golden.conceptsNamed(naming), golden.vectors);
    expect(recorded.map((run) => run.neighbor_sets)).toEqual([Object.fromEntries(sets.entries())]);
  });

  for (const run of golden.runs) {
    const { settings } = run;
    it(`finds the same formulas: ${JSON.stringify(settings)}`, () => {
      const concepts = golden.conceptsNamed(settings.names);
      const search = prepareSearch(table, concepts, { grid, vectors: golden.vectors });
      const explainer = new Explainer({ search, maps, activations });
      const name = (id: ConceptId): string => concepts[id].name;
      for (const expected of run.units) {
        const found = explainer.explain(expected.unit, {
          ...golden.settingsOf(run),
          threshold: { kind: 'fixed', above: 0 },
        });
        expect(found.area).toBe(expected.acts);
        expect(found.state === 'explained').toBe(expected.acts >= settings.MIN_ACTS);
        const best = found.best;
        expect(best && referenceText(best.formula, name), `unit ${expected.unit}`).toBe(expected.formula_unsorted);
        expect(best && referenceText(best.formula, String)).toBe(expected.formula_numbers);
        expect(best && golden.sortedText(best.formula, name)).toBe(expected.formula);
        expect(best && referenceLength(best.formula)).toBe(expected.length);
        expect(Math.abs((best?.score ?? NaN) - expected.iou)).toBeLessThan(1e-9);
        const single = found.byLength[0];
        expect(referenceText(single.formula, name)).toBe(expected.noncomp);
        expect(referenceText(single.formula, String)).toBe(expected.noncomp_numbers);
        expect(Math.abs(single.score - expected.noncomp_iou)).toBeLessThan(1e-9);
      }
    });
  }
});

describe('NEIGHBORS switched off', () => {
  it.each(['default', 'reference'] as const)('explains as if no word had a vector: %s mode', (mode) => {
    const concepts = golden.conceptsNamed('neighbors');
    const withVectors = prepareSearch(table, concepts, { grid, vectors: golden.vectors });
    const explainer = new Explainer({ search: withVectors, maps, activations });
    const bare = new Explainer({ search: prepareSearch(table, concepts, { grid }), maps, activations });
    const settings = {
      ...golden.settingsOf(golden.runs[0]),
      ...{
        mode,
        length: 3,
        minActive: 0,
        without: ['hyp', 'hyp:tag'],
        threshold: { kind: 'fixed', above: 0 } as const,
      },
    };
    const operators = ['or', 'and', 'and-not'] as const;
    let changed = 0;
    for (let unit = 0; unit < golden.unitCount; unit++) {
      const found = explainer.explain(unit, { ...settings, operators });
      expect(found).toEqual(bare.explain(unit, { ...settings, operators }));
      if (found.beam.length > 0 && found.beam[0].score !== explainer.explain(unit, settings).beam[0].score) changed++;
      for (const { formula } of found.beam) {
        expect(referenceText(formula, (id) => concepts[id].category)).not.toMatch(/hyp|NEIGHBORS/);
      }
    }
    expect(changed).toBeGreaterThan(0);
  });
});
